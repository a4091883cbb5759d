import { describe, expect, test } from 'vitest';
import { floodRules } from '#db/rules/flood.ts';
import { in1985, mostRain, rainSum, stageGrade, type RiverStation, type StationReading } from './station.ts';

const HOUR = 3_600_000;
const noon = Date.parse('2026-07-10T12:00:00+08:00');
/** Ten-minute sums up to noon. */
const tens = (count: number, mm: number): StationReading[] =>
	Array.from({ length: count }, (_, i) => ({ atMs: noon - (count - 1 - i) * 600_000, periodS: 600, value: mm }));

describe('rain of the last hours', () => {
	const coverage = floodRules.gaugeCoverage;
	const sum = (readings: readonly StationReading[], atMs: number, hours: number) =>
		rainSum(readings, atMs, hours, coverage);

	test('adds the ten-minute sums that lie in the hour', () => {
		expect(sum(tens(12, 2), noon, 1)).toEqual({ mm: 12, isWhole: true });
	});
	test('takes the part of an hourly sum that lies inside', () => {
		const hourly = [
			{ atMs: noon - 0.5 * HOUR, periodS: 3600, value: 10 },
			{ atMs: noon + 0.5 * HOUR, periodS: 3600, value: 20 },
		];
		expect(sum(hourly, noon, 1)).toEqual({ mm: 15, isWhole: true });
	});
	test('counts each minute once where a gauge tells the last hour every ten minutes', () => {
		const rolling = Array.from({ length: 150 }, (_, i) => ({
			...{ atMs: noon - (149 - i) * 600_000, periodS: 3600, value: 6 },
		}));
		expect([1, 3, 24].map((hours) => sum(rolling, noon, hours)?.mm)).toEqual([6, 18, 144]);
	});
	test('where the gauge was silent is what fell at least, never dry; without a word it is unknown', () => {
		expect(sum(tens(4, 2), noon, 1)).toEqual({ mm: 8, isWhole: false });
		expect(sum(tens(12, 0), noon, 24)).toEqual({ mm: 0, isWhole: false });
		expect(sum([], noon, 24)).toBeNull();
		expect(sum(tens(4, 2), noon + 30 * HOUR, 24)).toBeNull();
	});
	test('bears a single lost report of a day', () => {
		const day = tens(144, 1).filter((_, i) => i !== 70);
		expect(sum(day, noon, 24)).toEqual({ mm: 143, isWhole: true });
	});
	test('runs across midnight', () => {
		const midnight = Date.parse('2026-07-11T00:30:00+08:00');
		const readings = [0, 1, 2].map((i) => ({ atMs: midnight - i * HOUR, periodS: 3600, value: 5 })).reverse();
		expect(sum(readings, midnight, 3)).toEqual({ mm: 15, isWhole: true });
	});
	test('has its worst hour found, of those that were measured whole', () => {
		const readings = tens(30, 1).map((reading, i) => ({ ...reading, value: i >= 12 && i < 18 ? 5 : 1 }));
		expect(mostRain(readings, 0, 1, coverage)).toBe(30);
		expect(mostRain(readings, noon - HOUR / 6, 1, coverage)).toBe(6);
		expect(mostRain(readings, 0, 24, coverage)).toBeNull();
	});
});

describe('a river stage', () => {
	const near = { value: 0.3, unit: 'm', source: 'test', confidence: 'assumed' as const };
	const river: RiverStation = { datum: 'wusong', offsetTo1985M: -1.85, warningM: 5.4, guaranteedM: 6.2 };
	test.each([
		[4, 'below'],
		[5.1, 'nearWarning'],
		[5.4, 'warning'],
		[6.2, 'guaranteed'],
		[null, 'unknown'],
	] as const)('of %s m is %s', (level, grade) => {
		expect(stageGrade(level, river, near)).toBe(grade);
	});
	test('in 吴淞 is shown in 1985国家高程 by its own offset, and not at all where nobody knows the offset', () => {
		expect(in1985(5.4, river)).toBeCloseTo(3.55);
		expect(in1985(5.4, { ...river, offsetTo1985M: null })).toBeNull();
	});
});
