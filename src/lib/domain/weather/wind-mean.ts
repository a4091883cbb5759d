// Wind as the standards mean it: a mean over minutes, not the gust a crane's anemometer shows every few seconds.

import type { Rule } from '../rule.ts';

export interface WindRules {
	/** Seconds the mean goes back. */
	window: Rule;
	/** Part of the window, 0 to 1, that the readings must span before there is a mean. */
	span: Rule;
}

/** Readings of the window, oldest first. */
export interface WindWindow {
	atMs: number[];
	windMs: number[];
}

export function calmWindow(): WindWindow {
	return { atMs: [], windMs: [] };
}

/**
 * Takes one reading in and gives the mean over the window that ends with it.
 *
 * @param window - changed in place; readings must come in the order of their time
 * @param windMs - m/s; NaN is left out of the mean
 * @returns m/s, or NaN while the readings span too little of the window
 */
export function meanWith(window: WindWindow, rules: WindRules, atMs: number, windMs: number): number {
	const { atMs: times, windMs: speeds } = window;
	const spanMs = rules.window.value * 1000;
	if (!Number.isNaN(windMs)) {
		times.push(atMs);
		speeds.push(windMs);
	}
	let stale = 0;
	while (stale < times.length && times[stale]! <= atMs - spanMs) stale++;
	if (stale > 0) {
		times.splice(0, stale);
		speeds.splice(0, stale);
	}
	if (times.length === 0 || times.at(-1)! - times[0]! < spanMs * rules.span.value) return NaN;
	let sum = 0;
	for (const speed of speeds) sum += speed;
	return sum / speeds.length;
}
