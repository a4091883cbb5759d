// At least k of n: several points of a wall, or several sensors, must say the same before it counts.

/** What one of them says; undefined: it is silent or cannot be believed. */
export type Vote = boolean | undefined;

/**
 * How many say yes. NaN while it is open whether they are `k`, because those that are silent could decide it: fewer
 * than `k` that agree are calm only when the silent ones could not change it.
 */
export function agreeing(votes: Iterable<Vote>, k: number): number {
	let yes = 0;
	let silent = 0;
	for (const vote of votes) {
		if (vote === true) yes++;
		else if (vote === undefined) silent++;
	}
	return yes < k && yes + silent >= k ? NaN : yes;
}
