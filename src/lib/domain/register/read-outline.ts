// An outline as people have it at hand: WKT, GeoJSON, or one corner per line as copied out of a table.

import type { MultiPolygon, Position } from 'geojson';
import { parseWkt } from '../import/parse-wkt.ts';

/** @returns the polygons in the numbers they were written in, rings closed; undefined when it is none of the three */
export function readOutline(written: string): MultiPolygon | undefined {
	const text = written.trim();
	if (text.startsWith('{')) return fromJson(text);
	return parseWkt(text) ?? fromLines(text);
}

export function toWkt({ coordinates }: MultiPolygon): string {
	const ring = (corners: readonly Position[]) => `(${corners.map(([x, y]) => `${x} ${y}`).join(', ')})`;
	return `MULTIPOLYGON (${coordinates.map((rings) => `(${rings.map(ring).join(', ')})`).join(', ')})`;
}

/** One polygon around these corners, in their order. */
export function around(corners: readonly Position[]): MultiPolygon {
	return { type: 'MultiPolygon', coordinates: [[closed(corners)]] };
}

function closed(corners: readonly Position[]): Position[] {
	const [first, last] = [corners[0], corners.at(-1)];
	const isClosed = first && last && corners.length > 1 && first[0] === last[0] && first[1] === last[1];
	return isClosed || !first ? [...corners] : [...corners, first];
}

function fromJson(text: string): MultiPolygon | undefined {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		return undefined;
	}
	for (let depth = 0; depth < 3; depth++) {
		const { type, geometry, features, coordinates } = (value ?? {}) as Record<string, unknown>;
		if (type === 'Polygon' && arePolygons([coordinates]))
			return { type: 'MultiPolygon', coordinates: [coordinates as Position[][]] };
		if (type === 'MultiPolygon' && arePolygons(coordinates))
			return { type: 'MultiPolygon', coordinates: coordinates as Position[][][] };
		value =
			type === 'Feature' ? geometry : type === 'FeatureCollection' && Array.isArray(features) ? features[0] : undefined;
	}
	return undefined;
}

function arePolygons(value: unknown): boolean {
	const isPosition = (part: unknown) =>
		Array.isArray(part) && part.length >= 2 && part.every((number) => typeof number === 'number');
	const isRing = (part: unknown) => Array.isArray(part) && part.length >= 4 && part.every(isPosition);
	const isPolygon = (part: unknown) => Array.isArray(part) && part.length > 0 && part.every(isRing);
	return Array.isArray(value) && value.length > 0 && value.every(isPolygon);
}

/** `120.26, 30.16` per line; a number or name in front of the two is passed over. */
function fromLines(text: string): MultiPolygon | undefined {
	const corners: Position[] = [];
	for (const line of text.split(/[\n;；]+/)) {
		if (line.trim() === '') continue;
		const numbers = line
			.split(/[\s,，\t]+/)
			.filter((part) => /^[+-]?\d+(\.\d+)?$/.test(part))
			.map(Number);
		const [x, y] = numbers.slice(-2);
		if (x === undefined || y === undefined) return undefined;
		corners.push([x, y]);
	}
	return corners.length >= 3 ? around(corners) : undefined;
}
