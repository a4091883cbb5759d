// Four bytes say everything that changes about an object on the map; the graphics card turns them into shape, colour
// and angle. Byte 0: level and flags, byte 1: kind, bytes 2 and 3: slew in tenths of a degree, 255 and 255 for none.

import { NO_VALUE } from '#lib/domain/picture/columns.ts';

export const MARK_BYTES = 4;
/** A flag beside the level in byte 0: not drawn. */
export const HIDDEN = 8;

/**
 * The four bytes as one number, lowest first: this is made for every changed object of every frame.
 *
 * @param level - code of LEVELS
 * @param kind - code of OBJECT_KINDS
 * @param slew - tenths of a degree, or NO_VALUE
 * @param flags - HIDDEN, or 0
 */
export function markOf(level: number, kind: number, slew: number = NO_VALUE, flags = 0): number {
	const turned = slew === NO_VALUE ? NO_VALUE : (slew >> 8) | ((slew & 255) << 8);
	return (level | flags | (kind << 8) | (turned << 16)) >>> 0;
}

/** The slew in four bytes made by `markOf`: tenths of a degree, or NO_VALUE. */
export function slewOf(mark: number): number {
	return ((mark >>> 8) & 0xff00) | (mark >>> 24);
}
