// The ground that a hollow covers beyond what its parts cover, from low to high: what its water rises over.

import type { Hierarchy } from './hierarchy.ts';

/**
 * Heights in steps of the places that each of these hollows covers by itself, ascending.
 *
 * @param wanted - never OUTSIDE, which covers nothing
 */
export function coveredHeights(
	{ ground, coveredBy, hollows }: Hierarchy,
	wanted: ReadonlySet<number>,
): Map<number, Int32Array> {
	if (wanted.size === 0) return new Map();
	/** Where the next height of a hollow goes, one more than that; 0: not wanted. */
	const next = new Int32Array(hollows.count);
	for (const hollow of wanted) next[hollow] = 1;
	for (let at = 0; at < coveredBy.length; at++) if (next[coveredBy[at]!]! > 0) next[coveredBy[at]!]!++;
	let size = 0;
	for (const hollow of wanted) {
		const own = next[hollow]! - 1;
		next[hollow] = size + 1;
		size += own;
	}
	const heights = new Int32Array(size);
	const { steps } = ground;
	for (let at = 0; at < coveredBy.length; at++) {
		const hollow = coveredBy[at]!;
		if (next[hollow]! > 0) heights[next[hollow]!++ - 1] = steps[at]!;
	}
	let from = 0;
	const found = new Map<number, Int32Array>();
	for (const hollow of wanted) {
		const to = next[hollow]! - 1;
		found.set(hollow, heights.subarray(from, to).sort());
		from = to;
	}
	return found;
}
