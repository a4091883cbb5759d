// Flat geometry for a small drawing of the district: bounds, outline. A district is small enough for a plain scale.

import type { Feature, Geometry, Position } from 'geojson';
import type { Bounds } from '#lib/domain/geo.ts';

const MARGIN = 16;

function positionsOf(geometry: Geometry | null): Position[] {
	switch (geometry?.type) {
		case 'Point':
			return [geometry.coordinates];
		case 'MultiPoint':
		case 'LineString':
			return geometry.coordinates;
		case 'Polygon':
		case 'MultiLineString':
			return geometry.coordinates.flat();
		case 'MultiPolygon':
			return geometry.coordinates.flat(2);
		default:
			return [];
	}
}

/** Null when nothing has a position. */
export function boundsOfFeatures(features: readonly Feature[]): Bounds | null {
	let bounds: Bounds | null = null;
	for (const { geometry } of features)
		for (const [lng = 0, lat = 0] of positionsOf(geometry)) {
			bounds ??= [lng, lat, lng, lat];
			if (lng < bounds[0]) bounds[0] = lng;
			if (lat < bounds[1]) bounds[1] = lat;
			if (lng > bounds[2]) bounds[2] = lng;
			if (lat > bounds[3]) bounds[3] = lat;
		}
	return bounds;
}

/** Fits bounds into a drawing, north up, east and north in the same scale. */
export function projection(bounds: Bounds | null, width: number, height: number): (at: Position) => [number, number] {
	const [west, south, east, north] = bounds ?? [0, 0, 1, 1];
	const narrowing = Math.cos((((south + north) / 2) * Math.PI) / 180);
	const spanX = Math.max((east - west) * narrowing, 1e-9);
	const spanY = Math.max(north - south, 1e-9);
	const scale = Math.min((width - 2 * MARGIN) / spanX, (height - 2 * MARGIN) / spanY);
	const [middleLng, middleLat] = [(west + east) / 2, (south + north) / 2];
	return ([lng = 0, lat = 0]) => [
		width / 2 + (lng - middleLng) * narrowing * scale,
		height / 2 - (lat - middleLat) * scale,
	];
}

/** The rings of an area as one SVG path. */
export function outlinePath({ geometry }: Feature, project: (at: Position) => [number, number]): string {
	const polygons =
		geometry.type === 'MultiPolygon' ? geometry.coordinates : geometry.type === 'Polygon' ? [geometry.coordinates] : [];
	return polygons
		.flat()
		.map(
			(ring) =>
				`M${ring
					.map((at) =>
						project(at)
							.map((part) => part.toFixed(1))
							.join(' '),
					)
					.join('L')}Z`,
		)
		.join('');
}
