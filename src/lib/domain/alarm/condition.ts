// One thing that can be wrong with one device: when it counts as wrong, how long it must last, when it is over.
// Each limit is a comparator with deadband and two delays; the level is the gravest limit that is on. Because every
// limit opens and closes by itself there is never more than one open alarm, however the value moves.

import type { Level } from '../level.ts';
import { stretch } from '../number-page.ts';
import type { Rule } from '../rule.ts';

export type AlarmLevel = Extract<Level, 'notice' | 'warning' | 'danger'>;

export interface Limit {
	level: AlarmLevel;
	/** Reached, not exceeded: a value equal to it counts. */
	from: Rule;
	/** Readings in a row at or above it before it counts. */
	confirmations: Rule;
	/** Two-sided clear: the limit is left only below this. Without it, below `from` less the deadband. */
	until?: Rule;
}

export interface ConditionRules {
	/** What the bureau calls the rule, and where it is overridden: `machine.moment`. */
	key: string;
	/** Ascending gravity, each level at most once; in order of the value too, falling where `side` is `below`. */
	limits: readonly Limit[];
	/** Which side of a limit is wrong: `above` when left out. `below` for distances and for anchors that relax. */
	side?: 'above' | 'below';
	/** A limit is left only this far below it. */
	deadband: Rule;
	/** Seconds at or above a limit before it counts. */
	onDelay: Rule;
	/** Seconds below it, less deadband, before it is over. */
	offDelay: Rule;
	/** Stays open until a person has acknowledged it, even when the value is calm again. */
	isLatched: boolean;
}

/**
 * What is remembered of a condition between two readings. Times are ms since 1970, as the device measured. What every
 * reading touches lies on a page of numbers.
 */
export class ConditionState {
	readonly #numbers: Float64Array;
	readonly #first: number;
	open: OpenAlarm | null = null;
	/** A delay is running, so that `wait` has something to do. */
	isRestless = false;
	/** Per limit: since when at or above it without a break; NaN when not. */
	readonly aboveSince: number[];
	/** Per limit: readings at or above it in a row; of several speakers: rounds. */
	readonly aboveCount: number[];
	/** Per limit: who of several speakers was heard of what moment since its last count. */
	heard: Map<unknown, number>[] | undefined = undefined;
	/** Per limit: since when calm without a break; NaN when not. */
	readonly calmSince: number[];
	/** Per limit: whether it counts. */
	on: boolean[];

