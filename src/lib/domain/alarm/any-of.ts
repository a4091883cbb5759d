// One condition out of several quantities: it holds when any of them reaches its own limit. Three-valued: what is not
// known cannot make it hold, and cannot make it calm either.

import { believable, type Plausible } from '../device/plausible.ts';
import type { Rule } from '../rule.ts';

export interface Part {
	quantity: string;
	/** The value that counts as 100 %. */
	full: Rule;
}

/**
 * The part that is furthest on the way to its limit, in percent. A quantity the reading does not carry is left out: not
 * every box has every sensor.
 *
 * @param lowest - percent from which on the condition is near; below it a part that cannot be believed makes the whole
 * NaN, because it might be the one that counts
 */
export function anyOf(
	parts: readonly Part[],
	values: Readonly<Record<string, unknown>>,
	plausible: Readonly<Record<string, Plausible>>,
	lowest: number,
): number {
	let furthest = NaN;
	let isDoubtful = false;
	for (const { quantity, full } of parts) {
		if (values[quantity] === undefined) continue;
		const percent = (believable(values[quantity], plausible[quantity]) / full.value) * 100;
		if (Number.isNaN(percent)) isDoubtful = true;
		else if (!(furthest >= percent)) furthest = percent;
	}
	return isDoubtful && !(furthest >= lowest) ? NaN : furthest;
}
