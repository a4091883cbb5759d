// Whether a geometry may be stored. The database must never meet a crossed or unclosed polygon: the embedded engine
// answers some questions about one by writing nothing and reporting success.

import Flatbush from 'flatbush';
import type * as GeoJSON from 'geojson';
import { orient2d } from 'robust-predicates';
import type { LngLat } from '../geo.ts';

export type GeometryFault =
	/** A polygon without rings, a line without points, an empty collection. */
	| 'empty'
	/** A kind of geometry no register holds: a collection, or something that is no geometry. */
	| 'kind'
	/** A position that is not exactly longitude and latitude; heights are not stored. */
	| 'position'
	| 'not-finite'
	| 'out-of-range'
	/** First and last position of a ring differ. */
	| 'not-closed'
	/** Fewer than three different corners, or corners on one line. */
	| 'too-few-corners'
	/** A ring that crosses or touches itself, or runs back on itself. */
	| 'self-crossing'
	/** Two rings that cross or share an edge. */
	| 'rings-cross'
	| 'hole-outside'
	/** A part of a multipolygon that lies in another, or a hole in a hole. */
	| 'overlap';

export type GeometryCheck = { ok: true } | { ok: false; reason: GeometryFault; at: LngLat | null };

type Ring = readonly GeoJSON.Position[];

/**
 * Rings must be closed, have area, and neither cross nor touch themselves; holes lie inside their shell and may touch
 * it in points; parts of a multipolygon do not overlap. The direction of rings does not matter. Crossings are decided
 * with exact arithmetic.
 */
export function checkGeometry(geometry: GeoJSON.Geometry): GeometryCheck {
	const fault = faultOf(geometry);
	return fault ? { ok: false, ...fault } : { ok: true };
}

interface Found {
	reason: GeometryFault;
	at: LngLat | null;
}

const found = (reason: GeometryFault, at?: GeoJSON.Position): Found => ({
	reason,
	at: at && Number.isFinite(at[0]) && Number.isFinite(at[1]) ? [at[0]!, at[1]!] : null,
});

function faultOf(geometry: GeoJSON.Geometry): Found | undefined {
	switch (geometry?.type) {
		case 'Point':
			return faultOfPositions([geometry.coordinates]);
		case 'MultiPoint':
			return faultOfPositions(geometry.coordinates);
		case 'LineString':
			return faultOfLine(geometry.coordinates);
		case 'MultiLineString':
			return geometry.coordinates.length === 0 ? found('empty') : first(geometry.coordinates, faultOfLine);
		case 'Polygon':
			return faultOfPolygons([geometry.coordinates]);
		case 'MultiPolygon':
			return faultOfPolygons(geometry.coordinates);
		default:
			return found('kind');
	}
}

function first<T>(items: readonly T[], fault: (item: T) => Found | undefined): Found | undefined {
	for (const item of items) {
		const one = fault(item);
		if (one) return one;
	}
	return undefined;
}

function faultOfPositions(positions: unknown): Found | undefined {
	if (!Array.isArray(positions) || positions.length === 0) return found('empty');
	return first(positions as unknown[], faultOfPosition);
}

function faultOfPosition(position: unknown): Found | undefined {
	if (!Array.isArray(position) || position.length !== 2) return found('position');
	const [lng, lat] = position as number[];
	if (!Number.isFinite(lng) || !Number.isFinite(lat)) return found('not-finite');
	return Math.abs(lng!) > 180 || Math.abs(lat!) > 90 ? found('out-of-range', position as number[]) : undefined;
}

function faultOfLine(line: Ring): Found | undefined {
	const fault = faultOfPositions(line);
	if (fault) return fault;
	return line.every((position) => same(position, line[0]!)) ? found('too-few-corners', line[0]) : undefined;
}

function faultOfPolygons(polygons: readonly (readonly Ring[])[]): Found | undefined {
	if (!Array.isArray(polygons) || polygons.length === 0) return found('empty');
	if (polygons.some((rings) => !Array.isArray(rings) || rings.length === 0)) return found('empty');
	const touching = new Touching();
	return (
		first(polygons.flat(), faultOfRing) ??
		crossing(polygons, touching) ??
		first(polygons, (rings) => holeFault(rings, touching)) ??
		partFault(polygons, touching)
	);
}

