// One row of a file into values of fields, a position and a shape in WGS 84; what cannot be read becomes an error that says
// row, column, value and what is expected.

import type { Geometry, MultiPolygon, Position } from 'geojson';
import type { LngLat } from '../geo.ts';
import { faultOf, type PolygonFault } from '../geometry/polygon.ts';
import { convertShape } from './datum.ts';
import { expectationOf, type Cell, type Field, type Value } from './field.ts';
import { parseCell } from './parse-cell.ts';
import type { Sentence } from './sentence.ts';

export interface SourceRow {
	/** As a person sees it: the header is row 1. A feature of a layer counts from 1. */
	row: number;
	cells: readonly Cell[];
	geometry?: Geometry | null;
}

export interface RowError {
	row: number;
	column: string | null;
	field: string | null;
	value: string;
	expects: Sentence;
}

export interface ReadRow {
	row: number;
	/** What the row says; a field it leaves empty is not here. */
	values: Record<string, Value>;
	/** As it stands in the file. */
	position?: Position;
	at?: LngLat;
	rawShape?: MultiPolygon;
	shape?: MultiPolygon;
	errors: RowError[];
}

/** A column of the file and the field it is for. */
export interface MappedColumn {
	index: number;
	name: string;
	field: Field;
}

export interface RowReading {
	columns: readonly MappedColumn[];
	convert: (position: Position) => LngLat;
	maxVertices: number;
}

export function readRow(source: SourceRow, { columns, convert, maxVertices }: RowReading): ReadRow {
	const read: ReadRow = { row: source.row, values: {}, errors: [] };
	for (const { index, name, field } of columns) {
		const cell = source.cells[index] ?? null;
		const value = parseCell(field, name, cell);
		if (value === undefined) read.errors.push(errorAt(source.row, name, field.key, cell, expectationOf(field)));
		else if (value !== null) read.values[field.key] = value;
	}
	takeGeometry(read, source.geometry);
	placeRow(read, columns, convert, maxVertices);
	return read;
}

export function errorAt(
	row: number,
	column: string | null,
	field: string | null,
	value: unknown,
	expects: Sentence,
): RowError {
	const shown = value === null || value === undefined ? '' : String(value);
	return { row, column, field, value: shown.length > 120 ? `${shown.slice(0, 119)}…` : shown, expects };
}

/** Geometry of a feature: a point is the position, polygons are the boundary, anything else is an error. */
function takeGeometry(read: ReadRow, geometry: Geometry | null | undefined): void {
	if (!geometry) return;
	if (geometry.type === 'Point') read.position = geometry.coordinates;
	else if (geometry.type === 'MultiPoint' && geometry.coordinates.length === 1)
		read.position = geometry.coordinates[0]!;
	else if (geometry.type === 'Polygon') read.rawShape = { type: 'MultiPolygon', coordinates: [geometry.coordinates] };
	else if (geometry.type === 'MultiPolygon') read.rawShape = geometry;
	else {
		read.errors.push(errorAt(read.row, null, null, geometry.type, { zh: '点或面要素', en: 'a point or a polygon' }));
	}
}

function placeRow(
	read: ReadRow,
	columns: readonly MappedColumn[],
	convert: RowReading['convert'],
	maxVertices: number,
): void {
	const { longitude, latitude, boundary } = read.values;
	delete read.values.longitude;
	delete read.values.latitude;
	delete read.values.boundary;
	if (typeof longitude === 'number' && typeof latitude === 'number') read.position = [longitude, latitude];
	else if (longitude !== undefined || latitude !== undefined) {
		const missing = columns.find(({ field }) => field.key === (longitude === undefined ? 'longitude' : 'latitude'));
		const isRead = read.errors.some(({ field }) => field === 'longitude' || field === 'latitude');
		if (!isRead) {
			read.errors.push(
				errorAt(read.row, missing?.name ?? null, missing?.field.key ?? null, '', {
					zh: '经度和纬度须成对出现',
					en: 'longitude and latitude together',
				}),
			);
		}
	}
	if (boundary && typeof boundary === 'object' && boundary.type === 'MultiPolygon') read.rawShape = boundary;

	if (read.position) {
		const column = columns.find(({ field }) => field.key === 'longitude')?.name ?? null;
		const at = placed(read.position, convert);
		if (at) read.at = at;
		else read.errors.push(errorAt(read.row, column, 'longitude', read.position.slice(0, 2).join(', '), NOT_A_PLACE));
	}
	if (read.rawShape) {
		const column = columns.find(({ field }) => field.key === 'boundary')?.name ?? null;
		const fault = faultOf(read.rawShape, maxVertices);
		if (fault) read.errors.push(errorAt(read.row, column, 'boundary', describeFault(fault).en, describeFault(fault)));
		else if (read.rawShape.coordinates.flat(2).some((corner) => !placed(corner, convert))) {
			read.errors.push(
				errorAt(
					read.row,
					column,
					'boundary',
					read.rawShape.coordinates[0]?.[0]?.[0]?.slice(0, 2).join(', '),
					NOT_A_PLACE,
				),
			);
		} else read.shape = convertShape(read.rawShape, convert);
	}
}

const NOT_A_PLACE: Sentence = {
	zh: '地球上的位置：经度 −180 至 180、纬度 −90 至 90，且不是 0,0；或所选坐标系内的米制坐标',
	en: 'a place on Earth: longitude −180 to 180, latitude −90 to 90, not 0,0; or metres of the datum named',
};

/** The place in WGS 84, or undefined when there is no such place or it is the 0,0 of an empty form. */
function placed(position: Position, convert: RowReading['convert']): LngLat | undefined {
	const [x, y] = position;
	if (x === undefined || y === undefined || !Number.isFinite(x) || !Number.isFinite(y)) return undefined;
	if (Math.abs(x) < 1e-6 && Math.abs(y) < 1e-6) return undefined;
	const at = convert([x, y]);
	return Math.abs(at[0]) <= 180 && Math.abs(at[1]) <= 90 ? at : undefined;
}

function describeFault(fault: PolygonFault): Sentence {
	switch (fault.fault) {
		case 'empty':
			return { zh: '至少一个面', en: 'at least one polygon' };
		case 'not-finite':
			return { zh: `第 ${fault.ring} 个环的坐标须为数字`, en: `ring ${fault.ring}: coordinates that are numbers` };
		case 'too-many-vertices':
			return { zh: `顶点过多（${fault.count} 个）`, en: `fewer corners (there are ${fault.count})` };
		case 'unclosed':
			return {
				zh: `第 ${fault.ring} 个环未闭合：末点须与首点相同`,
				en: `ring ${fault.ring} is not closed: its last corner must be its first`,
			};
		case 'too-few-corners':
			return {
				zh: `第 ${fault.ring} 个环至少三个不同的顶点`,
				en: `ring ${fault.ring}: at least three different corners`,
			};
		case 'self-crossing': {
			const at = fault.at
				.slice(0, 2)
				.map((value) => Number(value.toFixed(6)))
				.join(', ');
			return {
				zh: `边界不得自相交（在 ${at} 处相交）`,
				en: `a boundary that does not cross itself (it does at ${at})`,
			};
		}
		case 'hole-outside':
			return { zh: `第 ${fault.ring} 个环（洞）须位于外环之内`, en: `ring ${fault.ring}: a hole inside its polygon` };
	}
}
