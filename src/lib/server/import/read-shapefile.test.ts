import type { Position } from 'geojson';
import { describe, expect, test } from 'vitest';
import { makeShapefile } from '../../../../test/make-shapefile.ts';
import { readUpload } from './read-upload.ts';

const RING: Position[] = [
	[120.2, 30.1],
	[120.2, 30.2],
	[120.3, 30.2],
	[120.3, 30.1],
	[120.2, 30.1],
];
const GBK = Buffer.from('b3c7cfe1bdd6b5c0', 'hex');
const UTF8 = Buffer.from('城厢街道');
const CGCS =
	'GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]]]';

const wish = { rings: [RING], columns: ['MC', 'XZQDM'], values: [[UTF8, Buffer.from('330109001')]] };
const read = (bytes: Buffer) => readUpload(Uint8Array.from(bytes), 'towns.zip', 'towns');

describe('a zipped shapefile', () => {
	test.each<[string, Buffer, string | undefined, string]>([
		['names its encoding in .cpg', UTF8, 'UTF-8', 'utf-8'],
		['in GBK says so', GBK, 'GBK', 'gb18030'],
		['in GBK says so by code page', GBK, 'ANSI 936', 'gb18030'],
		['in GBK without .cpg is still read', GBK, undefined, 'gb18030'],
		['in UTF-8 without .cpg too', UTF8, undefined, 'utf-8'],
	])('%s', async (_, name, cpg, encoding) => {
		const upload = await read(
			makeShapefile({ ...wish, values: [[name, Buffer.from('330109001')]], ...(cpg && { cpg }) }),
		);
		expect(upload).toMatchObject({ format: 'shapefile', encoding, columns: ['MC', 'XZQDM'], names: ['towns'] });
		expect(upload.rows).toEqual([
			{ row: 1, cells: ['城厢街道', '330109001'], geometry: { type: 'Polygon', coordinates: [RING] } },
		]);
	});

	test('F-42 proposes the datum of its .prj, and none without one', async () => {
		expect((await read(makeShapefile({ ...wish, prj: CGCS }))).datumHint).toEqual({ datum: 'cgcs2000', from: '.prj' });
		expect((await read(makeShapefile(wish))).datumHint).toBeNull();
	});

	test('in a datum that cannot be converted here tells its name', async () => {
		const upload = await read(
			makeShapefile({
				...wish,
				prj: CGCS.replaceAll(/China_Geodetic_Coordinate_System_2000|China_2000|CGCS2000/g, 'Xian_1980'),
			}),
		);
		expect(upload).toMatchObject({ datumHint: null, strangeDatum: 'GCS_Xian_1980' });
	});

	test('whose .cpg says UTF-8 over attributes in GBK is refused, not read as garbage', async () => {
		await expect(read(makeShapefile({ ...wish, values: [[GBK, Buffer.from('1')]], cpg: 'UTF-8' }))).rejects.toThrow(
			/says UTF-8 and the attributes are in GBK/,
		);
	});

	test('in an encoding nobody knows is refused', async () => {
		await expect(read(makeShapefile({ ...wish, cpg: 'EBCDIC' }))).rejects.toThrow(/ebcdic/);
	});

	test('whose parts do not belong together is refused, not read as if the rest had never been', async () => {
		const twice = { rings: [RING, RING], columns: ['MC'], values: [[UTF8], [UTF8]] };
		const whole = makeShapefile(twice);
		expect((await read(whole)).rows).toHaveLength(2);
		await expect(read(makeShapefile({ ...twice, values: [[UTF8]] }))).rejects.toThrow(/2 shapes and the .dbf 1 rows/);
	});
});
