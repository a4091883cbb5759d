// Four bytes say everything that changes about an object on the map; the graphics card turns them into shape, colour
// and angle. Byte 0: level and flags, byte 1: kind, bytes 2 and 3: slew in tenths of a degree.

import { NO_VALUE } from '#lib/domain/picture/columns.ts';

export const MARK_BYTES = 4;
/** Flags, beside the level in byte 0. */
export const HIDDEN = 8;
export const DIMMED = 16;

export interface Mark {
	/** Code of LEVELS. */
	level: number;
	/** Code of OBJECT_KINDS. */
	kind: number;
	/** Tenths of a degree, or NO_VALUE. */
	slew: number;
	/** HIDDEN, DIMMED or both. */
	flags?: number;
}

/** @returns whether any of the four bytes is another one than before */
export function writeMark(marks: Uint8Array, slot: number, { level, kind, slew, flags = 0 }: Mark): boolean {
	const at = slot * MARK_BYTES;
	const state = level | flags;
	const high = slew === NO_VALUE ? 255 : slew >> 8;
	const low = slew & 255;
	if (marks[at] === state && marks[at + 1] === kind && marks[at + 2] === high && marks[at + 3] === low) return false;
	marks[at] = state;
	marks[at + 1] = kind;
	marks[at + 2] = high;
	marks[at + 3] = low;
	return true;
}
