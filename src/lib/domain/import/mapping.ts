// Which column of a file is which field: by its header, and only when its values read as such.

import { withoutDatum } from './datum.ts';
import { plain } from './unit.ts';
import type { Cell, Field } from './field.ts';
import { hasLostDigits, parseCell } from './parse-cell.ts';

/** Column name → field key; null: the column is not used. */
export type Mapping = Readonly<Record<string, string | null>>;

/** A field's key and its two names: a column called so is the field, and bad values in it are errors to be told. */
const OWN_NAMES = 3;

/** Share of the sampled values that must read as the field before a column with one of its other headers is proposed for it. */
const READABLE = 0.5;

/** A header without its unit, blanks, underscores and case: `建筑面积（万㎡）` → `建筑面积`. */
export function headerKey(header: string): string {
	return plain(header)
		.replace(/[([{【][^)\]}】]*[)\]}】]/g, '')
		.replace(/[_\-*:.：#'"]/g, '');
}

/** The field a person means: its key, either of its names, or any header that is known for it. */
export function fieldNamed(fields: readonly Field[], written: string): Field | undefined {
	const key = headerKey(written);
	return (
		fields.find((field) => headerKey(field.key) === key) ??
		fields.find((field) => [field.name.zh, field.name.en].some((name) => headerKey(name) === key)) ??
		fields.find((field) => field.also.some((name) => headerKey(name) === key))
	);
}

/**
 * Proposes a field for each column: earlier names of a field's list win, each field at most once.
 *
 * @param samples - values of each column, in the order of `columns`; empty ones do not count
 */
export function proposeMapping(
	fields: readonly Field[],
	columns: readonly string[],
	samples: readonly (readonly Cell[])[],
): Record<string, string | null> {
	const mapping: Record<string, string | null> = Object.fromEntries(columns.map((column) => [column, null]));
	for (const field of fields) {
		const names = [field.key, field.name.zh, field.name.en, ...field.also].map(headerKey);
		const fit = columns
			.map((column, index) => ({ column, index, rank: rankOf(field, names, column) }))
			.filter(
				({ column, index, rank }) =>
					rank >= 0 && mapping[column] === null && (rank < OWN_NAMES || reads(field, column, samples[index] ?? [])),
			)
			.sort((a, b) => a.rank - b.rank)[0];
		if (fit) mapping[fit.column] = field.key;
	}
	takeCutNames(mapping, fields, columns, samples);
	return mapping;
}

/** Place of a column's name among the names of a field, −1 for none. What says that it holds WKT is an outline: 轮廓(WKT). */
function rankOf({ of }: Field, names: readonly string[], column: string): number {
	if (of.type === 'shape' && /wkt/i.test(column)) return 0;
	const rank = names.indexOf(headerKey(column));
	const isPlace = of.type === 'x' || of.type === 'y';
	// 高德经度 is a longitude all the same; in which datum, is said elsewhere.
	return rank < 0 && isPlace ? names.indexOf(headerKey(withoutDatum(column))) : rank;
}

/** Shapefiles cut the names of their columns after ten bytes, three Chinese characters: `施工许` is the permit. */
const CUT_NAME = /^\p{Script=Han}{3,}$/u;

function takeCutNames(
	mapping: Record<string, string | null>,
	fields: readonly Field[],
	columns: readonly string[],
	samples: readonly (readonly Cell[])[],
): void {
	for (const [index, column] of columns.entries()) {
		const cut = headerKey(column);
		if (mapping[column] !== null || !CUT_NAME.test(cut)) continue;
		const taken = new Set(Object.values(mapping));
		const fit = fields.find(
			(field) =>
				!taken.has(field.key) &&
				[field.name.zh, ...field.also].some((name) => headerKey(name).startsWith(cut)) &&
				reads(field, column, samples[index] ?? []),
		);
		if (fit) mapping[column] = fit.key;
	}
}

function reads(field: Field, column: string, values: readonly Cell[]): boolean {
	const given = values.filter((value) => value !== null && String(value).trim() !== '');
	if (given.length === 0) return true;
	// Permits that a spreadsheet has spoilt are permits still: leaving the column out would bring the sites in without any.
	const isSpoilt = (value: Cell) => field.of.type === 'permit' && hasLostDigits(value);
	const readable = given.filter((value) => parseCell(field, column, value) !== undefined || isSpoilt(value)).length;
	return readable / given.length >= READABLE;
}
