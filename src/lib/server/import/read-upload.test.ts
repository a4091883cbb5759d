import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, describe } from 'vitest';
import { makeWorkbook, makeZip, sheetRow } from '../../../../test/make-zip.ts';
import { readUpload } from './read-upload.ts';

const bad = join(import.meta.dirname, '../../../../test/files/bad');
const utf8 = (text: string) => new TextEncoder().encode(text);
const HEADER = '施工许可证编号,项目名称,经度,纬度\n';
const ROW = '330109202403050101,湘湖里二期,120.2501,30.1502\n';
/** 施工许可证编号,项目名称 / P-1,湘湖里 in GBK. */
const GBK = Buffer.from(
	'cac9b9a4d0edbfc9d6a4b1e0bac52ccfeec4bfc3fbb3c60a502d312ccfe6bafec0ef0a'.replace('cac9', 'caa9'),
	'hex',
);

describe('readable', () => {
	test.each<[string, Uint8Array, string]>([
		['UTF-8', utf8(HEADER + ROW), 'utf-8'],
		['UTF-8 with a byte order mark', utf8(`\ufeff${HEADER}${ROW}`), 'utf-8'],
		[
			'UTF-16, as “Unicode text” of a spreadsheet',
			Buffer.from(`\ufeff${(HEADER + ROW).replaceAll(',', '\t')}`, 'utf16le'),
			'utf-16',
		],
		['semicolons', utf8((HEADER + ROW).replaceAll(',', ';')), 'utf-8'],
		['a title above the header', utf8(`在建工地台账,,,\n${HEADER}${ROW}`), 'utf-8'],
	])('is %s', async (_, bytes, encoding) => {
		const upload = await readUpload(bytes, 'sites.csv', 'sites');
		expect(upload).toMatchObject({ format: 'csv', encoding, columns: ['施工许可证编号', '项目名称', '经度', '纬度'] });
		expect(upload.rows.map(({ cells }) => cells)).toEqual([
			['330109202403050101', '湘湖里二期', '120.2501', '30.1502'],
		]);
	});

	test('F-41 is GBK, rare characters and all', async () => {
		const upload = await readUpload(GBK, 'sites.csv', 'sites');
		expect(upload).toMatchObject({ encoding: 'gb18030', columns: ['施工许可证编号', '项目名称'] });
		expect(upload.rows[0]?.cells).toEqual(['P-1', '湘湖里']);
	});

	test('is a workbook; rows are numbered as it shows them', async () => {
		const sheet =
			sheetRow(1, ['在建工地台账']) +
			sheetRow(2, ['施工许可证编号', '经度']) +
			sheetRow(3, ['P-1', 120.25]) +
			sheetRow(5, ['P-2', 120.26]);
		const upload = await readUpload(makeWorkbook({ sheet }), 'sites.xlsx', 'sites');
		expect(upload).toMatchObject({ format: 'xlsx', columns: ['施工许可证编号', '经度'], formulaCells: 0 });
		expect(upload.rows).toEqual([
			{ row: 3, cells: ['P-1', 120.25] },
			{ row: 5, cells: ['P-2', 120.26] },
		]);
	});

	test('is a workbook whose register is behind a sheet of instructions; the sheets that were not read are told', async () => {
		const sheet = sheetRow(1, ['字段', '说明']) + sheetRow(2, ['工程名称', '必填']);
		const second = sheetRow(1, ['工程名称', '经度', '纬度']) + sheetRow(2, ['湘湖里', 120.25, 30.15]);
		const upload = await readUpload(makeWorkbook({ sheet, second }), 'sites.xlsx', 'sites');
		expect(upload).toMatchObject({ columns: ['工程名称', '经度', '纬度'], names: ['台账'], otherSheets: ['说明'] });
	});

	test('is the sheet of a workbook that was asked for, or told which there are', async () => {
		const sheet = sheetRow(1, ['工程名称', '经度', '纬度']) + sheetRow(2, ['钱江里', 120.26, 30.16]);
		const second = sheetRow(1, ['工程名称', '经度', '纬度']) + sheetRow(2, ['湘湖里', 120.25, 30.15]);
		const workbook = makeWorkbook({ sheet, second });
		const upload = await readUpload(workbook, 'sites.xlsx', 'sites', '台账');
		expect(upload).toMatchObject({ names: ['台账'], otherSheets: ['说明'] });
		expect(upload.rows).toEqual([{ row: 2, cells: ['湘湖里', 120.25, 30.15] }]);
		await expect(readUpload(workbook, 'sites.xlsx', 'sites', '机械')).rejects.toThrow(
			/没有工作表“机械”，现有：说明、台账/,
		);
	});

	test('is a workbook whose formulas failed: the cells are named, because they are read as empty', async () => {
		const sheet =
			sheetRow(1, ['工程名称', '建筑面积']) + sheetRow(2, ['湘湖里', '#REF!']) + sheetRow(3, ['钱江里', '#N/A']);
		const upload = await readUpload(makeWorkbook({ sheet }), 'sites.xlsx', 'sites');
		expect(upload.rows[0]).toEqual({ row: 2, cells: ['湘湖里', null] });
		expect(upload.failedCells).toEqual({ count: 2, first: ['B2', 'B3'] });
	});

	test('numbers its rows as a spreadsheet shows them: blank lines count, a line break inside quotes does not', async () => {
		const text = `在建工地台账,,,\n\n${HEADER}${ROW.replace('湘湖里二期', '"湘湖里\n二期"')}\n${ROW}`;
		const upload = await readUpload(utf8(text), 'sites.csv', 'sites');
		expect(upload.rows.map(({ row }) => row)).toEqual([4, 6]);
	});

	test('is a workbook with formulas, whose number is told', async () => {
		const sheet =
			sheetRow(1, ['施工许可证编号', '经度']) +
			sheetRow(2, ['P-1', '=100+20.25']) +
			sheetRow(3, ['P-2', '=HYPERLINK("http://x")']);
		expect(await readUpload(makeWorkbook({ sheet }), 'sites.xlsx', 'sites')).toMatchObject({ formulaCells: 2 });
	});
});

