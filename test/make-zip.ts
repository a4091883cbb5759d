// ZIP archives and workbooks made by hand, also such as no program would write.

import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipEntry {
	name: string;
	content: string | Buffer;
	/** What the directory claims the content to be long, when it lies. */
	claims?: number;
	/** Unix mode, for links. */
	mode?: number;
	encrypted?: boolean;
}

export function makeZip(entries: readonly ZipEntry[]): Buffer {
	const parts: Buffer[] = [];
	const directory: Buffer[] = [];
	let offset = 0;
	for (const { name, content, claims, mode = 0o100644, encrypted = false } of entries) {
		const raw = Buffer.from(content);
		const packed = deflateRawSync(raw);
		const path = Buffer.from(name);
		const common = Buffer.alloc(26);
		common.writeUInt16LE(20, 0);
		common.writeUInt16LE(0x0800 | (encrypted ? 1 : 0), 2);
		common.writeUInt16LE(8, 4);
		common.writeUInt32LE(crc32(raw), 10);
		common.writeUInt32LE(packed.length, 14);
		common.writeUInt32LE(claims ?? raw.length, 18);
		common.writeUInt16LE(path.length, 22);
		parts.push(Buffer.from('PK\x03\x04', 'latin1'), common, path, packed);

		const rest = Buffer.alloc(14);
		rest.writeUInt32LE((mode << 16) >>> 0, 6);
		rest.writeUInt32LE(offset, 10);
		directory.push(Buffer.from('PK\x01\x02\x14\x03', 'latin1'), common, rest, path);
		offset += 30 + path.length + packed.length;
	}
	const central = Buffer.concat(directory);
	const end = Buffer.alloc(22);
	end.write('PK\x05\x06', 'latin1');
	end.writeUInt16LE(entries.length, 8);
	end.writeUInt16LE(entries.length, 10);
	end.writeUInt32LE(central.length, 12);
	end.writeUInt32LE(offset, 16);
	return Buffer.concat([...parts, central, end]);
}

export interface WorkbookWish {
	/** Rows of cells as XML: `<c r="A1" t="inlineStr"><is><t>…</t></is></c>`. */
	sheet: string;
	/** Rows of a second sheet. */
	second?: string;
	/** Put before the sheet's root. */
	prolog?: string;
	more?: ZipEntry[];
}

/** The least that is an XLSX. */
export function makeWorkbook({ sheet, second, prolog = '', more = [] }: WorkbookWish): Buffer {
	const head = '<?xml version="1.0" encoding="UTF-8"?>';
	const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
	const relations = 'http://schemas.openxmlformats.org/package/2006/relationships';
	const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
	const names = second === undefined ? ['台账'] : ['说明', '台账'];
	const sheetOf = (rows: string) =>
		`${head}${prolog}<worksheet xmlns="${main}"><sheetData>${rows}</sheetData></worksheet>`;
	return makeZip([
		{
			name: '[Content_Types].xml',
			content: `${head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
		},
		{
			name: '_rels/.rels',
			content: `${head}<Relationships xmlns="${relations}"><Relationship Id="r1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		},
		{
			name: 'xl/workbook.xml',
			content: `${head}<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${names.map((name, at) => `<sheet name="${name}" sheetId="${at + 1}" r:id="r${at + 1}"/>`).join('')}</sheets></workbook>`,
		},
		{
			name: 'xl/_rels/workbook.xml.rels',
			content: `${head}<Relationships xmlns="${relations}">${names.map((_, at) => `<Relationship Id="r${at + 1}" Type="${office}/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`).join('')}</Relationships>`,
		},
		{
			name: 'xl/worksheets/sheet1.xml',
			content: sheetOf(sheet),
		},
		...(second === undefined ? [] : [{ name: 'xl/worksheets/sheet2.xml', content: sheetOf(second) }]),
		...more,
	]);
}

/** One row of a sheet: texts as text, numbers as numbers, `=…` as a formula with a result. */
export function sheetRow(number: number, cells: readonly (string | number)[]): string {
	const written = cells.map((cell, index) => {
		const at = `${String.fromCharCode(65 + index)}${number}`;
		if (typeof cell === 'number') return `<c r="${at}"><v>${cell}</v></c>`;
		if (cell.startsWith('#')) return `<c r="${at}" s="0" t="e"><f>1/0</f><v>${cell}</v></c>`;
		if (cell.startsWith('=')) return `<c r="${at}"><f>${cell.slice(1)}</f><v>1</v></c>`;
		return `<c r="${at}" t="inlineStr"><is><t>${cell.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</t></is></c>`;
	});
	return `<row r="${number}">${written.join('')}</row>`;
}
