// A river as an area: a centre line whose every point carries a half width.

import { featureCollection, polygon, union } from '@turf/turf';
import { curveThrough } from './line.mjs';

/** @param path rows of [lng, lat, half width in metres] */
export function ribbon(path, plane, stepM = 250) {
	const rows = curveThrough(
		path.map(([lng, lat, half]) => [...plane.toXy([lng, lat]), half]),
		stepM,
	);
	const sides = rows.map(([x, y, half], i) => {
		const [[ax, ay], [bx, by]] = [rows[Math.max(0, i - 1)], rows[Math.min(rows.length - 1, i + 1)]];
		const length = Math.hypot(bx - ax, by - ay);
		const [nx, ny] = [(-(by - ay) / length) * half, ((bx - ax) / length) * half];
		return [plane.toLngLat([x + nx, y + ny]), plane.toLngLat([x - nx, y - ny])];
	});
	const pieces = [];
	for (let i = 0; i + 1 < sides.length; i++) {
		const [[l0, r0], [l1, r1]] = [sides[i], sides[i + 1]];
		pieces.push(polygon([[l0, r0, r1, l1, l0]]));
	}
	return union(featureCollection(pieces));
}
