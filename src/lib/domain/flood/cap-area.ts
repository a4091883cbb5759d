// The area of a CAP message: `lat,lon` pairs, circles in kilometres, codes. Axes that were exchanged are noticed by
// where the shape lies, and said; a shape that cannot be is refused, and said; a warning is never lost over its area.

import type { MultiPolygon, Position } from 'geojson';
import { moved, type Bounds } from '../geo.ts';
import { checkGeometry } from '../geometry/check-geometry.ts';
import type { SignalArea, SignalProblem } from './signal.ts';

export interface CapArea {
	areaDesc: string;
	polygons: readonly string[];
	circles: readonly string[];
	geocodes: readonly { name: string; value: string }[];
}

/** Corners of the polygon a circle is stored as. */
const CIRCLE_CORNERS = 48;

/** Where shapes are expected: a pair that lies outside, and inside once exchanged, was written the other way round. */
export interface Expected {
	bounds: Bounds;
	/** Six digits; a geocode of this district or a town of it is understood. */
	district: string;
	/** Names of towns to codes, for areas that are only described in words. */
	towns: ReadonlyMap<string, string>;
}

/** @returns the area with what was wrong with it; `isWhole` when nothing of it could be read */
export function readCapAreas(
	areas: readonly CapArea[],
	expected: Expected,
): { area: SignalArea; problems: SignalProblem[] } {
	const problems: SignalProblem[] = [];
	const rings: Position[][][] = [];
	const codes = new Set<string>();
	for (const { areaDesc, polygons, circles, geocodes } of areas) {
		for (const text of polygons) take(readPolygon(text, expected), 'polygon-refused', text);
		for (const text of circles) take(readCircle(text, expected), 'circle-refused', text);
		for (const { value } of geocodes) for (const code of codesIn(value, expected)) codes.add(code);
		if (polygons.length + circles.length === 0 || rings.length === 0)
			for (const [name, code] of expected.towns) if (areaDesc.includes(name)) codes.add(code);
	}
	function take(read: ReadShape, refusal: 'polygon-refused' | 'circle-refused', text: string): void {
		if (read.isSwapped) problems.push({ code: 'axes-swapped', detail: shortened(text) });
		if (read.polygon) rings.push(read.polygon);
		else problems.push({ code: refusal, detail: `${read.reason}: ${shortened(text)}` });
	}
	const isUnread = rings.length === 0 && codes.size === 0;
	if (isUnread) problems.push({ code: 'area-unreadable', detail: areas.map(({ areaDesc }) => areaDesc).join('；') });
	return {
		area: {
			text: areas
				.map(({ areaDesc }) => areaDesc.trim())
				.filter(Boolean)
				.join('；'),
			polygons: separated(rings),
			codes: [...codes].sort(),
			isWhole: isUnread,
		},
		problems,
	};
}

interface ReadShape {
	polygon?: Position[][];
	reason?: string;
	isSwapped: boolean;
}

function readPolygon(text: string, expected: Expected): ReadShape {
	const pairs = text.trim().split(/\s+/).map(numbers);
	if (pairs.some((pair) => !pair)) return { reason: 'not-a-list-of-pairs', isSwapped: false };
	const asWritten = pairs.map((pair) => [pair![1], pair![0]] as Position);
	const exchanged = pairs.map((pair) => [pair![0], pair![1]] as Position);
	const isSwapped = !touches(asWritten, expected.bounds) && touches(exchanged, expected.bounds);
	const ring = isSwapped ? exchanged : asWritten;
	const check = checkGeometry({ type: 'Polygon', coordinates: [ring] });
	return check.ok ? { polygon: [ring], isSwapped } : { reason: check.reason, isSwapped };
}

function readCircle(text: string, expected: Expected): ReadShape {
	const [, lat, lon, km] = /^\s*(-?[\d.]+)\s*,\s*(-?[\d.]+)\s+([\d.]+)\s*$/.exec(text) ?? [];
	const radiusM = Number(km) * 1000;
	if (!(radiusM > 0 && radiusM < 2_000_000)) return { reason: 'not-a-circle', isSwapped: false };
	const written: Position = [Number(lon), Number(lat)];
	const exchanged: Position = [Number(lat), Number(lon)];
	const near = (center: Position) => touches(corners(center, radiusM), expected.bounds);
	const isSwapped = !near(written) && Math.abs(exchanged[1]!) <= 90 && near(exchanged);
	const ring = corners(isSwapped ? exchanged : written, radiusM);
	const check = checkGeometry({ type: 'Polygon', coordinates: [ring] });
	return check.ok ? { polygon: [ring], isSwapped } : { reason: check.reason, isSwapped };
}

function corners([lng, lat]: Position, radiusM: number): Position[] {
	const ring = Array.from({ length: CIRCLE_CORNERS }, (_, i) =>
		moved([lng!, lat!], (-360 * i) / CIRCLE_CORNERS, radiusM),
	);
	return [...ring, ring[0]!];
}

function numbers(pair: string): [number, number] | undefined {
	const [, a, b] = /^(-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?)$/.exec(pair) ?? [];
	return a === undefined || b === undefined ? undefined : [Number(a), Number(b)];
}

/** Whether the boxes of a ring and of an area touch. */
function touches(ring: readonly Position[], [west, south, east, north]: Bounds): boolean {
	const lngs = ring.map(([lng]) => lng!);
	const lats = ring.map(([, lat]) => lat!);
	return (
		Math.min(...lngs) <= east && Math.max(...lngs) >= west && Math.min(...lats) <= north && Math.max(...lats) >= south
	);
}

/** Codes of the district, of a town of it, or of an area above that holds it (province, city). */
function codesIn(value: string, { district }: Expected): string[] {
	return value.split(/[\s,;，；]+/).flatMap((code) => {
		if (!/^\d{6,12}$/.test(code)) return [];
		if (code.startsWith(district)) return [code.slice(0, code.length >= 9 ? 9 : 6)];
		const above = code.slice(0, 6).replace(/0{2,4}$/, '');
		return above.length < 6 && district.startsWith(above) ? [district] : [];
	});
}

/** Polygons that overlap cannot stand in one multipolygon; what lies in another is already covered by it. */
function separated(polygons: readonly Position[][][]): MultiPolygon | null {
	const kept: Position[][][] = [];
	for (const polygon of polygons)
		if (checkGeometry({ type: 'MultiPolygon', coordinates: [...kept, polygon] }).ok) kept.push(polygon);
		else if (polygons.length > 1) kept.splice(0, kept.length, hullOf([...kept, polygon]));
	return kept.length > 0 ? { type: 'MultiPolygon', coordinates: kept } : null;
}

/** The convex hull: overlapping parts are joined on the safe side. */
function hullOf(polygons: readonly Position[][][]): Position[][] {
	const points = polygons
		.flat(2)
		.map(([x, y]) => [x!, y!] as const)
		.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
	const cross = (o: readonly number[], a: readonly number[], b: readonly number[]) =>
		(a[0]! - o[0]!) * (b[1]! - o[1]!) - (a[1]! - o[1]!) * (b[0]! - o[0]!);
	const half = (from: readonly (readonly [number, number])[]) => {
		const chain: (readonly [number, number])[] = [];
		for (const point of from) {
			while (chain.length >= 2 && cross(chain.at(-2)!, chain.at(-1)!, point) <= 0) chain.pop();
			chain.push(point);
		}
		return chain.slice(0, -1);
	};
	const ring = [...half(points), ...half([...points].reverse())];
	return [[...ring, ring[0]!].map(([x, y]) => [x, y])];
}

function shortened(text: string): string {
	return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
