import { expect, test } from 'vitest';
import type { LngLat } from './geo.ts';
import { isInside } from './ring.ts';

/** A bay opens to the east between two arms. */
const bay: LngLat[] = [
	[120, 30],
	[120.3, 30],
	[120.3, 30.1],
	[120.1, 30.1],
	[120.1, 30.2],
	[120.3, 30.2],
	[120.3, 30.3],
	[120, 30.3],
];

test.each([
	['a crane on the land', [120.05, 30.15], true],
	['a crane on the southern arm', [120.2, 30.05], true],
	['a crane in the bay', [120.2, 30.15], false],
	['a crane far to the north', [120.05, 31], false],
] as [string, LngLat, boolean][])('%s', (_, at, expected) => {
	expect(isInside(bay, at)).toBe(expected);
	expect(isInside([...bay].reverse(), at)).toBe(expected);
});

test('a line encloses nothing', () => {
	expect(isInside(bay.slice(0, 2), [120.1, 30])).toBe(false);
});
