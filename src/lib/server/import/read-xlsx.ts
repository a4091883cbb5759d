// Workbooks. Sizes, document types and formulas are looked at before the workbook is parsed.

import readSheets from 'read-excel-file/node';
import { importRules } from '#db/rules/import.ts';
import type { Cell } from '#lib/domain/import/field.ts';
import { Fault } from '../errors.ts';
import { tooManyRows } from './read-csv.ts';
import { datumColumn, tableOf, tooLarge, unreadable, type FailedCells, type Upload } from './upload.ts';
import type { Archive } from './zip.ts';

/** No mark that is looked for is longer: it may lie across two pieces. */
const LONGEST_MARK = 128;
/** Failed cells that are named. */
const SHOWN = 5;

export async function readXlsx(
	bytes: Uint8Array,
	archive: Archive,
	name: string,
	{ isName, sheet: wanted }: { isName: (name: string) => boolean; sheet: string | undefined },
): Promise<Upload> {
	const { formulas, failed } = await inspect(archive, name);
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
	const table =
		wanted === undefined
			? (withRows[0] ?? tables.find(({ columns }) => columns.length > 0))
			: tables.find(({ sheet }) => sheet === wanted);
	if (!table && wanted !== undefined)
		throw noSheet(
			name,
			wanted,
			tables.map(({ sheet }) => sheet),
		);
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
		footRows: table.footRows,
		hasGeometry: false,
		datumHint: datumColumn(table.columns, table.rows),
		formulaCells: formulas,
		failedCells: failed,
		names: [table.sheet],
		otherSheets: withRows.filter((other) => other !== table).map(({ sheet }) => sheet),
	};
}

/** Refuses XML with a document type, counts rows before they are parsed. @returns the cells that hold a formula */
async function inspect(archive: Archive, name: string): Promise<{ formulas: number; failed: FailedCells }> {
	let formulas = 0;
	const failed: FailedCells = { count: 0, first: [] };
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
			const cut = Math.max(0, text.length - LONGEST_MARK);
			if (/worksheets\/[^/]+\.xml$/i.test(entry)) {
				formulas += count(text, /<f[ >/]/g, tail.length);
				for (const [, cell] of newIn(text, /<c r="([A-Z]+\d+)"[^>]*? t="e"/g, tail.length)) {
					failed.count++;
					if (failed.first.length < SHOWN) failed.first.push(cell!);
				}
				rows += count(text, /<row[ >/]/g, tail.length);
				// Blank styled rows are common; only a sheet that is far beyond the limit is refused unread.
				if (rows > 4 * importRules.maxRows.value) throw tooManyRows(name, importRules.maxRows.value);
			}
			tail = text.slice(cut);
		});
	}
	return { formulas, failed };
}

/** Matches that do not lie wholly in the part that was looked at before. */
const newIn = (text: string, pattern: RegExp, before: number) =>
	[...text.matchAll(pattern)].filter((match) => match.index + match[0].length > before);
const count = (text: string, pattern: RegExp, before: number) => newIn(text, pattern, before).length;

function noSheet(name: string, wanted: string, sheets: readonly string[]): Fault {
	return new Fault(
		'bad-input',
		name,
		`工作簿没有工作表“${wanted}”，现有：${sheets.join('、')} · The workbook has no sheet “${wanted}”. It has: ${sheets.join(', ')}.`,
	);
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
