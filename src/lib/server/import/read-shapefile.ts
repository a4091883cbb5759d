// Zipped shapefiles: .shp with its .dbf, the datum its .prj proposes, the encoding its .cpg names.

import * as shapefile from 'shapefile';
import { importRules } from '#db/rules/import.ts';
import { datumOfPrj, nameOfPrj } from '#lib/domain/import/prj.ts';
import type { Cell } from '#lib/domain/import/field.ts';
import type { SourceRow } from '#lib/domain/import/row.ts';
import { tooManyRows } from './read-csv.ts';
import { geometryOf } from './read-geojson.ts';
import { namedColumns, unreadable, type Upload } from './upload.ts';
import type { Archive } from './zip.ts';

export async function readShapefile(archive: Archive, name: string): Promise<Upload> {
	const layers = archive.names.filter((path) => /\.shp$/i.test(path) && !path.startsWith('__MACOSX/'));
	if (layers.length !== 1) {
		const names = layers.map(baseOf).join(', ');
		throw unreadable(
			name,
			`压缩包内有 ${layers.length} 个图层（${names}），请每次只导入一个。`,
			`The archive holds ${layers.length} layers (${names}). Bring one at a time.`,
		);
	}
	const base = layers[0]!.slice(0, -4);
	const beside = (extension: string) =>
		archive.names.find((path) => path.toLowerCase() === `${base}.${extension}`.toLowerCase());
	const dbfName = beside('dbf');
	if (!dbfName) throw unreadable(name, '缺少 .dbf 属性文件。', 'The .dbf beside the .shp is missing.');

	const shp = await archive.read(layers[0]!);
	const dbf = await archive.read(dbfName);
	checkWhole(shp, dbf, name);
	const encoding = await encodingOf(archive, beside('cpg'), dbf, name);
	const prj = beside('prj');
	const wkt = prj ? (await archive.read(prj)).toString('latin1') : '';
	const datum = datumOfPrj(wkt);

	const { columns, rows } = await featuresOf(shp, dbf, encoding, name);
	return {
		format: 'shapefile',
		encoding,
		columns,
		rows,
		hasGeometry: true,
		datumHint: datum ? { datum, from: '.prj' } : null,
		strangeDatum: datum ? null : nameOfPrj(wkt),
		formulaCells: 0,
		names: [baseOf(base)],
	};
}

function baseOf(path: string): string {
	return path.split('/').at(-1) ?? path;
}

/** Both files say how long they are; a shorter one was cut off, and would be read as if the rest had never been. */
function checkWhole(shp: Buffer, dbf: Buffer, name: string): void {
	const cutOff = () => unreadable(name, 'Shapefile 不完整，可能被截断。', 'The shapefile is cut off.');
	if (shp.length < 100 || shp.readInt32BE(0) !== 9994)
		throw unreadable(name, '.shp 文件已损坏。', 'The .shp is damaged.');
	if (shp.length < shp.readInt32BE(24) * 2 || dbf.length < 33) throw cutOff();
	const rows = dbf.readUInt32LE(4);
	if (rows > importRules.maxRows.value) throw tooManyRows(name, importRules.maxRows.value);
	if (dbf.length < dbf.readUInt16LE(8) + rows * dbf.readUInt16LE(10)) throw cutOff();
	const shapes = shapesIn(shp);
	if (shapes !== rows) {
		throw unreadable(
			name,
			`.shp 有 ${shapes} 个图形，.dbf 有 ${rows} 行，两者不配套。`,
			`The .shp holds ${shapes} shapes and the .dbf ${rows} rows; they do not belong together.`,
		);
	}
}

function shapesIn(shp: Buffer): number {
	let shapes = 0;
	for (let at = 100; at + 8 <= shp.length; at += 8 + 2 * Math.max(0, shp.readInt32BE(at + 4))) shapes++;
	return shapes;
}

const CODE_PAGES: Record<string, string> = {
	'utf-8': 'utf-8',
	utf8: 'utf-8',
	'65001': 'utf-8',
	gbk: 'gb18030',
	gb2312: 'gb18030',
	gb18030: 'gb18030',
	'936': 'gb18030',
	cp936: 'gb18030',
};

/** By the .cpg; without one UTF-8 if all of it is, else GB 18030, as Chinese desktop software writes it. */
async function encodingOf(archive: Archive, cpg: string | undefined, dbf: Buffer, name: string): Promise<string> {
	if (cpg) {
		const named = (await archive.read(cpg))
			.toString('latin1')
			.replace(/[\s\ufeff\0]+/g, '')
			.toLowerCase();
		const encoding = CODE_PAGES[named.replace(/^ansi/, '')] ?? CODE_PAGES[named];
		if (!encoding)
			throw unreadable(
				name,
				`.cpg 中的编码“${named}”不受支持，请用 UTF-8 或 GBK。`,
				`The encoding “${named}” of the .cpg is not supported. Use UTF-8 or GBK.`,
			);
		refuseWrongEncoding(dbf, encoding, name);
		return encoding;
	}
	const encoding = ['utf-8', 'gb18030'].find((one) => isIn(one, dbf));
	if (encoding) return encoding;
	throw unreadable(
		name,
		'属性表的编码无法识别，请附上 .cpg。',
		'The encoding of the attributes is not known. Add a .cpg.',
	);
}

/** Attributes that are not what the .cpg says, while all of them are what the other encoding writes, are of the other. */
function refuseWrongEncoding(dbf: Buffer, encoding: string, name: string): void {
	const other = encoding === 'utf-8' ? 'gb18030' : 'utf-8';
	if (isIn(encoding, dbf) || !isIn(other, dbf)) return;
	const shown = (code: string) => (code === 'utf-8' ? 'UTF-8' : 'GBK');
	throw unreadable(
		name,
		`.cpg 写的编码是 ${shown(encoding)}，而属性表是 ${shown(other)}。请改正 .cpg，或不带 .cpg 重新打包。`,
		`The .cpg says ${shown(encoding)} and the attributes are in ${shown(other)}. Put the .cpg right, or pack the layer without it.`,
	);
}

function isIn(encoding: string, dbf: Buffer): boolean {
	try {
		new TextDecoder(encoding, { fatal: true }).decode(dbf.subarray(dbf.readUInt16LE(8)));
		return true;
	} catch {
		return false;
	}
}

async function featuresOf(
	shp: Buffer,
	dbf: Buffer,
	encoding: string,
	name: string,
): Promise<{ columns: string[]; rows: SourceRow[] }> {
	const keys: string[] = [];
	const rows: SourceRow[] = [];
	try {
		const source = await shapefile.open(shp, dbf, { encoding });
		for (let next = await source.read(); !next.done; next = await source.read()) {
			const properties = new Map(Object.entries(next.value.properties ?? {}));
			if (rows.length === 0) keys.push(...properties.keys());
			rows.push({
				row: rows.length + 1,
				cells: keys.map((key) => cellOf(properties.get(key))),
				geometry: geometryOf(next.value.geometry),
			});
		}
	} catch (error) {
		throw unreadable(name, 'Shapefile 已损坏，无法读取。', 'The shapefile is damaged.', error);
	}
	return { columns: namedColumns(keys), rows };
}

function cellOf(value: unknown): Cell {
	if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString().slice(0, 10);
	if (typeof value === 'string') return value.replace(/\0+/g, '').trim();
	return typeof value === 'number' || typeof value === 'boolean' ? value : null;
}