	/** @param limits - how many limits the condition has */
	constructor(limits: number) {
		({ numbers: this.#numbers, first: this.#first } = stretch(WIDTH));
		this.aboveSince = new Array<number>(limits).fill(NaN);
		this.aboveCount = new Array<number>(limits).fill(0);
		this.calmSince = new Array<number>(limits).fill(NaN);
		this.on = new Array<boolean>(limits).fill(false);
		this.observedMs = -Infinity;
		this.value = NaN;
		this.highest = NaN;
	}

	/** Moment of the newest reading that was judged. */
	get observedMs(): number {
		return this.#numbers[this.#first]!;
	}
	set observedMs(atMs: number) {
		this.#numbers[this.#first] = atMs;
	}

	/** The newest believable value; NaN when there is none. */
	get value(): number {
		return this.#numbers[this.#first + 1]!;
	}
	set value(value: number) {
		this.#numbers[this.#first + 1] = value;
	}

	/** Gravest value since the lowest limit was reached; NaN while it is not. */
	get highest(): number {
		return this.#numbers[this.#first + 2]!;
	}
	set highest(value: number) {
		this.#numbers[this.#first + 2] = value;
	}
}
/** `observedMs`, `value`, `highest`. */
const WIDTH = 3;

export interface OpenAlarm {
	level: AlarmLevel;
	raisedMs: number;
	/** Newest moment the value was at or above the lowest limit. */
	lastMs: number;
	peak: number;
	/** How often the value came back to the lowest limit, the first time included. */
	count: number;
	isAcknowledged: boolean;
}

export type Change = 'raised' | 'changed' | 'cleared';

export function quiet(rules: ConditionRules): ConditionState {
	return new ConditionState(rules.limits.length);
}

/** Goes on with an alarm that was open before the program was started again. */
export function resumed(rules: ConditionRules, open: OpenAlarm): ConditionState {
	const gravest = rules.limits.findIndex(({ level }) => level === open.level);
	const state = quiet(rules);
	state.open = { ...open };
	state.on = rules.limits.map((_, i) => i <= gravest);
	return state;
}

/**
 * Judges one reading. One that is not newer than the last is history and changes nothing.
 *
 * @param state - changed in place
 * @param value - NaN for a reading that cannot be believed: it is never calm, and it is no proof either
 * @returns what became of the alarm, or undefined
 */
export function judge(state: ConditionState, rules: ConditionRules, atMs: number, value: number): Change | undefined {
	return atMs > state.observedMs ? weigh(state, rules, atMs, value, undefined) : undefined;
}

/** One of several speakers that a value is worked out from, and the moment it speaks of. */
export interface Said {
	who: unknown;
	atMs: number;
}

/**
 * Judges a value that is worked out from several speakers, because one of them has spoken. They are heard one after the
 * other, of one moment or of several, and together they are one round: in a row counts only what is still so when one that
 * was heard before is heard again. One that speaks of a moment before the newest one is judged at that one.
 */
export function judgeSaid(state: ConditionState, rules: ConditionRules, said: Said, value: number): Change | undefined {
	return weigh(state, rules, Math.max(said.atMs, state.observedMs), value, said);
}

/** @param said - undefined where each reading stands for itself */
function weigh(
	state: ConditionState,
	rules: ConditionRules,
	atMs: number,
	value: number,
	said: Said | undefined,
): Change | undefined {
	if (Number.isNaN(value)) {
		pause(state);
		state.observedMs = atMs;
		return undefined;
	}
	const { limits } = rules;
	// Seen from the wrong side: what is graver is always the larger number.
	const sign = rules.side === 'below' ? -1 : 1;
	const grave = sign * value;
	const before = sign * state.value;
	const lowest = sign * limits[0]!.from.value;
	// Nothing is on and nothing is near: the common case, thousands of times a second.
	if (grave < lowest && state.open === null && !(before >= lowest)) {
		state.observedMs = atMs;
		state.value = value;
		return undefined;
	}
	if (state.open && grave >= lowest) {
		// After a start the newest reading is judged once more; its return may stand in the row already.
		if (before < lowest && atMs > state.open.lastMs) state.open.count++;
		if (!(sign * state.open.peak >= grave)) state.open.peak = value;
		state.open.lastMs = atMs;
	}
	for (let i = 0; i < limits.length; i++) {
		const { from, until } = limits[i]!;
		const limit = sign * from.value;
		if (grave >= limit) {
			const isFirst = Number.isNaN(state.aboveSince[i]!);
			if (isFirst) state.aboveSince[i] = atMs;
			if (!said || isRound(state, i, isFirst, said)) state.aboveCount[i]! += 1;
		} else {
			state.aboveSince[i] = NaN;
			state.aboveCount[i] = 0;
		}
		const left = until ? sign * until.value : limit - rules.deadband.value;
		if (grave >= left) state.calmSince[i] = NaN;
		else if (Number.isNaN(state.calmSince[i]!)) state.calmSince[i] = atMs;
	}
	state.highest = grave < lowest ? NaN : sign * state.highest > grave ? state.highest : value;
	state.observedMs = atMs;
	state.value = value;
	return settle(state, rules, atMs);
}

/** Whether a round is complete at a limit: somebody who was heard in it is heard again. A new one begins with that. */
function isRound(state: ConditionState, limit: number, isFirst: boolean, { who, atMs }: Said): boolean {
	state.heard ??= state.on.map(() => new Map<unknown, number>());
	const heard = state.heard[limit]!;
	if (!isFirst && !(atMs > heard.get(who)!)) {
		if (!heard.has(who)) heard.set(who, atMs);
		return false;
	}
	heard.clear();
	heard.set(who, atMs);
	return true;
}

/**
 * Lets time pass without a new reading: delays run out, because the last value holds until the next one.
 * Not to be called for a device that has fallen silent: `pause` that instead.
 */
export function wait(state: ConditionState, rules: ConditionRules, atMs: number): Change | undefined {
	return settle(state, rules, atMs);
}

/**
 * The rule does not hold at this moment: a night limit by day, a rule that was switched off. What was open is over,
 * unless it is latched and nobody has seen it yet.
 */
export function lapse(state: ConditionState, rules: ConditionRules, atMs: number): Change | undefined {
	if (!(atMs > state.observedMs)) return undefined;
	pause(state);
	state.observedMs = atMs;
	if (!state.open || (rules.isLatched && !state.open.isAcknowledged)) return undefined;
	state.open = null;
	state.on.fill(false);
	return 'cleared';
}

/**
 * Goes on under other limits, as when a bureau changes a rule: an alarm that is open stays open, and the next reading
 * tells which of the new limits hold. Delays begin anew.
 */
export function carried(state: ConditionState, rules: ConditionRules): ConditionState {
	const next = state.open ? resumed(rules, state.open) : quiet(rules);
	next.observedMs = state.observedMs;
	if (!next.open || next.on.includes(true)) return next;
	// The new rule has no limit as grave as that: its gravest one is taken to be on.
	next.open.level = rules.limits.at(-1)!.level;
	next.on.fill(true);
	return next;
}

/** The value is not known any more: what was counting stops counting. An open alarm stays open. */
export function pause(state: ConditionState): void {
	// Nothing counts without a value: most rules that hold only at times stay like this for hours.
	if (Number.isNaN(state.value) && Number.isNaN(state.highest) && !state.isRestless) return;
	state.value = NaN;
	state.highest = NaN;
	state.aboveSince.fill(NaN);
	state.aboveCount.fill(0);
	state.calmSince.fill(NaN);
	state.isRestless = false;
}

/** What was judged last had no duration: it is over at this moment, and counts as calm from then on. */
export function passed(state: ConditionState, atMs: number): void {
	state.highest = NaN;
	state.aboveSince.fill(NaN);
	state.aboveCount.fill(0);
	state.calmSince.fill(atMs);
	state.isRestless = state.open !== null;
}

function settle(state: ConditionState, rules: ConditionRules, atMs: number): Change | undefined {
	const mayEnd = !rules.isLatched || state.open?.isAcknowledged === true;
	let gravest = -1;
	state.isRestless = false;
	for (let i = 0; i < rules.limits.length; i++) {
		if (!state.on[i]) {
			const lasted = atMs - state.aboveSince[i]! >= rules.onDelay.value * 1000;
			state.on[i] = lasted && state.aboveCount[i]! >= rules.limits[i]!.confirmations.value;
		} else if (mayEnd && atMs - state.calmSince[i]! >= rules.offDelay.value * 1000) {
			state.on[i] = false;
		}
		if (state.on[i]) gravest = i;
		if (!Number.isNaN((state.on[i] ? state.calmSince : state.aboveSince)[i]!)) state.isRestless = true;
	}
	const level = rules.limits[gravest]?.level;
	if (!state.open && level) {
		const raisedMs = state.aboveSince[0]!;
		const { observedMs: lastMs, highest: peak } = state;
		state.open = { level, raisedMs, lastMs, peak, count: 1, isAcknowledged: false };
		return 'raised';
	}
	if (state.open && !level) {
		state.open = null;
		return 'cleared';
	}
	if (!state.open || state.open.level === level) return undefined;
	state.open.level = level!;
	return 'changed';
}
