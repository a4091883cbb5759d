// What every list of the register can be asked by. Read from an address by `http/list-query.ts`.

import type { Bounds } from '#lib/domain/geo.ts';

export interface ListFilter {
	bounds?: Bounds;
	/** Part of a name, number or pinyin; matched without regard to case. */
	q?: string;
	town?: string;
	state?: string;
	/** Rows at most. */
	limit: number;
	/** Numbers above this one only, where a list is in the order of numbers; rows to pass over where it is newest first. */
	after: number;
}

/** Everything there is, for the map. */
export const WHOLE: ListFilter = { limit: 2_000_000, after: 0 };

/** A `like` pattern that finds the text anywhere; `%`, `_` and `\` in it mean themselves. */
export function anywhere(q: string): string {
	return `%${q.replace(/[\\%_]/g, (sign) => `\\${sign}`).toLowerCase()}%`;
}
