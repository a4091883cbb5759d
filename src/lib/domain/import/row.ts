// One row of a file into values of fields, a position and a shape in WGS 84; what cannot be read becomes an error that says
// row, column, value and what is expected.

import type { Geometry, MultiPolygon, Position } from 'geojson';
import type { LngLat } from '../geo.ts';
import { checkGeometry, type GeometryFault } from '../geometry/check-geometry.ts';
import { agree, convertShape, definitionOf, nameOf, type Datum } from './datum.ts';
import { expectationOf, type Cell, type Field, type Value } from './field.ts';
import { hasLostDigits, parseCell } from './parse-cell.ts';
import { sridOf } from './parse-wkt.ts';
import type { Sentence } from './sentence.ts';

export interface SourceRow {
	/** As a person sees it: the header is row 1. A feature of a layer counts from 1. */
	row: number;
	cells: readonly Cell[];
	/** `broken`: the layer has something here that is no geometry. */
	geometry?: Geometry | null | 'broken';
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
	/** The file is in; null while nobody has named it. */
	datum: Datum | null;
	convert: (position: Position) => LngLat;
	maxVertices: number;
}

export function readRow(source: SourceRow, { columns, datum, convert, maxVertices }: RowReading): ReadRow {
	const read: ReadRow = { row: source.row, values: {}, errors: [] };
	for (const { index, name, field } of columns) {
		const cell = source.cells[index] ?? null;
		const value = parseCell(field, name, cell);
		const expects = value === undefined ? wanted(field, cell) : otherDatum(field, cell, datum);
		if (expects) read.errors.push(errorAt(source.row, name, field.key, cell, expects));
		else if (value !== null && value !== undefined) read.values[field.key] = value;
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

function wanted(field: Field, cell: Cell): Sentence {
	if (field.of.type === 'shape' && String(cell).length >= MOST_IN_A_CELL) return CUT_OFF;
	const isPlace = field.of.type === 'x' || field.of.type === 'y';
	if (isPlace && TWO_NUMBERS.test(String(cell).normalize('NFKC'))) return ONE_EACH;
	const isQuantity = field.of.type === 'number' || field.of.type === 'day';
	return !isQuantity && hasLostDigits(cell) ? AS_TEXT : expectationOf(field);
}

/** `120.27,30.18`, with letters or degrees; which of the two comes first differs from file to file. */
const TWO_NUMBERS = /\d+\.\d+\D+\d+\.\d+/;
const ONE_EACH: Sentence = {
	zh: '经度、纬度各占一列：这一格里有两个数，次序因文件而异，请拆成两列',
	en: 'one number: this cell holds two, and files differ in which comes first; split them into a longitude and a latitude column',
};

/** An outline that names another datum than its file, by the code PostGIS writes before it. */
function otherDatum({ of }: Field, cell: Cell, datum: Datum | null): Sentence | undefined {
	const srid = of.type === 'shape' && datum ? sridOf(String(cell)) : undefined;
	if (srid === undefined || !datum) return undefined;
	if (definitionOf(srid) && agree(datum, `EPSG:${srid}`)) return undefined;
	return {
		zh: `${nameOf(datum)} 的轮廓：这一格写明 SRID=${srid}，与所选坐标系不符；请改选 EPSG:${srid}，或先转换、去掉 SRID`,
		en: `an outline in ${nameOf(datum)}: this one says SRID=${srid}; name EPSG:${srid} as the datum, or convert it and leave the SRID out`,
	};
}

const AS_TEXT: Sentence = {
	zh: '以文本保存的编号：表格把超过 15 位的编号当作数字时会丢失末几位，请把该列设为文本后重新填写',
	en: 'a number kept as text: a spreadsheet that takes it for a quantity loses the digits after the 15th; make the column text and fill it in again',
};

/** Characters of a cell of a workbook. Excel cuts a longer text off, and what is left is no outline. */
export const MOST_IN_A_CELL = 32_767;
const CUT_OFF: Sentence = {
	zh: '完整的 WKT 面：Excel 单元格最多 32767 个字符，此轮廓已被截断，请改用 CSV、GeoJSON 或 Shapefile',
	en: 'a whole polygon as WKT: a cell of a workbook holds 32,767 characters and this outline was cut off; bring it as CSV, GeoJSON or a shapefile',
};

/** Geometry of a feature: a point is the position, polygons are the boundary, anything else is an error. */
function takeGeometry(read: ReadRow, geometry: SourceRow['geometry']): void {
	if (!geometry) return;
	if (geometry === 'broken') read.errors.push(errorAt(read.row, null, 'boundary', '', POINT_OR_POLYGON));
	else if (geometry.type === 'Point') read.position = geometry.coordinates;
	else if (geometry.type === 'MultiPoint' && geometry.coordinates.length === 1)
		read.position = geometry.coordinates[0]!;
	else if (geometry.type === 'Polygon') read.rawShape = { type: 'MultiPolygon', coordinates: [geometry.coordinates] };
	else if (geometry.type === 'MultiPolygon') read.rawShape = geometry;
	else read.errors.push(errorAt(read.row, null, 'boundary', geometry.type, POINT_OR_POLYGON));
}

const POINT_OR_POLYGON: Sentence = { zh: '点或面要素', en: 'a point or a polygon' };

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
	if (read.rawShape) takeShape(read, read.rawShape, columns, convert, maxVertices);
}

function takeShape(
	read: ReadRow,
	raw: MultiPolygon,
	columns: readonly MappedColumn[],
	convert: RowReading['convert'],
	maxVertices: number,
): void {
	const column = columns.find(({ field }) => field.key === 'boundary')?.name ?? null;
	const refuse = (value: unknown, expects: Sentence) =>
		read.errors.push(errorAt(read.row, column, 'boundary', value, expects));
	const corners = raw.coordinates.flat(2);
	if (corners.length > maxVertices) {
		refuse(corners.length, { zh: `最多 ${maxVertices} 个顶点`, en: `at most ${maxVertices} corners` });
		return;
	}
	const stray = corners.find((corner) => !placed(corner, convert));
	if (stray) {
		refuse(stray.slice(0, 2).join(', '), NOT_A_PLACE);
		return;
	}
	const shape = convertShape(raw, convert);
	const check = checkGeometry(shape);
	if (check.ok) read.shape = shape;
	else refuse(check.at?.map((value) => Number(value.toFixed(6))).join(', '), FAULTS[check.reason]);
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

const FAULTS: Record<GeometryFault, Sentence> = {
	empty: { zh: '至少一个面', en: 'at least one polygon' },
	kind: POINT_OR_POLYGON,
	position: NOT_A_PLACE,
	'not-finite': NOT_A_PLACE,
	'out-of-range': NOT_A_PLACE,
	'not-closed': { zh: '闭合的环：末点须与首点相同', en: 'a closed ring: its last corner is its first' },
	'too-few-corners': { zh: '至少三个不在一条线上的顶点', en: 'at least three corners that are not on one line' },
	'self-crossing': {
		zh: '不自相交的边界（在所示位置相交）',
		en: 'a boundary that does not cross itself (it does at the place shown)',
	},
	'rings-cross': { zh: '互不相交的环', en: 'rings that do not cross each other' },
	'hole-outside': { zh: '位于外环之内的洞', en: 'a hole inside its polygon' },
	overlap: { zh: '互不重叠的部分', en: 'parts that do not overlap' },
};
