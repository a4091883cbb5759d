// How fast a pit point moves, in millimetres a day, from its cumulative values.

import type { Rule } from '../rule.ts';
import { keptAt, NEVER_ZEROED, type Zeroing } from './zeroing.ts';

export interface RateRules {
	/** Hours the rate looks back. */
	window: Rule;
	/** Hours the readings must span before there is a rate: over minutes the noise of the sensor would be multiplied. */
	span: Rule;
	/** Minutes between the readings that are kept. */
	spacing: Rule;
}

/** Readings kept for the rate as they came, oldest first. */
export interface RateWindow {
	atMs: number[];
	mm: number[];
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/**
 * @param window - changed in place; readings must come in the order of their time
 * @param cumulativeMm - NaN gives no rate and is not kept
 * @param zeroings - of the sensor: a step it was set by is no movement
 * @returns mm per day without sign, or NaN while the readings span too little
 */
export function rateWith(
	window: RateWindow,
	rules: RateRules,
	atMs: number,
	cumulativeMm: number,
	zeroings: readonly Zeroing[] = NEVER_ZEROED,
): number {
	if (Number.isNaN(cumulativeMm)) return NaN;
	const { atMs: times, mm } = window;
	let stale = 0;
	while (stale < times.length && times[stale]! < atMs - rules.window.value * HOUR_MS) stale++;
	if (stale > 0) {
		times.splice(0, stale);
		mm.splice(0, stale);
	}
	const spanMs = atMs - (times[0] ?? atMs);
	const moved = () => cumulativeMm + keptAt(zeroings, atMs) - (mm[0]! + keptAt(zeroings, times[0]!));
	const rate = spanMs < rules.span.value * HOUR_MS ? NaN : (Math.abs(moved()) * DAY_MS) / spanMs;
	if (times.length === 0 || atMs - times.at(-1)! >= rules.spacing.value * 60_000) {
		times.push(atMs);
		mm.push(cumulativeMm);
	}
	return rate;
}
