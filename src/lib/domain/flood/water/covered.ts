// The ground that a hollow covers beyond what its parts cover, from low to high: what its water rises over.

import type { Hierarchy } from './hierarchy.ts';

/** Heights in steps of the places that each of these hollows covers by itself, ascending. */
export function coveredHeights(
	{ ground, coveredBy }: Hierarchy,
	hollows: ReadonlySet<number>,
): Map<number, Int32Array> {
	const found = new Map<number, number[]>([...hollows].map((hollow) => [hollow, []]));
	const lists: (number[] | undefined)[] = [];
	for (const [hollow, list] of found) lists[hollow] = list;
	const { steps } = ground;
	for (let at = 0; at < steps.length; at++) if (steps[at]! >= 0) lists[coveredBy[at]!]?.push(steps[at]!);
	return new Map([...found].map(([hollow, list]) => [hollow, Int32Array.from(list).sort()]));
}
