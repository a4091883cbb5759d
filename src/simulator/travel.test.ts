import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { travelled, travelTime } from './travel.ts';

const slew = { speed: 3.6, acceleration: 0.3 };

describe('travelled', () => {
	test.each([
		['has not left before the start', -1, 0],
		['starts softly', 2, 0.6],
		['runs at its speed in the middle', 20, 50.4],
		['has arrived at the end', 100, 90],
	])('%s', (_, seconds, done) => {
		expect(travelled(90, slew, seconds)).toBeCloseTo(done, 6);
	});

	test('a way backwards is the same in the other direction', () => {
		expect(travelled(-90, slew, 7)).toBe(-travelled(90, slew, 7));
	});

	test('never exceeds speed and acceleration, never turns back, and arrives in time', () => {
		fc.assert(
			fc.property(fc.double({ min: 0.01, max: 400, noNaN: true }), (length) => {
				const total = travelTime(length, slew);
				const step = total / 200;
				let [before, speedBefore] = [0, 0];
				for (let at = 1; at <= 200; at++) {
					const done = travelled(length, slew, at * step);
					const speed = (done - before) / step;
					expect(done).toBeGreaterThanOrEqual(before - 1e-9);
					expect(speed).toBeLessThanOrEqual(slew.speed + 1e-6);
					expect(Math.abs(speed - speedBefore) / step).toBeLessThanOrEqual(slew.acceleration + 1e-3);
					[before, speedBefore] = [done, speed];
				}
				expect(travelled(length, slew, total)).toBeCloseTo(length, 6);
			}),
			{ numRuns: 60 },
		);
	});
});
