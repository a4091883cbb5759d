// Where to write the name of an area: the point inside that is farthest from every edge.

import { booleanPointInPolygon } from '@turf/turf';

const STEPS = 40;

function toEdge([px, py], rings) {
	let least = Infinity;
	for (const ring of rings) {
		for (let i = 0; i + 1 < ring.length; i++) {
			const [[ax, ay], [bx, by]] = [ring[i], ring[i + 1]];
			const [dx, dy] = [bx - ax, by - ay];
			const t = Math.max(0, Math.min(1, ((px - ax) * dx + (py - ay) * dy) / (dx * dx + dy * dy || 1)));
			least = Math.min(least, Math.hypot(px - ax - t * dx, py - ay - t * dy));
		}
	}
	return least;
}

/** A name is wider than high, so heights count `stretch` times. */
export function deepestPoint(geometry, plane, stretch = 1.6) {
	const rings = (geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat()).map((ring) =>
		ring.map(plane.toXy).map(([x, y]) => [x, y * stretch]),
	);
	const xs = rings.flat().map(([x]) => x);
	const ys = rings.flat().map(([, y]) => y);
	const [x0, x1, y0, y1] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
	let [best, at] = [-1, undefined];
	for (let i = 1; i < STEPS; i++) {
		for (let j = 1; j < STEPS; j++) {
			const [x, y] = [x0 + ((x1 - x0) * i) / STEPS, y0 + ((y1 - y0) * j) / STEPS];
			const point = plane.toLngLat([x, y / stretch]);
			if (!booleanPointInPolygon(point, geometry)) continue;
			const far = toEdge([x, y], rings);
			if (far > best) [best, at] = [far, point];
		}
	}
	return at;
}
