// Whether a measured value can be true at all. What lies outside is kept as evidence, but proves nothing.

import type { Rule } from '../rule.ts';

/** Both ends included. */
export interface Plausible {
	min: Rule;
	max: Rule;
}

/** The value, or NaN when it is missing, no number, or outside what the quantity can be. */
export function believable(value: unknown, range: Plausible | undefined): number {
	if (typeof value !== 'number' || !Number.isFinite(value)) return NaN;
	if (range && (value < range.min.value || value > range.max.value)) return NaN;
	return value;
}
