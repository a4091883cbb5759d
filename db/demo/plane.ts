// Planar geometry of the demonstration district, in metres east and north of a point in its middle. Equirectangular:
// over 50 km lengths are right to about 0.2 %, which is ample for invented shapes.

import type { MultiPolygon, Point, Polygon, Position } from 'geojson';

export type XY = readonly [x: number, y: number];
/** A ring without the repeated first corner. */
export type Ring = readonly XY[];

const ORIGIN = { lng: 120.3, lat: 30.12 };
const M_PER_LAT = (Math.PI / 180) * 6_371_008.8;
const M_PER_LNG = M_PER_LAT * Math.cos((ORIGIN.lat * Math.PI) / 180);

export function toPlane(position: Position): XY {
	return [(position[0]! - ORIGIN.lng) * M_PER_LNG, (position[1]! - ORIGIN.lat) * M_PER_LAT];
}

/** Rounded to 1e-7 degrees, about a centimetre. */
export function toLngLat([x, y]: XY): Position {
	const round = (value: number) => Math.round(value * 1e7) / 1e7;
	return [round(ORIGIN.lng + x / M_PER_LNG), round(ORIGIN.lat + y / M_PER_LAT)];
}

export function pointOf(at: XY): Point {
	return { type: 'Point', coordinates: toLngLat(at) };
}

/** Corners counter-clockwise, as GeoJSON asks for an outer ring. */
export function multiPolygonOf(ring: Ring): MultiPolygon {
	const corners = (signedAreaM2(ring) < 0 ? [...ring].reverse() : ring).map(toLngLat);
	return { type: 'MultiPolygon', coordinates: [[[...corners, corners[0]!]]] };
}

/** Outer rings of a polygon or several, in metres. */
export function outerRings(geometry: Polygon | MultiPolygon): Ring[] {
	const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
	return polygons.map((rings) => rings[0]!.slice(0, -1).map(toPlane));
}

function signedAreaM2(ring: Ring): number {
	let sum = 0;
	for (const [[ax, ay], [bx, by]] of edges(ring)) sum += ax * by - bx * ay;
	return sum / 2;
}

export function areaM2(ring: Ring): number {
	return Math.abs(signedAreaM2(ring));
}

export function edges(ring: Ring): (readonly [XY, XY])[] {
	return ring.map((corner, index) => [corner, ring[(index + 1) % ring.length]!] as const);
}

export function distance(a: XY, b: XY): number {
	return Math.hypot(a[0] - b[0], a[1] - b[1]);
}

/** Centre of area. */
export function centreOf(ring: Ring): XY {
	let [x, y, sum] = [0, 0, 0];
	for (const [[ax, ay], [bx, by]] of edges(ring)) {
		const cross = ax * by - bx * ay;
		x += (ax + bx) * cross;
		y += (ay + by) * cross;
		sum += cross;
	}
	return [x / (3 * sum), y / (3 * sum)];
}

export function isInside([x, y]: XY, ring: Ring): boolean {
	let inside = false;
	let [ax, ay] = ring[ring.length - 1]!;
	for (const [bx, by] of ring) {
		if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
		[ax, ay] = [bx, by];
	}
	return inside;
}

function distanceToEdge(point: XY, [a, b]: readonly [XY, XY]): number {
	const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
	const length2 = dx * dx + dy * dy;
	const t = length2 === 0 ? 0 : Math.max(0, Math.min(1, ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / length2));
	return Math.hypot(point[0] - a[0] - t * dx, point[1] - a[1] - t * dy);
}

/** Metres from a point to the line of a ring; inside or outside alike. */
export function distanceToRing(point: XY, ring: Ring): number {
	return Math.min(...edges(ring).map((edge) => distanceToEdge(point, edge)));
}

function side(a: XY, b: XY, c: XY): number {
	return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
}

function cross([a, b]: readonly [XY, XY], [c, d]: readonly [XY, XY]): boolean {
	return side(a, b, c) * side(a, b, d) <= 0 && side(c, d, a) * side(c, d, b) <= 0;
}

/** Whether the lines of two rings meet. */
export function ringsCross(one: Ring, other: Ring): boolean {
	const { west, south, east, north } = boxOf(one);
	const others = edges(other).filter(
		([[ax, ay], [bx, by]]) =>
			Math.max(ax, bx) >= west && Math.min(ax, bx) <= east && Math.max(ay, by) >= south && Math.min(ay, by) <= north,
	);
	return others.length > 0 && edges(one).some((edge) => others.some((another) => cross(edge, another)));
}

/** Whether a ring lies wholly within another and does not touch its line. */
export function isWithin(inner: Ring, outer: Ring): boolean {
	return inner.every((corner) => isInside(corner, outer)) && !ringsCross(inner, outer);
}

/** Metres between two rings; 0 when they meet or one holds the other. */
export function gapM(one: Ring, other: Ring): number {
	if (isInside(one[0]!, other) || isInside(other[0]!, one) || ringsCross(one, other)) return 0;
	return Math.min(
		...one.map((corner) => distanceToRing(corner, other)),
		...other.map((corner) => distanceToRing(corner, one)),
	);
}

/** Whether no two edges of a ring meet except neighbours at their corner. */
export function isSimple(ring: Ring): boolean {
	const all = edges(ring);
	return all.every((edge, index) =>
		all.every((other, at) => {
			const apart = Math.abs(index - at);
			return at <= index || apart === 1 || apart === all.length - 1 || !cross(edge, other);
		}),
	);
}

export function boxOf(ring: Ring): { west: number; south: number; east: number; north: number } {
	const [xs, ys] = [ring.map(([x]) => x), ring.map(([, y]) => y)];
	return { west: Math.min(...xs), south: Math.min(...ys), east: Math.max(...xs), north: Math.max(...ys) };
}

/** Turned counter-clockwise about the origin and then moved. */
export function placed(ring: Ring, angle: number, [dx, dy]: XY): Ring {
	const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
	return ring.map(([x, y]) => [x * cos - y * sin + dx, x * sin + y * cos + dy] as const);
}

/** Scaled about a point. */
export function scaled(ring: Ring, factor: number, [cx, cy]: XY): Ring {
	return ring.map(([x, y]) => [cx + (x - cx) * factor, cy + (y - cy) * factor] as const);
}
