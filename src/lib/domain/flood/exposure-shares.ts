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

/** Share of the rain factor: the worst of the three spans. Unknown spans do not count; all unknown is NaN. */
export function rainShare(h1: number, h3: number, h24: number, full: RainFull): number {
	const worst = Math.max(orNothing(h1 / full.h1), orNothing(h3 / full.h3), orNothing(h24 / full.h24));
	return worst === -Infinity ? NaN : clamp(worst);
}

/**
 * What the rain counts, with spans of which a part is unknown: what fell at least raises it and never lowers it. A lower
 * bound beside no whole sum counts no less than the unknown.
 *
 * @param whole - share of the whole sums, @param least - of the lower bounds; NaN: there is none
 */
export function rainCount(whole: number, least: number): number {
	const floor = Number.isNaN(whole) ? UNKNOWN_SHARE : whole;
	return least > floor ? least : floor;
}

const orNothing = (share: number) => (Number.isNaN(share) ? -Infinity : share);

/** Share of the river factor by metres above the warning level. */
export function riverShare(aboveWarningM: number, { hazard: { riverFromM, riverFullM } }: ExposureRules): number {
	return clamp((aboveWarningM - riverFromM.value) / (riverFullM.value - riverFromM.value));
}
