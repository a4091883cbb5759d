import { describe, expect, test } from 'vitest';
import { in1985, rainSum, stageGrade, type RiverStation, type StationReading } from './station.ts';

const HOUR = 3_600_000;
const noon = Date.parse('2026-07-10T12:00:00+08:00');
/** Ten-minute sums up to noon. */
const tens = (count: number, mm: number): StationReading[] =>
	Array.from({ length: count }, (_, i) => ({ atMs: noon - (count - 1 - i) * 600_000, periodS: 600, value: mm }));

describe('rain of the last hours', () => {
	test('adds the ten-minute sums that lie in the hour', () => {
		expect(rainSum(tens(12, 2), noon, 1)).toBeCloseTo(12);
	});
	test('takes the part of an hourly sum that lies inside', () => {
		const hourly = [
			{ atMs: noon - 0.5 * HOUR, periodS: 3600, value: 10 },
			{ atMs: noon + 0.5 * HOUR, periodS: 3600, value: 20 },
		];
		expect(rainSum(hourly, noon, 1)).toBeCloseTo(15);
	});
	test('is unknown, not dry, where the gauge was silent', () => {
		expect(rainSum(tens(4, 2), noon, 1)).toBeNull();
		expect(rainSum([], noon, 24)).toBeNull();
	});
	test('runs across midnight', () => {
		const midnight = Date.parse('2026-07-11T00:30:00+08:00');
		const readings = [0, 1, 2].map((i) => ({ atMs: midnight - i * HOUR, periodS: 3600, value: 5 })).reverse();
		expect(rainSum(readings, midnight, 3)).toBeCloseTo(15);
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
