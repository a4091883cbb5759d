// Whether a polygon is one: rings closed, not crossing themselves or each other, holes inside. Checked here because the
// embedded database answers some questions about broken polygons with silence.

import type { MultiPolygon, Position } from 'geojson';

export type PolygonFault =
	| { fault: 'empty' }
	| { fault: 'not-finite'; ring: number }
	| { fault: 'too-many-vertices'; count: number }
	| { fault: 'unclosed'; ring: number; at: Position }
	| { fault: 'too-few-corners'; ring: number }
	| { fault: 'self-crossing'; at: Position }
	| { fault: 'hole-outside'; ring: number };

/** Rings are numbered from 1 through all polygons, as a person would count them. */
export function faultOf(shape: MultiPolygon, maxVertices: number): PolygonFault | undefined {
	const rings = shape.coordinates.flat();
	if (rings.length === 0) return { fault: 'empty' };
	const count = rings.reduce((sum, ring) => sum + ring.length, 0);
	if (count > maxVertices) return { fault: 'too-many-vertices', count };

	for (const [index, ring] of rings.entries()) {
		const fault = faultOfRing(ring, index + 1);
		if (fault) return fault;
	}
	const crossing = crossingIn(rings);
	if (crossing) return { fault: 'self-crossing', at: crossing };

	let number = 0;
	for (const [shell, ...holes] of shape.coordinates) {
		number++;
		for (const hole of holes) {
			number++;
			if (!hole.some((corner) => isInRing(corner, shell!))) return { fault: 'hole-outside', ring: number };
		}
	}
	return undefined;
}

function faultOfRing(ring: readonly Position[], number: number): PolygonFault | undefined {
	if (ring.some(([x, y]) => !Number.isFinite(x) || !Number.isFinite(y))) return { fault: 'not-finite', ring: number };
	const [first, last] = [ring[0], ring.at(-1)];
	if (!first || !last || ring.length < 3) return { fault: 'too-few-corners', ring: number };
	if (first[0] !== last[0] || first[1] !== last[1]) return { fault: 'unclosed', ring: number, at: last };
	if (new Set(ring.map(([x, y]) => `${x} ${y}`)).size < 3) return { fault: 'too-few-corners', ring: number };
	return undefined;
}

/** Even-odd rule; a point on the edge may count either way. */
export function isInRing([x, y]: Position, ring: readonly Position[]): boolean {
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

interface Segment {
	ring: number;
	/** Place in the ring, and how many there are: neighbours share a corner and may. */
	at: number;
	of: number;
	a: Position;
	b: Position;
	minX: number;
	maxX: number;
}

/** First place where segments cross, or where a ring touches itself; rings may touch each other in a point. */
function crossingIn(rings: readonly (readonly Position[])[]): Position | undefined {
	const segments: Segment[] = rings.flatMap((ring, number) => segmentsOf(ring, number)).sort((s, t) => s.minX - t.minX);
	let open: Segment[] = [];
	for (const segment of segments) {
		open = open.filter((other) => other.maxX >= segment.minX);
		for (const other of open) {
			const at = meetingOf(segment, other);
			if (at) return at;
		}
		open.push(segment);
	}
	return undefined;
}

function segmentsOf(ring: readonly Position[], number: number): Segment[] {
	const corners = ring.filter(
		(corner, at) => at === 0 || corner[0] !== ring[at - 1]![0] || corner[1] !== ring[at - 1]![1],
	);
	const of = corners.length - 1;
	return Array.from({ length: of }, (_, at) => {
		const [a, b] = [corners[at]!, corners[at + 1]!];
		return { ring: number, at, of, a, b, minX: Math.min(a[0]!, b[0]!), maxX: Math.max(a[0]!, b[0]!) };
	});
}

function meetingOf(s: Segment, t: Segment): Position | undefined {
	if (
		Math.max(s.a[1]!, s.b[1]!) < Math.min(t.a[1]!, t.b[1]!) ||
		Math.max(t.a[1]!, t.b[1]!) < Math.min(s.a[1]!, s.b[1]!)
	) {
		return undefined;
	}
	const isSameRing = s.ring === t.ring;
	const gap = Math.abs(s.at - t.at);
	const areNeighbours = isSameRing && (gap === 1 || gap === s.of - 1);
	if (areNeighbours) return foldOf(s, t);

	const sa = sideOf(t.a, t.b, s.a);
	const sb = sideOf(t.a, t.b, s.b);
	const ta = sideOf(s.a, s.b, t.a);
	const tb = sideOf(s.a, s.b, t.b);
	if (sa * sb < 0 && ta * tb < 0) return crossingOf(s, sa, sb);
	if (!isSameRing) return undefined;
	if (sa === 0 && isBetween(t, s.a)) return s.a;
	if (sb === 0 && isBetween(t, s.b)) return s.b;
	if (ta === 0 && isBetween(s, t.a)) return t.a;
	if (tb === 0 && isBetween(s, t.b)) return t.b;
	return undefined;
}

/** Neighbours that run back over each other: a spike. */
function foldOf(s: Segment, t: Segment): Position | undefined {
	const [first, second] = s.b[0] === t.a[0] && s.b[1] === t.a[1] ? [s, t] : [t, s];
	if (sideOf(first.a, first.b, second.b) !== 0) return undefined;
	const dot =
		(first.b[0]! - first.a[0]!) * (second.b[0]! - second.a[0]!) +
		(first.b[1]! - first.a[1]!) * (second.b[1]! - second.a[1]!);
	return dot < 0 ? second.a : undefined;
}

function sideOf(a: Position, b: Position, point: Position): number {
	return (b[0]! - a[0]!) * (point[1]! - a[1]!) - (b[1]! - a[1]!) * (point[0]! - a[0]!);
}

function isBetween({ a, b }: Segment, [x, y]: Position): boolean {
	return (
		x! >= Math.min(a[0]!, b[0]!) &&
		x! <= Math.max(a[0]!, b[0]!) &&
		y! >= Math.min(a[1]!, b[1]!) &&
		y! <= Math.max(a[1]!, b[1]!)
	);
}

function crossingOf({ a, b }: Segment, sideA: number, sideB: number): Position {
	const share = sideA / (sideA - sideB);
	return [a[0]! + share * (b[0]! - a[0]!), a[1]! + share * (b[1]! - a[1]!)];
}