/** Pairs of rings that touch in points. Of those, every corner must be looked at; of others one tells it all. */
class Touching {
	readonly #pairs = new Map<Ring, Set<Ring>>();

	add(one: Ring, other: Ring): void {
		for (const [a, b] of [
			[one, other],
			[other, one],
		] as const) {
			this.#pairs.set(a, (this.#pairs.get(a) ?? new Set()).add(b));
		}
	}

	has(one: Ring, other: Ring): boolean {
		return this.#pairs.get(one)?.has(other) ?? false;
	}
}

function faultOfRing(ring: Ring): Found | undefined {
	const fault = faultOfPositions(ring);
	if (fault) return fault;
	if (!same(ring[0]!, ring.at(-1)!)) return found('not-closed', ring.at(-1));
	const [a] = ring;
	const b = ring.find((position) => !same(position, a!));
	const bent = b && ring.some((position) => side(a!, b, position) !== 0);
	return bent ? undefined : found('too-few-corners', a);
}

const same = (a: GeoJSON.Position, b: GeoJSON.Position): boolean => a[0] === b[0] && a[1] === b[1];

/** Above zero on one side of the line through `a` and `b`, below on the other, zero exactly on it. */
const side = (a: GeoJSON.Position, b: GeoJSON.Position, p: GeoJSON.Position): number =>
	orient2d(a[0]!, a[1]!, b[0]!, b[1]!, p[0]!, p[1]!);

interface Segment {
	a: GeoJSON.Position;
	b: GeoJSON.Position;
	ring: Ring;
	/** Place among the ring's segments, and how many those are; neighbours share a corner. */
	at: number;
	of: number;
}

function segmentsOf(polygons: readonly (readonly Ring[])[]): Segment[] {
	const segments: Segment[] = [];
	for (const ring of polygons.flat()) {
		// A corner given twice in a row is harmless and left out.
		const corners = ring.filter((position, i) => i === 0 || !same(position, ring[i - 1]!));
		const of = corners.length - 1;
		for (let at = 0; at < of; at += 1) segments.push({ a: corners[at]!, b: corners[at + 1]!, ring, at, of });
	}
	return segments;
}

/** The first place where edges meet that must not. */
function crossing(polygons: readonly (readonly Ring[])[], touching: Touching): Found | undefined {
	const segments = segmentsOf(polygons);
	const index = new Flatbush(segments.length);
	for (const { a, b } of segments) {
		index.add(Math.min(a[0]!, b[0]!), Math.min(a[1]!, b[1]!), Math.max(a[0]!, b[0]!), Math.max(a[1]!, b[1]!));
	}
	index.finish();
	for (const [i, one] of segments.entries()) {
		const { a, b } = one;
		const near = index.search(
			Math.min(a[0]!, b[0]!),
			Math.min(a[1]!, b[1]!),
			Math.max(a[0]!, b[0]!),
			Math.max(a[1]!, b[1]!),
			(j) => j > i,
		);
		for (const j of near) {
			const fault = meeting(one, segments[j]!, touching);
			if (fault) return fault;
		}
	}
	return undefined;
}

function meeting(one: Segment, other: Segment, touching: Touching): Found | undefined {
	const { a, b } = one;
	const { a: c, b: d } = other;
	const [sideC, sideD] = [side(a, b, c), side(a, b, d)];
	const [sideA, sideB] = [side(c, d, a), side(c, d, b)];
	const sameRing = one.ring === other.ring;

	if (sideC === 0 && sideD === 0) {
		const shared = overlapOf(a, b, c, d);
		if (shared === undefined) return undefined;
		if (shared.length > 0) return found(sameRing ? 'self-crossing' : 'rings-cross', shared.at);
		return touch(one, other, shared.at, touching);
	}
	if (sideC > 0 === sideD > 0 && sideC !== 0 && sideD !== 0) return undefined;
	if (sideA > 0 === sideB > 0 && sideA !== 0 && sideB !== 0) return undefined;

	const at = sideC === 0 ? c : sideD === 0 ? d : sideA === 0 ? a : sideB === 0 ? b : undefined;
	if (at) return touch(one, other, at, touching);
	return found(sameRing ? 'self-crossing' : 'rings-cross', crossingPoint(a, b, sideA, sideB));
}

