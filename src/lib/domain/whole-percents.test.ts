import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wholePercents } from './whole-percents.ts';

test.each([
	[
		[45.5, 45.5, 9],
		[46, 45, 9],
	],
	[
		[1, 1, 1],
		[34, 33, 33],
	],
	[
		[75, 0, 25],
		[75, 0, 25],
	],
	[
		[0, 0, 0],
		[0, 0, 0],
	],
])('shares of %j are told as %j', (shares, whole) => {
	expect(wholePercents(shares)).toEqual(whole);
});

test('they add up to a hundred, and none is further than one from what it is', () => {
	fc.assert(
		fc.property(fc.array(fc.nat(10_000), { minLength: 1, maxLength: 8 }), (shares) => {
			const sum = shares.reduce((a, b) => a + b, 0);
			fc.pre(sum > 0);
			const whole = wholePercents(shares);
			expect(whole.reduce((a, b) => a + b, 0)).toBe(100);
			shares.forEach((share, i) => expect(Math.abs(whole[i]! - (share / sum) * 100)).toBeLessThan(1));
		}),
	);
});
