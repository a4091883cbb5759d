// Rows into a file: GeoJSON, CSV that no spreadsheet takes for formulas, XLSX.

import type { Geometry, MultiPolygon, Position } from 'geojson';
import writeWorkbook from 'write-excel-file/node';
import { fromWgs84, isProjected, type Datum } from '#lib/domain/import/datum.ts';
import { pointInside } from '#lib/domain/import/outline.ts';
import { MOST_IN_A_CELL } from '#lib/domain/import/row.ts';
import { toWkt } from '#lib/domain/register/read-outline.ts';
import type { ExportRow } from '../repositories/export-rows.ts';

export const EXPORT_FORMATS = ['geojson', 'csv', 'xlsx'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

type Cell = ExportRow['values'][string];

/** A cell that begins like a formula gets an apostrophe before it, as spreadsheets do themselves. Numbers stay numbers. */
export function formulaSafe(text: string): string {
	return /^[=+\-@\t\r＝＋－＠]/.test(text) ? `'${text}` : text;
}

export async function writeRows(
	rows: readonly ExportRow[],
	format: ExportFormat,
	datum: Datum,
): Promise<string | Buffer> {
	const convert = fromWgs84(datum);
	if (format === 'geojson') return geoJson(rows, datum, convert);

	const keys = Object.keys(rows[0]?.values ?? {});
	const places = isProjected(datum) ? ['easting', 'northing'] : ['longitude', 'latitude'];
	const hasAreas = rows.some(({ geometry }) => geometry?.type === 'MultiPolygon');
	const header = [...keys, ...places, 'datum', ...(hasAreas ? [OUTLINE] : [])];
	const most = format === 'xlsx' ? MOST_IN_A_CELL : Infinity;
	const lines = rows.map(({ values, geometry, place = geometry }): Cell[] => {
		const at = place && placeOf(place);
		const [x, y] = at ? convert(at) : [null, null];
		const outline = hasAreas ? [geometry && outlineOf(geometry, convert, most)] : [];
		return [...keys.map((key) => values[key] ?? null), x, y, datum, ...outline];
	});
	if (format === 'csv') return csv([header, ...lines]);
	return workbook([header, ...lines]);
}

/** Column with the outline of an area; imports know it by this name. */
const OUTLINE = '轮廓(WKT)';

function outlineOf(geometry: Geometry, convert: (position: Position) => Position, most: number): string | null {
	if (geometry.type !== 'MultiPolygon') return null;
	const wkt = toWkt(converted(geometry, convert) as MultiPolygon);
	if (wkt.length <= most) return wkt;
	return `轮廓有 ${wkt.length} 个字符，一个单元格最多 ${most} 个，请改用 CSV 或 GeoJSON · The outline has ${wkt.length} characters and a cell holds ${most}: take the list as CSV or GeoJSON`;
}

/** @returns the point itself, or a point inside the area */
function placeOf(geometry: Geometry): Position | null {
	if (geometry.type === 'Point') return geometry.coordinates;
	return geometry.type === 'MultiPolygon' ? pointInside(geometry) : null;
}

function geoJson(rows: readonly ExportRow[], datum: Datum, convert: (position: Position) => Position): string {
	const features = rows.map(({ values, geometry }) => ({
		type: 'Feature',
		properties: values,
		geometry: geometry && converted(geometry, convert),
	}));
	// GeoJSON is WGS 84 by its standard; any other datum is said where programs and people look for it.
	const named = datum === 'wgs84' ? {} : { datum };
	return `${JSON.stringify({ type: 'FeatureCollection', ...named, features })}\n`;
}

function converted(geometry: Geometry, convert: (position: Position) => Position): Geometry {
	const walk = (part: unknown): unknown =>
		Array.isArray(part) && typeof part[0] === 'number' ? convert(part as Position) : (part as unknown[]).map(walk);
	return 'coordinates' in geometry
		? ({ type: geometry.type, coordinates: walk(geometry.coordinates) } as Geometry)
		: geometry;
}

/** With a byte order mark, because Excel in Chinese takes UTF-8 without one for GBK. */
export function csv(lines: readonly (readonly Cell[])[]): string {
	const quoted = (cell: Cell) => {
		const text = typeof cell === 'string' ? formulaSafe(cell) : cell === null ? '' : String(cell);
		return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
	};
	return `\ufeff${lines.map((line) => line.map(quoted).join(',')).join('\r\n')}\r\n`;
}

/** Every cell with its type said, so that no text is ever taken for a formula. */
function workbook(lines: readonly (readonly Cell[])[]): Promise<Buffer> {
	const sheet = lines.map((line) =>
		line.map((value) => {
			if (typeof value === 'string') return { value, type: String };
			if (typeof value === 'number') return { value, type: Number };
			return typeof value === 'boolean' ? { value, type: Boolean } : null;
		}),
	);
	return writeWorkbook(sheet).toBuffer();
}
