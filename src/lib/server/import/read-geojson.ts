// Layers as GeoJSON. The file may say anything, so nothing in it is believed before it was looked at.

import type { Geometry } from 'geojson';
import { importRules } from '#db/rules/import.ts';
import { readDatum } from '#lib/domain/import/datum.ts';
import type { Cell } from '#lib/domain/import/field.ts';
import type { SourceRow } from '#lib/domain/import/row.ts';
import { tooManyRows } from './read-csv.ts';
import { decodeText } from './text.ts';
import { namedColumns, tooLarge, unreadable, type Upload } from './upload.ts';

const MAX_DEPTH = 32;

type Json = Record<string, unknown>;

export function readGeoJson(bytes: Uint8Array, name: string): Upload {
	const { text } = decodeText(bytes, name);
	checkDepth(text, name);
	const root = parsed(text.replace(/^\ufeff/, ''), name);
	const features = featuresOf(root, name);
	if (features.length > importRules.maxRows.value) throw tooManyRows(name, importRules.maxRows.value);

	const keys = [
		...new Set(features.flatMap(({ properties }) => (isObject(properties) ? Object.keys(properties) : []))),
	];
	if (keys.length > importRules.maxColumns.value) {
		throw tooLarge(
			name,
			`超过 ${importRules.maxColumns.value} 个属性。`,
			`More than ${importRules.maxColumns.value} properties.`,
		);
	}
	const rows = features.map(({ properties, geometry }, index): SourceRow => {
		const values = new Map(isObject(properties) ? Object.entries(properties) : []);
		return {
			row: index + 1,
			cells: keys.map((key) => cellOf(values.get(key))),
			geometry: geometryOf(geometry),
		};
	});
	return {
		format: 'geojson',
		encoding: null,
		columns: namedColumns(keys),
		rows,
		hasGeometry: true,
		datumHint: hintOf(root),
		formulaCells: 0,
		names: [String(root.name ?? '')],
	};
}

function parsed(text: string, name: string): Json {
	try {
		const root: unknown = JSON.parse(text);
		if (isObject(root)) return root;
	} catch (cause) {
		throw unreadable(name, 'JSON 不完整或有语法错误。', 'The JSON is cut off or has a mistake in it.', cause);
	}
	throw unreadable(name, '不是 GeoJSON 要素集。', 'This is not a GeoJSON FeatureCollection.');
}

function checkDepth(text: string, name: string): void {
	let depth = 0;
	let inText = false;
	for (let at = 0; at < text.length; at++) {
		const code = text.charCodeAt(at);
		if (inText) {
			if (code === 0x5c) at++;
			else if (code === 0x22) inText = false;
		} else if (code === 0x22) inText = true;
		else if (code === 0x5b || code === 0x7b) {
			if (++depth > MAX_DEPTH)
				throw tooLarge(name, 'JSON 嵌套过深，已拒绝。', 'The JSON is nested too deeply and is refused.');
		} else if (code === 0x5d || code === 0x7d) depth--;
	}
}

function featuresOf(root: Json, name: string): Json[] {
	const features = root.type === 'FeatureCollection' ? root.features : root.type === 'Feature' ? [root] : undefined;
	if (!Array.isArray(features))
		throw unreadable(name, '不是 GeoJSON 要素集。', 'This is not a GeoJSON FeatureCollection.');
	return features.map((feature: unknown) => (isObject(feature) ? feature : {}));
}

function hintOf(root: Json): Upload['datumHint'] {
	// Lists that go out in another datum than the standard's say so here.
	const said = typeof root.datum === 'string' ? readDatum(root.datum) : undefined;
	if (said) return { datum: said, from: 'datum' };
	const name = isObject(root.crs) && isObject(root.crs.properties) ? root.crs.properties.name : undefined;
	if (typeof name !== 'string') return null;
	const code = /(?:EPSG:+|epsg:)(\d{4,5})$/.exec(name)?.[1];
	const datum = /CRS:?84$/i.test(name) ? 'wgs84' : readDatum(code ?? name);
	return datum ? { datum, from: `crs ${name}` } : null;
}

function cellOf(value: unknown): Cell {
	if (value === null || value === undefined) return null;
	if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
	return JSON.stringify(value);
}

function isObject(value: unknown): value is Json {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const DEPTH_OF: Record<string, number> = {
	Point: 0,
	MultiPoint: 1,
	LineString: 1,
	MultiLineString: 2,
	Polygon: 2,
	MultiPolygon: 3,
};

/** The geometry; `broken` when it is not what its type says. */
export function geometryOf(value: unknown): SourceRow['geometry'] {
	if (value === null || value === undefined) return null;
	if (!isObject(value) || typeof value.type !== 'string') return 'broken';
	const depth = DEPTH_OF[value.type];
	const coordinates = depth === undefined ? undefined : flat(value.coordinates, depth);
	return coordinates === undefined ? 'broken' : ({ type: value.type, coordinates } as Geometry);
}

function flat(value: unknown, depth: number): unknown {
	if (!Array.isArray(value)) return undefined;
	if (depth === 0) {
		const [x, y, height] = value as unknown[];
		if (typeof x !== 'number' || typeof y !== 'number') return undefined;
		return typeof height === 'number' ? [x, y, height] : [x, y];
	}
	const parts = value.map((part) => flat(part, depth - 1));
	return parts.includes(undefined) ? undefined : parts;
}
