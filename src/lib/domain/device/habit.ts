// What is learned of a device while it talks: how often it usually reports, how far its clock is off, which values
// have stopped moving.

import type { Rule } from '../rule.ts';
import type { Flat } from './quality.ts';

export interface HabitRules {
	/** A gap counts as usual when at least this share of the gaps is as long, … */
	share: Rule;
	/** … and when it was seen so often. */
	times: Rule;
	/** A learned interval is at most so many times the registered one, and at least the registered one divided by it. */
	factor: Rule;
	/** Seconds of watching before an interval shorter than the registered one is believed. */
	shortenAfter: Rule;
	/** Seconds a clock may be off before it is shown as wrong; exceeded, not reached. */
	skewed: Rule;
	/** Readings whose delay is remembered to tell a wrong clock from a slow line. */
	skewOver: Rule;
}

export interface Habit {
	/** Gaps between successive readings, by length: one place per quarter more. */
	gaps: Float64Array;
	count: number;
	lastMs: number;
	firstMs: number;
	/** Receipt minus measuring of the newest readings, ms, written round and round. */
	delays: number[];
	turn: number;
	flats: Map<string, Flat>;
}

const STEP = Math.log(1.25);
const PLACES = 56;

export function freshHabit(): Habit {
	return {
		...{ gaps: new Float64Array(PLACES), count: 0, lastMs: NaN, firstMs: NaN },
		...{ delays: [], turn: 0, flats: new Map() },
	};
}

/**
 * Notes a reading newer than the last one.
 *
 * @param atMs - as the device measured
 * @param receivedMs - as it arrived here, or at the gateway where that said so
 */
export function noteReport(habit: Habit, rules: HabitRules, atMs: number, receivedMs: number): void {
	const gapMs = atMs - habit.lastMs;
	habit.lastMs = atMs;
	if (Number.isNaN(habit.firstMs)) habit.firstMs = atMs;
	if (gapMs > 0) {
		habit.gaps[Math.min(Math.max(Math.ceil(Math.log(gapMs / 1000) / STEP), 0), PLACES - 1)]!++;
		habit.count++;
	}
	habit.delays[habit.turn] = receivedMs - atMs;
	habit.turn = (habit.turn + 1) % rules.skewOver.value;
}

/**
 * The longest gap that is usual with this device, seconds; undefined as long as nothing can be said.
 * A crane that reports every 5 s at work and every 60 s at rest has an interval of 60 s: at rest it is not late.
 */
export function learnedIntervalS(habit: Habit, rules: HabitRules, registeredS: number): number | undefined {
	let longest = 0;
	for (let place = 0, above = habit.count; place < PLACES && habit.count > 0; place++) {
		if (above >= rules.times.value && above / habit.count >= rules.share.value) longest = Math.exp(place * STEP);
		above -= habit.gaps[place]!;
	}
	if (longest === 0) return undefined;
	const watchedS = (habit.lastMs - habit.firstMs) / 1000;
	if (longest < registeredS && watchedS < rules.shortenAfter.value) return undefined;
	const { value: factor } = rules.factor;
	return Math.min(Math.max(longest, registeredS / factor), registeredS * factor);
}

/**
 * How far the device's clock is ahead (negative: behind), seconds: the least delay among the newest readings, because
 * a line is only ever slow. Undefined before enough readings came.
 */
export function skewS(habit: Habit, rules: HabitRules): number | undefined {
	if (habit.delays.length < rules.skewOver.value) return undefined;
	return -Math.min(...habit.delays) / 1000;
}

export function isSkewed(skew: number | undefined, rules: HabitRules): boolean {
	return skew !== undefined && Math.abs(skew) > rules.skewed.value;
}
