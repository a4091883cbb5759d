// Whether a point lies in an area.

import type { MultiPolygon, Position } from 'geojson';

/** Even-odd rule; a point on the edge may count either way. */
function isInRing([x, y]: Position, ring: readonly Position[]): boolean {
	let inside = false;
	for (let at = 0, before = ring.length - 1; at < ring.length; before = at++) {
		const [ax, ay] = ring[at] as [number, number];
		const [bx, by] = ring[before] as [number, number];
		if (ay > y! !== by > y! && x! < ((bx - ax) * (y! - ay)) / (by - ay) + ax) inside = !inside;
	}
	return inside;
}

export function isInShape(point: Position, shape: MultiPolygon): boolean {
	return shape.coordinates.some(
		([shell, ...holes]) => isInRing(point, shell!) && !holes.some((hole) => isInRing(point, hole)),
	);
}