/** Rings may touch in a point; a ring must not touch itself except where one edge goes over into the next. */
function touch(one: Segment, other: Segment, at: GeoJSON.Position, touching: Touching): Found | undefined {
	if (one.ring === other.ring) return areNeighbours(one, other) ? undefined : found('self-crossing', at);
	touching.add(one.ring, other.ring);
	return undefined;
}

function areNeighbours(one: Segment, other: Segment): boolean {
	const gap = Math.abs(one.at - other.at);
	return gap === 1 || gap === one.of - 1;
}

/** What two segments on one line have in common: where, and how long along it. */
function overlapOf(
	a: GeoJSON.Position,
	b: GeoJSON.Position,
	c: GeoJSON.Position,
	d: GeoJSON.Position,
): { at: GeoJSON.Position; length: number } | undefined {
	const axis = Math.abs(b[0]! - a[0]!) >= Math.abs(b[1]! - a[1]!) ? 0 : 1;
	const [p, q] = a[axis]! <= b[axis]! ? [a, b] : [b, a];
	const [r, s] = c[axis]! <= d[axis]! ? [c, d] : [d, c];
	const from = p[axis]! >= r[axis]! ? p : r;
	const to = q[axis]! <= s[axis]! ? q : s;
	const length = to[axis]! - from[axis]!;
	return length < 0 ? undefined : { at: from, length };
}

/** Where the edge from `a` to `b` is crossed, by the distances of its ends from the other edge. */
function crossingPoint(a: GeoJSON.Position, b: GeoJSON.Position, sideA: number, sideB: number): GeoJSON.Position {
	const part = sideA / (sideA - sideB);
	return [a[0]! + (b[0]! - a[0]!) * part, a[1]! + (b[1]! - a[1]!) * part];
}

function holeFault([shell, ...holes]: readonly Ring[], touching: Touching): Found | undefined {
	for (const [i, hole] of holes.entries()) {
		const outside = somewhere(hole, shell!, -1, touching);
		if (outside) return found('hole-outside', outside);
		for (const [j, other] of holes.entries()) {
			const nested = i === j ? undefined : somewhere(hole, other, 1, touching);
			if (nested) return found('overlap', nested);
		}
	}
	return undefined;
}

function partFault(polygons: readonly (readonly Ring[])[], touching: Touching): Found | undefined {
	for (const [i, [ring]] of polygons.entries()) {
		for (const [j, [shell, ...holes]] of polygons.entries()) {
			const inside = i === j ? undefined : somewhere(ring!, shell!, 1, touching);
			// An island in the lake of another part is fine.
			if (inside && !holes.some((hole) => somewhere(ring!, hole, -1, touching) === undefined)) {
				return found('overlap', inside);
			}
		}
	}
	return undefined;
}

/** A place of a ring that lies inside (1) or outside (-1) another, none of whose edges it crosses. */
function somewhere(ring: Ring, other: Ring, wanted: 1 | -1, touching: Touching): GeoJSON.Position | undefined {
	if (!touching.has(ring, other)) return placeIn(ring[0]!, other) === wanted ? ring[0] : undefined;
	for (const [i, corner] of ring.entries()) {
		if (placeIn(corner, other) === wanted) return corner;
		// Two touching corners may have their edge on the wrong side.
		const next = ring[i + 1] ?? corner;
		const middle = [(corner[0]! + next[0]!) / 2, (corner[1]! + next[1]!) / 2];
		if (placeIn(middle, other) === wanted) return middle;
	}
	return undefined;
}

/** 1 inside the ring, -1 outside, 0 on its edge. */
function placeIn(point: GeoJSON.Position, ring: Ring): -1 | 0 | 1 {
	const [x, y] = point as [number, number];
	let inside = false;
	for (let i = 1; i < ring.length; i += 1) {
		const a = ring[i - 1]!;
		const b = ring[i]!;
		if ((a[1]! > y && b[1]! > y) || (a[1]! < y && b[1]! < y) || (a[0]! < x && b[0]! < x)) continue;
		const turn = side(a, b, point);
		const between = Math.min(a[0]!, b[0]!) <= x && x <= Math.max(a[0]!, b[0]!);
		if (turn === 0 && between) return 0;
		if (a[1]! > y !== b[1]! > y && turn < 0 === a[1]! < b[1]!) inside = !inside;
	}
	return inside ? 1 : -1;
}
