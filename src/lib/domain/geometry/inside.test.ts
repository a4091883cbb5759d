import type { MultiPolygon, Position } from 'geojson';
import { expect, test } from 'vitest';
import { isInShape } from './inside.ts';

const ring = (from: number, to: number): Position[] => [
	[from, from],
	[to, from],
	[to, to],
	[from, to],
	[from, from],
];
const WITH_HOLE: MultiPolygon = { type: 'MultiPolygon', coordinates: [[ring(0, 10), ring(2, 4)], [ring(20, 30)]] };

test.each<[string, Position, boolean]>([
	['a point in the area', [6, 6], true],
	['a point in its hole', [3, 3], false],
	['a point in the second part', [25, 25], true],
	['a point between the parts', [15, 15], false],
])('%s', (_, point, inside) => {
	expect(isInShape(point, WITH_HOLE)).toBe(inside);
});
