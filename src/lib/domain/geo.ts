// Positions and the small geometry every room needs. WGS 84, [longitude, latitude], degrees.

export type LngLat = [longitude: number, latitude: number];

/** Mean radius of the Earth, metres (IUGG). */
const EARTH_M = 6_371_008.8;
const RAD = Math.PI / 180;

/** Great-circle distance in metres. */
export function distanceM([lngA, latA]: LngLat, [lngB, latB]: LngLat): number {
	const dLat = (latB - latA) * RAD;
	const dLng = (lngB - lngA) * RAD;
	const h = Math.sin(dLat / 2) ** 2 + Math.cos(latA * RAD) * Math.cos(latB * RAD) * Math.sin(dLng / 2) ** 2;
	return 2 * EARTH_M * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** A point on the unit sphere. */
export type Vector = readonly [x: number, y: number, z: number];

/** A place as a point on the unit sphere: where many are paired, each is worked out once. */
export function onSphere([lng, lat]: LngLat): Vector {
	const across = Math.cos(lat * RAD);
	return [across * Math.cos(lng * RAD), across * Math.sin(lng * RAD), Math.sin(lat * RAD)];
}

/** The distance of `distanceM` between points of `onSphere`; along the ground, not through it. */
export function betweenM(a: Vector, b: Vector): number {
	const x = a[0] - b[0];
	const y = a[1] - b[1];
	const z = a[2] - b[2];
	return 2 * EARTH_M * Math.asin(Math.min(1, Math.sqrt(x * x + y * y + z * z) / 2));
}

/** The point `meters` away on a bearing in degrees (0 north, 90 east); good to centimetres within 100 km. */
export function moved([lng, lat]: LngLat, bearingDeg: number, meters: number): LngLat {
	const delta = meters / EARTH_M;
	const lat1 = lat * RAD;
	const lat2 = Math.asin(
		Math.sin(lat1) * Math.cos(delta) + Math.cos(lat1) * Math.sin(delta) * Math.cos(bearingDeg * RAD),
	);
	const dLng = Math.atan2(
		Math.sin(bearingDeg * RAD) * Math.sin(delta) * Math.cos(lat1),
		Math.cos(delta) - Math.sin(lat1) * Math.sin(lat2),
	);
	return [lng + dLng / RAD, lat2 / RAD];
}

/** West, south, east, north. */
export type Bounds = [west: number, south: number, east: number, north: number];

/** The box around all positions of some features; undefined when there is none. */
export function boundsOf(features: Iterable<{ geometry: { coordinates: unknown } }>): Bounds | undefined {
	const box: Bounds = [Infinity, Infinity, -Infinity, -Infinity];
	const visit = (part: unknown): void => {
		if (!Array.isArray(part)) return;
		if (typeof part[0] !== 'number') return void part.forEach(visit);
		box[0] = Math.min(box[0], part[0]);
		box[1] = Math.min(box[1], part[1]);
		box[2] = Math.max(box[2], part[0]);
		box[3] = Math.max(box[3], part[1]);
	};
	for (const { geometry } of features) visit(geometry.coordinates);
	return Number.isFinite(box[0]) ? box : undefined;
}
