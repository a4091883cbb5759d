// Wind as the standards mean it: a mean over minutes, not the gust a crane's anemometer shows every few seconds.

import type { Rule } from '../rule.ts';

export interface WindRules {
	/** Seconds the mean goes back. */
	window: Rule;
	/** Part of the window, 0 to 1, that the readings must span before there is a mean. */
	span: Rule;
}

/** Readings of the window, gathered by the second they were measured in, oldest first. */
export interface WindWindow {
	/** Seconds since 1970. */
	seconds: number[];
	sums: number[];
	counts: number[];
	/** The first entry that still counts; those before it wait to be removed together. */
	head: number;
	/** Over the entries that count. */
	sum: number;
	count: number;
}

export function calmWindow(): WindWindow {
	return { seconds: [], sums: [], counts: [], head: 0, sum: 0, count: 0 };
}

/**
 * Takes one reading in and gives the mean over the window that ends with it.
 *
 * @param window - changed in place; readings must come in the order of their time
 * @param windMs - m/s; NaN is left out of the mean
 * @returns m/s, or NaN while the readings span too little of the window
 */
export function meanWith(window: WindWindow, rules: WindRules, atMs: number, windMs: number): number {
	const { seconds, sums, counts } = window;
	const second = Math.floor(atMs / 1000);
	if (!Number.isNaN(windMs)) {
		window.sum += windMs;
		window.count++;
		const last = seconds.length - 1;
		if (seconds[last] === second) {
			sums[last]! += windMs;
			counts[last]!++;
		} else {
			seconds.push(second);
			sums.push(windMs);
			counts.push(1);
		}
	}
	const span = rules.window.value;
	while (window.head < seconds.length && seconds[window.head]! <= second - span) {
		window.sum -= sums[window.head]!;
		window.count -= counts[window.head++]!;
	}
	if (window.head >= span) compact(window);
	const { head } = window;
	if (head === seconds.length || seconds.at(-1)! - seconds[head]! < span * rules.span.value) return NaN;
	return window.sum / window.count;
}

/** Removes what no longer counts and adds up the rest anew, so that rounding does not gather. */
function compact(window: WindWindow): void {
	const { seconds, sums, counts, head } = window;
	for (const list of [seconds, sums, counts]) list.splice(0, head);
	window.head = 0;
	window.sum = sums.reduce((sum, part) => sum + part, 0);
	window.count = counts.reduce((count, part) => count + part, 0);
}
