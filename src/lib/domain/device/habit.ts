// What is learned of a device while it talks: how often it usually reports, how far its clock is off, which values
// have stopped moving.

import { stretch, type Stretch } from '../number-page.ts';
import type { Rule } from '../rule.ts';
import { Flats } from './flats.ts';

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

const STEP = Math.log(1.25);
/** Gaps between successive readings are counted by length: one place per quarter more. */
const PLACES = 56;
const [LAST, FIRST, COUNT, TURN, GAPS] = [0, 1, 2, 3, 4] as const;
const WIDTH = GAPS + PLACES;

/** On pages of numbers, because every reading adds to it. */
export class Habit {
	readonly #numbers: Float64Array;
	readonly #first: number;
	/** Receipt minus measuring of the newest readings, ms, written round and round; none before the first. */
	#delays: Stretch | undefined;
	#delayCount = 0;
	readonly flats: Flats;

	constructor(flats = new Flats([])) {
		({ numbers: this.#numbers, first: this.#first } = stretch(WIDTH));
		this.#numbers[this.#first + LAST] = NaN;
		this.#numbers[this.#first + FIRST] = NaN;
		this.flats = flats;
	}

	/** Moment of the newest reading, ms; NaN before the first. */
	get lastMs(): number {
		return this.#numbers[this.#first + LAST]!;
	}

	get firstMs(): number {
		return this.#numbers[this.#first + FIRST]!;
	}

	/** Gaps that were counted. */
	get count(): number {
		return this.#numbers[this.#first + COUNT]!;
	}

	/** How many of them were of a length. */
	gaps(place: number): number {
		return this.#numbers[this.#first + GAPS + place]!;
	}

	/** Delays of the newest readings, in no order; undefined before there are so many. */
	delays(wanted: number): Float64Array | undefined {
		if (!this.#delays || this.#delayCount < wanted) return undefined;
		const { numbers, first } = this.#delays;
		return numbers.subarray(first, first + wanted);
	}

	/** A reading newer than the last one. */
	note(atMs: number): void {
		const numbers = this.#numbers;
		const first = this.#first;
		const gapMs = atMs - numbers[first + LAST]!;
		numbers[first + LAST] = atMs;
		if (Number.isNaN(numbers[first + FIRST]!)) numbers[first + FIRST] = atMs;
		if (!(gapMs > 0)) return;
		const place = Math.min(Math.max(Math.ceil(Math.log(gapMs / 1000) / STEP), 0), PLACES - 1);
		numbers[first + GAPS + place]!++;
		numbers[first + COUNT]!++;
	}

	/** @param over - of how many readings the delay is remembered; always the same */
	noteDelay(delayMs: number, over: number): void {
		const { numbers, first } = (this.#delays ??= stretch(over));
		const turn = this.#numbers[this.#first + TURN]!;
		numbers[first + turn] = delayMs;
		this.#numbers[this.#first + TURN] = turn + 1 === over ? 0 : turn + 1;
		if (this.#delayCount < over) this.#delayCount++;
	}
}

export function freshHabit(): Habit {
	return new Habit();
}

/**
 * Notes a reading newer than the last one.
 *
 * @param atMs - as the device measured
 * @param receivedMs - as it arrived here, or at the gateway where that said so
 */
export function noteReport(habit: Habit, rules: HabitRules, atMs: number, receivedMs: number): void {
	habit.note(atMs);
	habit.noteDelay(receivedMs - atMs, rules.skewOver.value);
}

/**
 * The longest gap that is usual with this device, seconds; undefined as long as nothing can be said.
 * A crane that reports every 5 s at work and every 60 s at rest has an interval of 60 s: at rest it is not late.
 */
export function learnedIntervalS(habit: Habit, rules: HabitRules, registeredS: number): number | undefined {
	let longest = 0;
	for (let place = 0, above = habit.count; place < PLACES && habit.count > 0; place++) {
		if (above >= rules.times.value && above / habit.count >= rules.share.value) longest = Math.exp(place * STEP);
		above -= habit.gaps(place);
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
	const delays = habit.delays(rules.skewOver.value);
	return delays && -Math.min(...delays) / 1000;
}

export function isSkewed(skew: number | undefined, rules: HabitRules): boolean {
	return skew !== undefined && Math.abs(skew) > rules.skewed.value;
}
