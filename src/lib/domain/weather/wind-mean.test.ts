import { describe, expect, test } from 'vitest';
import { weatherRules } from '../../../../db/rules/weather.ts';
import { WindWindow, meanWith } from './wind-mean.ts';

const rules = weatherRules.windMean;

/** The mean after each reading, one every `everyS` seconds. */
function means(speeds: readonly number[], everyS = 5): number[] {
	const window = new WindWindow();
	return speeds.map((speed, i) => meanWith(window, rules, i * everyS * 1000, speed));
}

describe('the two-minute mean', () => {
	test('is not known before the readings span a minute', () => {
		const found = means(Array.from({ length: 13 }, () => 8));
		expect(found.slice(0, 12).every(Number.isNaN)).toBe(true);
		expect(found[12]).toBe(8);
	});

	test('does not follow a single gust', () => {
		const speeds = Array.from({ length: 24 }, () => 6);
		speeds[23] = 18;
		expect(means(speeds).at(-1)).toBeCloseTo(6.5, 6);
	});

	test('forgets what is older than two minutes', () => {
		const speeds = [...Array.from({ length: 24 }, () => 20), ...Array.from({ length: 24 }, () => 4)];
		expect(means(speeds).at(-1)).toBe(4);
	});

	test('leaves out a reading that cannot be believed', () => {
		const speeds = Array.from({ length: 20 }, (_, i) => (i % 4 === 1 ? NaN : 7));
		expect(means(speeds).at(-1)).toBe(7);
	});

	test('is not known again after a long silence', () => {
		const window = new WindWindow();
		for (let s = 0; s <= 120; s += 5) meanWith(window, rules, s * 1000, 9);
		expect(meanWith(window, rules, 3_600_000, 9)).toBeNaN();
	});
});
