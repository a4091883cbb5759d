// How fast something grows, whatever single samples say: the median of the slopes between all pairs (Theil–Sen).

import { median } from '../result.ts';

/**
 * @param points - [x, y], x ascending and no two the same
 * @returns y per x
 */
export function slope(points: readonly (readonly [number, number])[]): number {
	const slopes: number[] = [];
	for (const [i, [x0, y0]] of points.entries())
		for (const [x, y] of points.slice(i + 1)) slopes.push((y - y0) / (x - x0));
	return median(slopes);
}
