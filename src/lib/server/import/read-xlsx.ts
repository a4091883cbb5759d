// Workbooks. Sizes, document types and formulas are looked at before the workbook is parsed.

import readSheets from 'read-excel-file/node';
import { importRules } from '#db/rules/import.ts';
import type { Cell } from '#lib/domain/import/field.ts';
import { tooManyRows } from './read-csv.ts';
import { tableOf, tooLarge, unreadable, type Upload } from './upload.ts';
import type { Archive } from './zip.ts';

export async function readXlsx(
	bytes: Uint8Array,
	archive: Archive,
	name: string,
	isName: (name: string) => boolean,
): Promise<Upload> {
	const formulaCells = await inspect(archive, name);
	const sheets = await sheetsOf(bytes, name);
	const tables = sheets.map(({ sheet, data }) => ({
		sheet,
		...tableOf(
			data.map((row) => row.map(cellOf)),
			isName,
			(index) => index + 1,
		),
	}));
	// The register may be behind a sheet of instructions: the one with the most known names, the first among equals.
	const withRows = tables.filter(({ rows }) => rows.length > 0).sort((a, b) => b.known - a.known);
	const table = withRows[0] ?? tables.find(({ columns }) => columns.length > 0);
	if (!table) throw unreadable(name, '工作簿是空的。', 'The workbook is empty.');
	if (table.rows.length > importRules.maxRows.value) throw tooManyRows(name, importRules.maxRows.value);
	if (table.columns.length > importRules.maxColumns.value) {
		throw tooLarge(
			name,
			`超过 ${importRules.maxColumns.value} 列。`,
			`More than ${importRules.maxColumns.value} columns.`,
		);
	}
	return {
		format: 'xlsx',
		encoding: null,
		columns: table.columns,
		rows: table.rows,
		hasGeometry: false,
		datumHint: null,
		formulaCells,
		names: [table.sheet],
		otherSheets: withRows.slice(1).map(({ sheet }) => sheet),
	};
}

/** Refuses XML with a document type, counts rows before they are parsed. @returns how many cells hold a formula */
async function inspect(archive: Archive, name: string): Promise<number> {
	let formulas = 0;
	for (const entry of archive.names.filter((path) => /\.(xml|rels|vml)$/i.test(path))) {
		let tail = '';
		let rows = 0;
		await archive.scan(entry, (piece) => {
			if (piece.includes(0)) {
				throw unreadable(
					name,
					'工作簿内的 XML 不是 UTF-8，已拒绝。',
					'XML inside the workbook is not UTF-8 and is refused.',
				);
			}
			const text = tail + piece.toString('latin1');
			if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) {
				throw unreadable(name, '工作簿内含有 DOCTYPE 声明，已拒绝。', 'The workbook holds a DOCTYPE and is refused.');
			}
			const cut = Math.max(0, text.length - 16);
			if (/worksheets\/[^/]+\.xml$/i.test(entry)) {
				formulas += count(text, /<f[ >/]/g, tail.length);
				rows += count(text, /<row[ >/]/g, tail.length);
				// Blank styled rows are common; only a sheet that is far beyond the limit is refused unread.
				if (rows > 4 * importRules.maxRows.value) throw tooManyRows(name, importRules.maxRows.value);
			}
			tail = text.slice(cut);
		});
	}
	return formulas;
}

/** Matches that do not lie wholly in the part that was looked at before. */
function count(text: string, pattern: RegExp, before: number): number {
	let found = 0;
	for (const match of text.matchAll(pattern)) if (match.index + match[0].length > before) found++;
	return found;
}

async function sheetsOf(bytes: Uint8Array, name: string) {
	try {
		return await readSheets(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), { trim: true });
	} catch (error) {
		throw unreadable(name, '工作簿已损坏，或不是 XLSX 格式。', 'The workbook is damaged or no XLSX.', error);
	}
}

function cellOf(value: unknown): Cell {
	if (value instanceof Date) {
		const iso = value.toISOString();
		return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : iso;
	}
	return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}
