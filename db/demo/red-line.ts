// The outline of one invented plot: a rectangle with cut and notched corners, four to nine corners in all.

import type { Random } from '#lib/domain/random.ts';
import { areaM2, centreOf, isSimple, placed, scaled, type Ring, type XY } from './plane.ts';

/**
 * @param area - square metres, met exactly
 * @param bearing - main direction of the streets around it, radians
 * @returns a simple ring around the origin
 */
export function drawRedLine(random: Random, area: number, bearing: number): Ring {
	for (;;) {
		const aspect = random.between(1, 1.9);
		const [width, height] = [Math.sqrt(aspect), 1 / Math.sqrt(aspect)];
		const rectangle: XY[] = [
			[-width / 2, -height / 2],
			[width / 2, -height / 2],
			[width / 2, height / 2],
			[-width / 2, height / 2],
		];
		let corners = 4;
		const ring = rectangle.flatMap((corner, index): XY[] => {
			const to = (other: XY, part: number): XY => [
				corner[0] + (other[0] - corner[0]) * part,
				corner[1] + (other[1] - corner[1]) * part,
			];
			const [before, after] = [rectangle[(index + 3) % 4]!, rectangle[(index + 1) % 4]!];
			if (corners <= 8 && random.chance(0.3)) {
				corners += 1;
				return [to(before, random.between(0.08, 0.3)), to(after, random.between(0.08, 0.3))];
			}
			if (corners <= 7 && random.chance(0.16)) {
				corners += 2;
				const [a, b] = [to(before, random.between(0.2, 0.42)), to(after, random.between(0.2, 0.42))];
				return [a, [a[0] + b[0] - corner[0], a[1] + b[1] - corner[1]], b];
			}
			return [corner];
		});
		const shaken = ring.map(
			([x, y]) => [x + random.between(-0.035, 0.035), y + random.between(-0.035, 0.035)] as const,
		);
		if (!isSimple(shaken)) continue;
		const centre = centreOf(shaken);
		const sized = scaled(shaken, Math.sqrt(area / areaM2(shaken)), centre);
		return placed(
			sized.map(([x, y]) => [x - centre[0], y - centre[1]] as const),
			bearing,
			[0, 0],
		);
	}
}
