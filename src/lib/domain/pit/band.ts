// The colour of a point by how much of its limit is used up: u = value / limit.

import type { Rule } from '../rule.ts';

/** Below every band; the bands of the wall; not known. */
export type Band = 'calm' | 'blue' | 'yellow' | 'orange' | 'red' | 'unknown';

export interface BandRules {
	/** Percent from which on, reached. */
	blue: Rule;
	yellow: Rule;
	orange: Rule;
	red: Rule;
}

/**
 * @param percent - of the limit; NaN is unknown
 * @param isUpperBound - the true limit may be smaller: nothing below red is believed to be calm
 */
export function bandOf(percent: number, rules: BandRules, isUpperBound = false): Band {
	if (Number.isNaN(percent)) return 'unknown';
	for (const band of ['red', 'orange', 'yellow', 'blue'] as const) if (percent >= rules[band].value) return band;
	return isUpperBound ? 'unknown' : 'calm';
}
