import type { MultiPolygon } from 'geojson';
import { expect, test } from 'vitest';
import { fieldNamed } from '#lib/domain/import/mapping.ts';
import { fieldsOf } from '#lib/domain/import/fields.ts';
import { readUpload } from '../import/read-upload.ts';
import { writeRows } from './write-file.ts';

const circle = (corners: number): MultiPolygon => {
	const ring = Array.from({ length: corners }, (_, at) => {
		const angle = (2 * Math.PI * at) / corners;
		return [Number((120 + Math.cos(angle) / 9).toFixed(8)), Number((30 + Math.sin(angle) / 9).toFixed(8))];
	});
	return { type: 'MultiPolygon', coordinates: [[[...ring, ring[0]!]]] };
};
const pit = (geometry: MultiPolygon | null) => ({ values: { name: '一号坑' }, geometry });
const read = async (file: string | Buffer) =>
	readUpload(typeof file === 'string' ? new TextEncoder().encode(file) : new Uint8Array(file), 'list', 'pits');

test('a table of areas carries their outlines, in the datum of the file, in a column that imports know', async () => {
	const { columns, rows } = await read(await writeRows([pit(circle(4)), pit(null)], 'csv', 'EPSG:4549'));
	expect(columns).toEqual(['name', 'easting', 'northing', 'datum', '轮廓(WKT)']);
	expect(rows[0]!.cells[4]).toMatch(/^MULTIPOLYGON \(\(\(5\d{5}\.\d+ 33\d{5}\.\d+, /);
	expect(rows[1]!.cells[4]).toBe('');
	expect(fieldNamed(fieldsOf('pits'), columns[4]!)!.key).toBe('boundary');
});

test('a table of points has no such column', async () => {
	const point = { values: { name: '塔吊' }, geometry: { type: 'Point' as const, coordinates: [120, 30] } };
	expect(await writeRows([point], 'csv', 'wgs84')).not.toContain('WKT');
});

test('an outline longer than a cell of a workbook is not cut off: the cell says so, and what to take instead', async () => {
	const large = [pit(circle(4)), pit(circle(2_000))];
	const workbook = await read(await writeRows(large, 'xlsx', 'wgs84'));
	expect(workbook.rows.map(({ cells }) => String(cells[4]).slice(0, 14))).toEqual([
		'MULTIPOLYGON (',
		expect.stringMatching(/^轮廓有 \d{5} 个字符/),
	]);
	const text = await read(await writeRows(large, 'csv', 'wgs84'));
	expect(String(text.rows[1]!.cells[4]).length).toBeGreaterThan(32_767);
});
