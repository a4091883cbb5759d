import { describe, expect, test } from 'vitest';
import { keepNewest } from './ring.ts';

describe('keepNewest', () => {
	test.each([
		['keeps all while there is room', [1, 2], [3], [1, 2, 3]],
		['lets the oldest go', [1, 2, 3], [4, 5], [3, 4, 5]],
		['keeps the newest of a flood', [1], [2, 3, 4, 5, 6], [4, 5, 6]],
	])('%s', (_, kept, added, expected) => {
		expect(keepNewest(kept, added, 3)).toEqual(expected);
	});

	test('is the same list when nothing came', () => {
		const kept = [1, 2];
		expect(keepNewest(kept, [], 3)).toBe(kept);
	});
});
