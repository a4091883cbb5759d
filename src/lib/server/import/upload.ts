// What every reader hands on: columns and rows, whatever the file was.

import type { Cell } from '#lib/domain/import/field.ts';
import { readDatum, type Datum } from '#lib/domain/import/datum.ts';
import { isFootRow } from '#lib/domain/import/foot-rows.ts';
import { filled, findHeader } from '#lib/domain/import/header.ts';
import type { SourceRow } from '#lib/domain/import/row.ts';
import { Fault } from '../errors.ts';

export interface Upload {
	format: 'csv' | 'xlsx' | 'geojson' | 'shapefile';
	/** Encoding of the text, where the format does not fix it. */
	encoding: string | null;
	columns: string[];
	rows: SourceRow[];
	hasGeometry: boolean;
	/** Datum the file itself names, and where. */
	datumHint: { datum: Datum; from: string } | null;
	/** Name of the datum the file itself says it is in, when that is none this system can convert. */
	strangeDatum?: string | null;
	formulaCells: number;
	/** Cells whose formula failed, `#REF!` and the like, which are read as empty. */
	failedCells?: FailedCells;
	/** Names inside the file that say what it is: layers, sheets. */
	names: string[];
	/** Rows that sum up or sign and are no data. */
	footRows?: number[];
	/** Sheets with rows that were not read. */
	otherSheets?: string[];
}

export interface FailedCells {
	count: number;
	/** Some of them, as a spreadsheet names them. */
	first: string[];
}

export function unreadable(name: string, zh: string, en: string, cause?: unknown): Fault {
	return new Fault('bad-input', name, `${zh} · ${en}`, { cause });
}

export function tooLarge(name: string, zh: string, en: string): Fault {
	return new Fault('too-large', name, `${zh} · ${en}`);
}

/** The datum that a column of the table names, the same in every row: lists that go out have one. */
export function datumColumn(columns: readonly string[], rows: readonly SourceRow[]): Upload['datumHint'] {
	const index = columns.findIndex((column) => /^(?:datum|坐标系|坐标系统)$/i.test(column));
	const said = new Set(index < 0 ? [] : rows.map(({ cells }) => String(cells[index] ?? '').trim()).filter(Boolean));
	const [written] = said;
	const datum = said.size === 1 ? readDatum(written!) : undefined;
	return datum ? { datum, from: columns[index]! } : null;
}

/** Every column a name of its own: blanks are called by their letter, a repeated name gets its number. */
export function namedColumns(header: readonly Cell[]): string[] {
	const used = new Map<string, number>();
	return header.map((cell, index) => {
		const name =
			String(cell ?? '')
				.replace(/\s+/g, ' ')
				.trim() || `列${index + 1}`;
		// A column may be called anything but this, which means something else in every record of columns.
		if (name === '__proto__') return `${name} (${index + 1})`;
		const times = (used.get(name) ?? 0) + 1;
		used.set(name, times);
		return times === 1 ? name : `${name} (${times})`;
	});
}

export interface SheetTable {
	columns: string[];
	rows: SourceRow[];
	footRows: number[];
	/** How many names of its header are known for the kind of register. */
	known: number;
}

/** Cells into a header and the rows below it; empty rows, sums and the lines below a table are left out. */
export function tableOf(
	sheet: readonly (readonly Cell[])[],
	isName: (name: string) => boolean,
	numberOf: (index: number) => number,
): SheetTable {
	const header = findHeader(sheet, isName);
	if (!header) return { columns: [], rows: [], footRows: [], known: 0 };
	const rows: SourceRow[] = [];
	const footRows: number[] = [];
	for (let index = header.last + 1; index < sheet.length; index++) {
		const cells = sheet[index]!;
		if (filled(cells) === 0) continue;
		if (isFootRow(cells)) footRows.push(numberOf(index));
		else rows.push({ row: numberOf(index), cells });
	}
	return { columns: namedColumns(header.names), rows, footRows, known: header.known };
}
