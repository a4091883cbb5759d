// The measuring tool: corners clicked one after the other, along a line or around an area. Positions are WGS 84.

import { distanceM } from '#lib/domain/geo.ts';
import type { Measured, MeasureKind } from './map-types.ts';

type LngLat = [number, number];
const EARTH_M = 6_371_008.8;
const RAD = Math.PI / 180;

export function measured(kind: MeasureKind, points: readonly LngLat[], isDone: boolean): Measured {
	const isArea = kind === 'area' && points.length > 2;
	const line = isArea ? [...points, points[0]!] : points;
	let lengthM = 0;
	for (let i = 1; i < line.length; i++) lengthM += distanceM(line[i - 1]!, line[i]!);
	return { kind, points, lengthM, ...(isArea && { areaM2: areaM2(points) }), isDone };
}

/** Area on the sphere, m²; good to a few parts in a thousand, as the ellipsoid is not asked. */
export function areaM2(ring: readonly LngLat[]): number {
	let sum = 0;
	for (let i = 0; i < ring.length; i++) {
		const [lngA, latA] = ring[i]!;
		const [lngB, latB] = ring[(i + 1) % ring.length]!;
		sum += (lngB - lngA) * RAD * (2 + Math.sin(latA * RAD) + Math.sin(latB * RAD));
	}
	return Math.abs((sum * EARTH_M * EARTH_M) / 2);
}

/** `840 m`, `1.24 km`; `1,250 m²`, `3.4 ha` is not used in the trade here: square kilometres from one on. */
export function lengthText(meters: number): string {
	if (meters < 1000) return `${meters.toFixed(meters < 10 ? 1 : 0)} m`;
	return `${(meters / 1000).toFixed(meters < 10_000 ? 2 : 1)} km`;
}

export function areaText(squareMeters: number): string {
	if (squareMeters < 1e6) return `${Math.round(squareMeters).toLocaleString('en-US')} m²`;
	return `${(squareMeters / 1e6).toFixed(2)} km²`;
}
