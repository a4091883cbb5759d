// Hours of the day in which a rule holds, by the clock of Shanghai, which knows no summer time.

import type { Rule } from '../rule.ts';

export interface Hours {
	/** Hour of the day, 0 to 24, from which on it holds. */
	from: Rule;
	/** Hour before which it holds; smaller than `from` when the night lies in between. */
	until: Rule;
}

const HOUR_MS = 3_600_000;
const SHANGHAI_AHEAD_H = 8;

/** Whether a moment lies in the hours: the first moment does, the last does not. */
export function isDuring({ from, until }: Hours, atMs: number): boolean {
	const hour = (((atMs / HOUR_MS + SHANGHAI_AHEAD_H) % 24) + 24) % 24;
	return from.value <= until.value
		? hour >= from.value && hour < until.value
		: hour >= from.value || hour < until.value;
}
