// How much what was measured or supposed counts, between 0 and 1: the same for the situation as it is (exposure.ts) and for
// “what if” (what-if.ts).

import type { ExposureRules } from './exposure.ts';

/** What nobody has found out counts half. */
export const UNKNOWN_SHARE = 0.5;

export const clamp = (share: number) => Math.min(1, Math.max(0, share));

/** Millimetres that count in full, per span. */
export interface RainFull {
	h1: number;
	h3: number;
	h24: number;
}

/**
 * Share of the rain factor: the worst of the three spans. A span nobody knows whole counts half, more where more fell at
 * least, less where a longer span is known whole and leaves no room for it: a dry hour says nothing of an unknown day, a
 * dry day says all of an unknown hour. Millimetres; NaN is unknown.
 */
export function rainCount(
	h1: number,
	h3: number,
	h24: number,
	least1: number,
	least3: number,
	least24: number,
	full: RainFull,
): number {
	return clamp(
		Math.max(
			spanCount(h1, least1, isNaN(h3) ? h24 : h3, full.h1),
			spanCount(h3, least3, h24, full.h3),
			spanCount(h24, least24, NaN, full.h24),
		),
	);
}

function spanCount(whole: number, least: number, most: number, full: number): number {
	if (!isNaN(whole)) return whole / full;
	const open = most / full < UNKNOWN_SHARE ? most / full : UNKNOWN_SHARE;
	return least / full > open ? least / full : open;
}

/** Share of the river factor by metres above the warning level. */
export function riverShare(aboveWarningM: number, { hazard: { riverFromM, riverFullM } }: ExposureRules): number {
	return clamp((aboveWarningM - riverFromM.value) / (riverFullM.value - riverFromM.value));
}
