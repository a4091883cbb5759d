// Polygons written as WKT in a cell, as spreadsheets and database exports carry them.

import type { MultiPolygon, Position } from 'geojson';

const NUMBER = String.raw`[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?`;
const POSITION = new RegExp(`^${NUMBER}(?:\\s+${NUMBER}){1,3}$`, 'i');

/** @returns the polygons as written (rings not checked, heights kept), or undefined when the text is not a polygon */
export function parseWkt(written: string): MultiPolygon | undefined {
	const match = /^\s*(?:SRID=\d+;\s*)?(MULTIPOLYGON|POLYGON)\s*(?:Z|M|ZM)?\s*(\(.*\))\s*$/is.exec(
		written.normalize('NFKC'),
	);
	if (!match?.[1] || !match[2]) return undefined;
	const body = match[1].toUpperCase() === 'POLYGON' ? `(${match[2]})` : match[2];
	const polygons = groupsIn(body)?.map((polygon) => groupsIn(polygon)?.map(ringOf));
	if (!polygons || polygons.length === 0) return undefined;
	const coordinates: Position[][][] = [];
	for (const polygon of polygons) {
		if (!polygon || polygon.length === 0 || polygon.some((ring) => ring === undefined)) return undefined;
		coordinates.push(polygon as Position[][]);
	}
	return { type: 'MultiPolygon', coordinates };
}

/** The code before an outline as PostGIS writes it, `SRID=4549;POLYGON…`; undefined without one, and for 0, which names none. */
export function sridOf(written: string): number | undefined {
	const code = Number(/^\s*SRID=(\d+);/i.exec(written.normalize('NFKC'))?.[1] ?? 0);
	return code === 0 ? undefined : code;
}

/** The bracketed groups directly inside one pair of brackets: `((1),(2))` → `(1)`, `(2)`. */
function groupsIn(body: string): string[] | undefined {
	const inner = /^\s*\((.*)\)\s*$/s.exec(body)?.[1];
	if (inner === undefined) return undefined;
	const groups: string[] = [];
	let depth = 0;
	let start = 0;
	for (let at = 0; at < inner.length; at++) {
		if (inner[at] === '(' && depth++ === 0) start = at;
		if (inner[at] === ')' && --depth === 0) groups.push(inner.slice(start, at + 1));
		if (depth < 0 || depth > 3) return undefined;
	}
	return depth === 0 ? groups : undefined;
}

function ringOf(group: string): Position[] | undefined {
	const positions: Position[] = [];
	for (const written of group.slice(1, -1).split(',')) {
		const tidy = written.trim();
		if (!POSITION.test(tidy)) return undefined;
		positions.push(tidy.split(/\s+/).map(Number));
	}
	return positions;
}
