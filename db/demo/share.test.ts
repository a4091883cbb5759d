import { describe, expect, test } from 'vitest';
import { shareOut } from './share.ts';

const uncapped = () => Infinity;

describe('shareOut', () => {
	test.each([
		['by weight', 10, [1, 1, 3], uncapped, [2, 2, 6]],
		['the rest to the largest fractions', 10, [1, 1, 1], uncapped, [4, 3, 3]],
		['nothing without weight', 5, [0, 1, 0], uncapped, [0, 5, 0]],
		['what a cap refuses to the others', 10, [8, 1, 1], () => 4, [4, 3, 3]],
		['nothing of nothing', 0, [1, 2], uncapped, [0, 0]],
	])('gives %s', (_, total, weights, cap, expected) => {
		expect(shareOut(total, weights, cap)).toEqual(expected);
	});

	test('refuses what does not fit', () => {
		expect(() => shareOut(10, [1, 1], () => 4)).toThrow('2 of 10 do not fit');
	});
});
