// Any file that is brought in, told by its content rather than its name, into columns and rows.

import { importRules } from '#db/rules/import.ts';
import type { ImportKind } from '#lib/domain/import/field.ts';
import { isNameFor } from '#lib/domain/import/header.ts';
import { readCsv } from './read-csv.ts';
import { readGeoJson } from './read-geojson.ts';
import { readShapefile } from './read-shapefile.ts';
import { readXlsx } from './read-xlsx.ts';
import { tooLarge, unreadable, type Upload } from './upload.ts';
import { openArchive } from './zip.ts';

/**
 * @param sheet - of a workbook; without it the one that looks most like the register
 * @throws Fault that says what is wrong with the file, in words for the person who brought it
 */
export async function readUpload(bytes: Uint8Array, name: string, kind: ImportKind, sheet?: string): Promise<Upload> {
	if (bytes.length === 0) throw unreadable(name, '文件是空的。', 'The file is empty.');
	if (bytes.length > importRules.maxFileBytes.value) {
		const mb = importRules.maxFileBytes.value / 1024 / 1024;
		throw tooLarge(name, `文件超过 ${mb} MB。`, `The file is larger than ${mb} MB.`);
	}
	const upload = await byContent(bytes, name, isNameFor(kind), sheet);
	if (upload.columns.length === 0 && upload.rows.length === 0) {
		throw unreadable(name, '文件中没有表头和数据。', 'The file holds neither a header nor rows.');
	}
	return upload;
}

async function byContent(
	bytes: Uint8Array,
	name: string,
	isName: (name: string) => boolean,
	sheet: string | undefined,
): Promise<Upload> {
	if (startsWith(bytes, [0x50, 0x4b])) return readArchive(bytes, name, isName, sheet);
	if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) {
		throw unreadable(
			name,
			'旧版 Excel（.xls）或加密的工作簿不受支持，请另存为 .xlsx。',
			'Old Excel files (.xls) and encrypted workbooks are not read. Save as .xlsx.',
		);
	}
	if (startsWith(bytes, [0x25, 0x50, 0x44, 0x46])) {
		throw unreadable(
			name,
			'PDF 不是表格，请导入原始的 Excel 或 CSV。',
			'A PDF is not a table. Bring the Excel or CSV it was made from.',
		);
	}
	if (startsWith(bytes, [0x00, 0x00, 0x27, 0x0a])) {
		throw unreadable(
			name,
			'请把 .shp、.dbf、.prj、.cpg 一起压缩成 ZIP 后导入。',
			'Put .shp, .dbf, .prj and .cpg into one ZIP and bring that.',
		);
	}
	const first = bytes.subarray(0, 64).find((byte) => byte > 0x20 && byte !== 0xef && byte !== 0xbb && byte !== 0xbf);
	if (first === 0x7b || first === 0x5b) return readGeoJson(bytes, name);
	if (first === 0x3c) {
		throw unreadable(
			name,
			'XML、HTML、KML 不受支持，请导入 CSV、XLSX、GeoJSON 或压缩的 Shapefile。',
			'XML, HTML and KML are not read. Bring CSV, XLSX, GeoJSON or a zipped shapefile.',
		);
	}
	return readCsv(bytes, name, isName);
}

async function readArchive(
	bytes: Uint8Array,
	name: string,
	isName: (name: string) => boolean,
	sheet: string | undefined,
): Promise<Upload> {
	const archive = await openArchive(bytes, name);
	if (archive.names.includes('xl/workbook.xml')) return readXlsx(bytes, archive, name, { isName, sheet });
	if (archive.names.some((path) => /\.shp$/i.test(path))) return readShapefile(archive, name);
	if (archive.names.some((path) => /\.(zip|xlsx)$/i.test(path))) {
		throw unreadable(name, '压缩包里还有压缩包，请先解压。', 'The archive holds another archive. Unpack it first.');
	}
	throw unreadable(
		name,
		'压缩包里没有 Shapefile（.shp），也不是 XLSX 工作簿。',
		'The archive holds no shapefile (.shp) and is no XLSX workbook.',
	);
}

function startsWith(bytes: Uint8Array, magic: number[]): boolean {
	return magic.every((byte, index) => bytes[index] === byte);
}
