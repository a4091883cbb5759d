// Where the header of a table stands. Registers carry titles, who filled them in and when, and heads of two rows above
// their data; the header is told by the names that stand in it.

import type { Cell, ImportKind } from './field.ts';
import { fieldsOf } from './fields.ts';
import { headerKey } from './mapping.ts';

/** Rows that may stand above the header. */
const LOOK_INTO = 30;
/** Names that have to be known before they say more than the first row with two cells. */
const ENOUGH = 2;

export interface Header {
	names: readonly Cell[];
	/** Index of its last row. */
	last: number;
	/** How many of its names are known. */
	known: number;
}

/** Whether a name is one of the names of a field of the kind. */
export function isNameFor(kind: ImportKind): (name: string) => boolean {
	const keys = new Set(
		fieldsOf(kind).flatMap(({ key, name, also }) => [key, name.zh, name.en, ...also].map(headerKey)),
	);
	return (name) => keys.has(headerKey(name));
}

/**
 * The row, or the two rows one above the other, that hold the most known names. When none holds two of them: the first row
 * with at least two cells filled (a single one above it is the title of the sheet), or the first filled one.
 */
export function findHeader(sheet: readonly (readonly Cell[])[], isName: (name: string) => boolean): Header | undefined {
	const wide = sheet.findIndex((row) => filled(row) >= 2);
	const at = wide >= 0 ? wide : sheet.findIndex((row) => filled(row) >= 1);
	if (at < 0) return undefined;
	const known = (names: readonly Cell[]) => new Set(names.map(textOf).filter((name) => name && isName(name))).size;
	let best: Header = { names: sheet[at]!, last: at, known: known(sheet[at]!) };
	for (let row = at; row < Math.min(sheet.length, at + LOOK_INTO); row++) {
		const names = sheet[row]!;
		const below = sheet[row + 1];
		const single = { names, last: row, known: known(names) };
		if (single.known >= ENOUGH && single.known > best.known) best = single;
		const both = below && twoRows(names, below, isName);
		if (!both || known(both) < ENOUGH) continue;
		const isBetter = known(both) > Math.max(best.known, single.known);
		if (isBetter || (known(both) === best.known && best.last === row && areParts(names, below, isName)))
			best = { names: both, last: row + 1, known: known(both) };
	}
	return best;
}

/** A head of two rows: below a group its parts, else what stands above. `建设单位` over `名称` is 建设单位名称. */
function twoRows(above: readonly Cell[], below: readonly Cell[], isName: (name: string) => boolean): Cell[] {
	let group = '';
	return Array.from({ length: Math.max(above.length, below.length) }, (_, index) => {
		const [own, part] = [textOf(above[index]), textOf(below[index])];
		if (own) group = own;
		if (!part) return own;
		return group && isName(group + part) ? group + part : part;
	});
}

/** Whether a row stands only below groups and names parts of them, as no row of data does. */
function areParts(above: readonly Cell[], below: readonly Cell[], isName: (name: string) => boolean): boolean {
	const isOfGroup = (index: number) => !textOf(above[index]) || (index + 1 < below.length && !textOf(above[index + 1]));
	const parts = below.flatMap((cell, index) => (textOf(cell) ? [{ part: textOf(cell), index }] : []));
	return (
		parts.every(({ index }) => isOfGroup(index)) &&
		parts.some(({ part, index }) => textOf(above[index]) && isName(textOf(above[index]) + part))
	);
}

const textOf = (cell: Cell | undefined): string => String(cell ?? '').trim();

export function filled(row: readonly Cell[]): number {
	return row.filter((cell) => textOf(cell) !== '').length;
}
