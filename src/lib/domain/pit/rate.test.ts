import { describe, expect, test } from 'vitest';
import { pitRules } from '../../../../db/rules/pit.ts';
import { rateWith } from './rate.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;

/** The last rate of readings taken every `everyMs`. */
function lastRate(values: readonly number[], everyMs: number): number {
	const window = { atMs: [], mm: [] };
	let rate = NaN;
	values.forEach((mm, i) => (rate = rateWith(window, pitRules.rate, i * everyMs, mm)));
	return rate;
}

describe('the rate of a pit point', () => {
	test('is not known from readings of one hour', () => {
		expect(lastRate([10, 10.2, 10.1, 10.4, 10.3], 15 * MINUTE)).toBeNaN();
	});

	test('is the movement of the last day', () => {
		expect(
			lastRate(
				Array.from({ length: 49 }, (_, i) => 10 + i / 16),
				30 * MINUTE,
			),
		).toBeCloseTo(3, 6);
	});

	test('F-23 a sensor that is said to be set to zero anew goes on from what the point had reached', () => {
		// A millimetre a day; after twelve hours the sensor is changed and counts from nothing.
		const readings = Array.from({ length: 49 }, (_, i) => ({
			atMs: i * 30 * MINUTE,
			mm: (i - (i < 24 ? 0 : 24)) / 48,
		}));
		const zeroings = [{ atMs: 24 * 30 * MINUTE, kept: 0.5 }];
		const window = { atMs: [], mm: [] };
		const rates = readings.map(({ atMs, mm }) => rateWith(window, pitRules.rate, atMs, mm, zeroings));
		expect(Math.max(...rates.filter((rate) => !Number.isNaN(rate)))).toBeCloseTo(1, 6);
		expect(rates.at(-1)).toBeCloseTo(1, 6);
		// Said afterwards, it holds for readings that are in the window already.
		const late = { atMs: [], mm: [] };
		for (const { atMs, mm } of readings.slice(0, -1)) rateWith(late, pitRules.rate, atMs, mm);
		expect(rateWith(late, pitRules.rate, readings.at(-1)!.atMs, readings.at(-1)!.mm, zeroings)).toBeCloseTo(1, 6);
	});

	test('F-23 a sensor set to zero anew, of which nobody says so, looks like movement as long as the window reaches back to it, never like calm', () => {
		const perHour = (hours: number) => [...Array<number>(25).fill(10), ...Array<number>(hours).fill(0)];
		for (const hours of [1, 6, 12, 23]) expect(lastRate(perHour(hours), HOUR)).toBeGreaterThan(9);
		const beyond = pitRules.rate.window.value + 2;
		expect(lastRate(perHour(beyond), HOUR)).toBe(0);
	});

	test('does not grow with the number of readings', () => {
		const values = Array.from({ length: 24 * 60 + 1 }, (_, i) => 10 + i / 480);
		expect(lastRate(values, MINUTE)).toBeCloseTo(3, 2);
	});

	test('has no sign: heave counts as settlement does', () => {
		expect(lastRate([0, -1, -2], 12 * HOUR)).toBeCloseTo(2, 6);
	});

	test('of one manual reading a day compares with the day before', () => {
		expect(lastRate([5, 7.5], 24 * HOUR)).toBeCloseTo(2.5, 6);
	});

	test('is not known from a value that cannot be believed', () => {
		const window = { atMs: [0], mm: [3] };
		expect(rateWith(window, pitRules.rate, 24 * HOUR, NaN)).toBeNaN();
		expect(window.mm).toEqual([3]);
	});
});