describe('F-46 refused with a sentence', () => {
	const link = { name: 'a.shp', content: '/etc/passwd', mode: 0o120777 };
	test.each<[string, Uint8Array, RegExp]>([
		['nothing at all', utf8(''), /empty/],
		['two encodings in one file', Buffer.concat([utf8(HEADER + ROW), GBK]), /mixes UTF-8 and GBK/],
		[
			'UTF-16 that breaks off inside a character',
			Buffer.concat([Buffer.from('\ufeff名', 'utf16le'), Buffer.from([0x3d])]),
			/encoding/,
		],
		['UTF-8 that breaks off inside a character', utf8(HEADER + ROW).subarray(0, HEADER.length * 2 + 1), /cut off/],
		['a JPEG called CSV', Buffer.from('ffd8ffe000104a4649460001', 'hex'), /binary/],
		['an old XLS', Buffer.from('d0cf11e0a1b11ae1', 'hex'), /\.xlsx/],
		['a PDF', utf8('%PDF-1.7'), /PDF/],
		['a bare .shp', Buffer.from('0000270a00000000', 'hex'), /one ZIP/],
		['a broken archive', makeZip([{ name: 'a.shp', content: 'x' }]).subarray(0, 60), /damaged|cut off/],
		['an archive with nothing in it for us', makeZip([{ name: 'readme.txt', content: 'x' }]), /no shapefile/],
		[
			'an archive in an archive',
			makeZip([{ name: 'inner.zip', content: makeZip([{ name: 'a.shp', content: 'x' }]) }]),
			/another archive/,
		],
		['a path that leads out', makeZip([{ name: '../../etc/a.shp', content: 'x' }]), /leads out/],
		['an absolute path', makeZip([{ name: '/etc/a.shp', content: 'x' }]), /leads out/],
		['a symbolic link', makeZip([link]), /symbolic link/],
		['an encrypted archive', makeZip([{ name: 'a.shp', content: 'x', encrypted: true }]), /encrypted/],
		[
			'two layers at once',
			makeZip([
				{ name: 'a.shp', content: 'x' },
				{ name: 'b.shp', content: 'x' },
			]),
			/2 layers/,
		],
		['a shapefile without its table', makeZip([{ name: 'a.shp', content: 'x' }]), /\.dbf/],
		[
			'a shapefile that is none',
			makeZip([
				{ name: 'a.shp', content: 'x' },
				{ name: 'a.dbf', content: 'x' },
			]),
			/damaged/,
		],
		['a workbook with a DOCTYPE', makeWorkbook({ sheet: '', prolog: '<!DOCTYPE x [<!ENTITY a "b">]>' }), /DOCTYPE/],
		[
			'a workbook with an entity far inside',
			makeWorkbook({
				sheet: `${'<row/>'.repeat(20_000)}`,
				more: [{ name: 'xl/styles.xml', content: `<a>${' '.repeat(70_000)}<!doctype x></a>` }],
			}),
			/DOCTYPE/,
		],
		[
			'a workbook in UTF-16, where nobody looks for a DOCTYPE',
			makeWorkbook({
				sheet: '',
				more: [{ name: 'xl/styles.xml', content: Buffer.from('\ufeff<!DOCTYPE a>', 'utf16le') }],
			}),
			/UTF-8/,
		],
		[
			'a workbook that would unpack into 400 MB',
			makeWorkbook({ sheet: '', more: [{ name: 'xl/media/a.bin', content: Buffer.alloc(400 * 1024 * 1024) }] }),
			/unpack/,
		],
		[
			'a workbook that lies about its size',
			makeWorkbook({
				sheet: '',
				more: [{ name: 'xl/styles.xml', content: Buffer.alloc(4 * 1024 * 1024, 32), claims: 1000 }],
			}),
			/damaged|unpack/,
		],
		[
			'thousands of entries',
			makeZip(Array.from({ length: 2_000 }, (_, index) => ({ name: `${index}.txt`, content: '' }))),
			/unpack/,
		],
		['deeply nested JSON', utf8(`{"type":"FeatureCollection","features":${'['.repeat(10_000)}`), /nested/],
		['200,001 rows', utf8(HEADER + ROW.repeat(200_001)), /more than 100000 rows/],
	])('is %s', async (_, bytes, sentence) => {
		await expect(readUpload(Uint8Array.from(bytes), 'x', 'sites')).rejects.toMatchObject({
			name: 'Fault',
			message: expect.stringMatching(sentence),
		});
	});

	const READABLE = [
		'header-only.csv',
		'permit-twice.csv',
		'axes-exchanged.csv',
		'null-island.csv',
		'no-position.csv',
		'self-crossing.geojson',
		'unclosed.geojson',
		'broken-geometry.geojson',
	];
	test.each(readdirSync(bad).filter((name) => !READABLE.includes(name)))('is %s', async (name) => {
		await expect(readUpload(new Uint8Array(readFileSync(join(bad, name))), name, 'sites')).rejects.toMatchObject({
			name: 'Fault',
		});
	});
});

test('F-47 looking into a bomb costs little memory', async () => {
	const bomb = makeWorkbook({
		sheet: '',
		more: [{ name: 'xl/media/a.bin', content: Buffer.alloc(310 * 1024 * 1024) }],
	});
	expect(bomb.length).toBeLessThan(400_000);
	const before = process.memoryUsage().rss;
	await expect(readUpload(Uint8Array.from(bomb), 'bomb.xlsx', 'sites')).rejects.toMatchObject({ code: 'too-large' });
	expect(process.memoryUsage().rss - before).toBeLessThan(50 * 1024 * 1024);
});

test('nothing in a file reaches the prototype of anything', async () => {
	await readUpload(new Uint8Array(readFileSync(join(bad, 'broken-geometry.geojson'))), 'x.geojson', 'sites');
	expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});
