// Tables in text: comma, semicolon, tab or bar, quoted or not.

import { CsvError } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import { importRules } from '#db/rules/import.ts';
import type { Cell } from '#lib/domain/import/field.ts';
import { decodeText } from './text.ts';
import { datumColumn, tableOf, tooLarge, unreadable, type Upload } from './upload.ts';

const DELIMITERS = [',', '\t', ';', '|', '，'];

export function readCsv(bytes: Uint8Array, name: string, isName: (name: string) => boolean): Upload {
	const { text, encoding } = decodeText(bytes, name);
	const flat = text.replace(/^\ufeff/, '');
	const { sheet, lines } = parsed(flat, delimiterOf(flat), name);
	const { columns, rows, footRows } = tableOf(sheet, isName, (index) => lines[index]!);
	const limit = importRules.maxRows.value;
	if (rows.length > limit) throw tooManyRows(name, limit);
	checkWidths(columns, rows, name, flat);
	const datumHint = datumColumn(columns, rows);
	return {
		format: 'csv',
		encoding,
		columns,
		rows,
		hasGeometry: false,
		datumHint,
		footRows,
		formulaCells: 0,
		names: [],
	};
}

export function tooManyRows(name: string, limit: number) {
	return tooLarge(
		name,
		`文件超过 ${limit} 行，请分成几个文件导入。`,
		`The file has more than ${limit} rows. Bring it in parts.`,
	);
}

/** The delimiter that the header is cut by most often, outside quotes. */
function delimiterOf(text: string): string {
	const head = text
		.slice(0, 20_000)
		.replace(/"[^"]*"/g, '')
		.split(/\r\n|\n|\r/)
		.filter((line) => line.trim() !== '')
		.slice(0, 5);
	const widest = (delimiter: string) => Math.max(0, ...head.map((line) => line.split(delimiter).length - 1));
	return DELIMITERS.reduce((best, next) => (widest(next) > widest(best) ? next : best));
}

function parsed(text: string, delimiter: string, name: string): { sheet: Cell[][]; lines: number[] } {
	const lines: number[] = [];
	const limit = importRules.maxRows.value;
	try {
		const sheet = parse(text, {
			delimiter,
			relax_column_count: true,
			relax_quotes: true,
			skip_empty_lines: true,
			max_record_size: importRules.maxCellCharacters.value,
			on_record: (record: string[], { records, empty_lines }: { records: number; empty_lines: number }) => {
				// Titles and blank lines above the header are few; far beyond the limit there is no point in reading on.
				if (records > limit + 100) throw tooManyRows(name, limit);
				lines.push(records + empty_lines);
				return record;
			},
		}) as string[][];
		return { sheet, lines };
	} catch (error) {
		if (!(error instanceof CsvError)) throw error;
		if (error.code === 'CSV_QUOTE_NOT_CLOSED') {
			throw unreadable(
				name,
				'文件在引号中间结束，可能被截断。',
				'The file ends inside a quotation; it seems to be cut off.',
				error,
			);
		}
		if (error.code === 'CSV_MAX_RECORD_SIZE') {
			throw tooLarge(name, '有一行过长，可能缺少引号。', 'A row is too long; a quotation mark may be missing.');
		}
		throw unreadable(
			name,
			`无法读取表格（第 ${String(error.lines ?? '?')} 行附近）。`,
			`The table cannot be read near line ${String(error.lines ?? '?')}.`,
			error,
		);
	}
}

/** A row with more filled cells than the header is out of step with it; a last row that breaks off was cut. */
function checkWidths(columns: readonly string[], rows: Upload['rows'], name: string, text: string): void {
	if (columns.length > importRules.maxColumns.value) {
		throw tooLarge(
			name,
			`超过 ${importRules.maxColumns.value} 列。`,
			`More than ${importRules.maxColumns.value} columns.`,
		);
	}
	const wide = rows.find(({ cells }) => cells.slice(columns.length).some((cell) => cell !== null && cell !== ''));
	if (wide) {
		throw unreadable(
			name,
			`第 ${wide.row} 行有 ${wide.cells.length} 个单元格，而表头只有 ${columns.length} 列。`,
			`Row ${wide.row} has ${wide.cells.length} cells and the header ${columns.length}.`,
		);
	}
	const last = rows.at(-1);
	const others = rows.slice(0, -1);
	const areFull = others.length > 0 && others.every(({ cells }) => cells.length >= columns.length);
	if (last && areFull && last.cells.length < columns.length && !/[\r\n]$/.test(text)) {
		throw unreadable(
			name,
			`最后一行（第 ${last.row} 行）不完整，文件可能被截断。`,
			`The last row (${last.row}) breaks off; the file seems to be cut off.`,
		);
	}
}
