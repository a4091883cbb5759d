// An area to test positions against: the district, a town, a grid.

import type { MultiPolygon, Position } from 'geojson';
import type { Bounds, LngLat } from '../geo.ts';
import { isInShape } from '../geometry/inside.ts';

export interface Outline {
	shape: MultiPolygon;
	bounds: Bounds;
}

const M_PER_DEGREE = 111_195;

export function outlineOf(shape: MultiPolygon): Outline {
	const bounds: Bounds = [Infinity, Infinity, -Infinity, -Infinity];
	for (const [x, y] of shape.coordinates.flat(2) as [number, number][]) {
		bounds[0] = Math.min(bounds[0], x);
		bounds[1] = Math.min(bounds[1], y);
		bounds[2] = Math.max(bounds[2], x);
		bounds[3] = Math.max(bounds[3], y);
	}
	return { shape, bounds };
}

export function holds({ shape, bounds: [west, south, east, north] }: Outline, [lng, lat]: LngLat): boolean {
	return lng >= west && lng <= east && lat >= south && lat <= north && isInShape([lng, lat], shape);
}

/** Metres from a point to an area: 0 inside; exact near it, and never less than `far` once it is farther than that. */
export function metersOutside(outline: Outline, at: LngLat, far: number): number {
	if (holds(outline, at)) return 0;
	const [west, south, east, north] = outline.bounds;
	const perLng = M_PER_DEGREE * Math.cos((at[1] * Math.PI) / 180);
	const dx = Math.max(west - at[0], 0, at[0] - east) * perLng;
	const dy = Math.max(south - at[1], 0, at[1] - north) * M_PER_DEGREE;
	const toBounds = Math.hypot(dx, dy);
	if (!(toBounds < far)) return toBounds;

	let nearest = Infinity;
	for (const ring of outline.shape.coordinates.flat()) {
		for (let corner = 0; corner + 1 < ring.length; corner++) {
			nearest = Math.min(nearest, toSegment(at, ring[corner]!, ring[corner + 1]!, perLng));
		}
	}
	return nearest;
}

function toSegment([lng, lat]: LngLat, a: Position, b: Position, perLng: number): number {
	const [ax, ay] = [(a[0]! - lng) * perLng, (a[1]! - lat) * M_PER_DEGREE];
	const [bx, by] = [(b[0]! - lng) * perLng, (b[1]! - lat) * M_PER_DEGREE];
	const [dx, dy] = [bx - ax, by - ay];
	const length2 = dx * dx + dy * dy;
	const share = length2 === 0 ? 0 : Math.min(1, Math.max(0, -(ax * dx + ay * dy) / length2));
	return Math.hypot(ax + share * dx, ay + share * dy);
}

/** Middle of the bounds of the largest polygon's shell if it lies inside, else the middle of the longest cut through it. */
export function pointInside(shape: MultiPolygon): LngLat {
	const shells = shape.coordinates.map((rings) => ({
		rings,
		bounds: outlineOf({ type: 'MultiPolygon', coordinates: [rings] }).bounds,
	}));
	const { rings, bounds } = shells.reduce((best, next) => (sizeOf(next.bounds) > sizeOf(best.bounds) ? next : best));
	const polygon: MultiPolygon = { type: 'MultiPolygon', coordinates: [rings] };
	const middle: LngLat = [(bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2];
	if (isInShape(middle, polygon)) return middle;

	const cuts = rings.flatMap((ring) => cutsAt(ring, middle[1])).sort((a, b) => a - b);
	let best: LngLat = [rings[0]![0]![0]!, rings[0]![0]![1]!];
	let width = 0;
	for (let at = 0; at + 1 < cuts.length; at += 2) {
		if (cuts[at + 1]! - cuts[at]! > width) {
			width = cuts[at + 1]! - cuts[at]!;
			best = [(cuts[at]! + cuts[at + 1]!) / 2, middle[1]];
		}
	}
	return best;
}

function sizeOf([west, south, east, north]: Bounds): number {
	return (east - west) * (north - south);
}

function cutsAt(ring: readonly Position[], lat: number): number[] {
	const cuts: number[] = [];
	for (let at = 0; at + 1 < ring.length; at++) {
		const [ax, ay] = ring[at] as [number, number];
		const [bx, by] = ring[at + 1] as [number, number];
		if (ay > lat !== by > lat) cuts.push(ax + ((lat - ay) / (by - ay)) * (bx - ax));
	}
	return cuts;
}
