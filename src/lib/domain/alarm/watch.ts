// What is watched of one device: which of its quantities is measured how, and judged by which condition. The same code
// judges live readings and stored ones.

import { believable, type Plausible } from '../device/plausible.ts';
import { stretch } from '../number-page.ts';
import type { Rule } from '../rule.ts';
import { LearnedBaseline, leanOf, type BaselineRules } from '../machine/tilt-baseline.ts';
import { rateWith, type RateRules, type RateWindow } from '../pit/rate.ts';
import { keptAt, NEVER_ZEROED, type Zeroing } from '../pit/zeroing.ts';
import { meanWith, WindWindow, type WindRules } from '../weather/wind-mean.ts';
import { anyOf, type Part } from './any-of.ts';
import {
	judge,
	judgeSaid,
	lapse,
	passed,
	pause,
	quiet,
	type Change,
	type ConditionRules,
	type ConditionState,
	type Said,
} from './condition.ts';
import { isDuring, type Hours } from './hours.ts';

/**
 * How a value becomes what is judged:
 * - `plain`: as it is; `absolute`: without its sign
 * - `windMean`: mean over two minutes; `mean`: mean over the window of the rule
 * - `lean`: degrees away from the baseline learned in calm
 * - `anyOf`: the part that is furthest on the way to its own limit, in percent
 * - `utilisation`: percent of the limit of the point; `rate`: change per day, as percent of its limit
 * - `derived`: worked out from several devices: distance of jibs, points of a side that agree
 * - `event`: something the device says it has seen, as sure as it says it is, in percent; it has no duration
 * - `flag`: 1 while the device itself says that one of some things is on, 0 while it says that none is
 */
export type Measure =
	| ('plain' | 'absolute' | 'windMean' | 'mean' | 'lean' | 'anyOf' | 'utilisation')
	| ('rate' | 'derived' | 'event' | 'flag');

export interface WatchRules {
	/** As it stands in an alarm: `moment`, `wind`, … */
	condition: string;
	/** The quantity of a reading it looks at. */
	quantity: string;
	measure: Measure;
	by: ConditionRules;
	/** Window of a `mean`. */
	over?: WindRules;
	/** Parts of an `anyOf`. */
	parts?: readonly Part[];
	/** Names of the events of an `event`, or of the things of a `flag`, as they stand in its quantity. */
	events?: readonly string[];
	/**
	 * Spans whose means, worked out by the device itself, stand for its moments where it sends none: `pm10-Avg` beside
	 * `span`. Longer ones say too little about now.
	 */
	spans?: readonly string[];
	/** Hours of the day, Shanghai, in which the rule holds; all day without. */
	hours?: Hours;
	/** Holds only while the device says yes to this: wind for climbing only while it climbs. */
	whileTrue?: string;
	/** Counts things that people must hear of one by one: one more is news to whoever took notice of the others. */
	isCounted?: boolean;
	/** Shipped switched off: it is declared, but nobody has tried it on this district yet. */
	isOff?: boolean;
}

export interface MeasureRules {
	plausible: Readonly<Record<string, Plausible>>;
	wind: WindRules;
	rate: RateRules;
	baseline: BaselineRules;
}

export class Watch {
	readonly rules: WatchRules;
	state: ConditionState;
	/** The newest reading gave a value that cannot be true. */
	isBad = false;
	/**
	 * The limit is known from one side only, because the depth of the pit is missing: reaching it is certain, not
	 * reaching it proves nothing.
	 */
	isUpperBound = false;
	readonly #numbers: Float64Array;
	readonly #first: number;
	/** Of a mean. */
	wind: WindWindow | undefined;
	/** Of a lean. */
	baseline: LearnedBaseline | undefined;
	/** The designer's value a percentage refers to; 1 where values are judged as they are. */
	readonly design: number;
	/** Unit of values and limits once they are multiplied with `design`. */
	readonly unit: string;
	rate: RateWindow = { atMs: [], mm: [] };
	/** Where `design` comes from; undefined: from a change of the bureau, or there is none. */
	designedBy: Pick<Rule, 'source' | 'confidence'> | undefined = undefined;
	/** Of the sensor of a pit point, oldest first. */
	zeroings: readonly Zeroing[] = NEVER_ZEROED;
	/** Of a `derived` one: its value at a moment, NaN while it cannot be told. */
	derive: ((atMs: number) => number) | undefined = undefined;

	constructor(rules: WatchRules, design: number, unit: string) {
		this.rules = rules;
		this.state = quiet(rules.by);
		({ numbers: this.#numbers, first: this.#first } = stretch(1));
		this.knownMs = NaN;
		this.wind = rules.measure === 'windMean' || rules.measure === 'mean' ? new WindWindow() : undefined;
		this.baseline = rules.measure === 'lean' ? new LearnedBaseline() : undefined;
		this.design = design;
		this.unit = unit;
	}

	/** Moment of the newest believable value; NaN before the first. */
	get knownMs(): number {
		return this.#numbers[this.#first]!;
	}
	set knownMs(atMs: number) {
		this.#numbers[this.#first] = atMs;
	}
}

export function watch(rules: WatchRules, design = 1, unit = rules.by.limits[0]!.from.unit): Watch {
	return new Watch(rules, design, unit);
}

/**
 * Takes one reading. A reading without the quantity says nothing about it; one that is not newer is history.
 *
 * @param watched - changed in place
 */
export function observe(
	watched: Watch,
	rules: MeasureRules,
	atMs: number,
	values: Readonly<Record<string, unknown>>,
): Change | undefined {
	const { quantity, measure, by, hours, whileTrue, parts } = watched.rules;
	if (measure === 'flag') return observeFlag(watched, atMs, values[quantity]);
	if (measure === 'derived' || !(atMs > watched.state.observedMs)) return undefined;
	const raw = saidOf(watched.rules, values);
	if (measure === 'event') return observeEvent(watched, atMs, raw, values['confidence']);
	if (raw === undefined && !parts?.some((part) => values[part.quantity] !== undefined)) return undefined;
	const value = parts
		? anyOf(parts, values, rules.plausible, by.limits[0]!.from.value)
		: believable(raw, rules.plausible[quantity]);
	watched.isBad = Number.isNaN(value);
	if (!watched.isBad) watched.knownMs = atMs;
	if ((hours && !isDuring(hours, atMs)) || (whileTrue && values[whileTrue] !== true))
		return lapse(watched.state, by, atMs);
	return judge(watched.state, by, atMs, measured(watched, measure, rules, atMs, value, values));
}

/** What a reading says of the quantity of a rule: its moment, or the mean of a span that the rule takes for it. */
export function saidOf(
	{ quantity, spans }: Pick<WatchRules, 'quantity' | 'spans'>,
	values: Readonly<Record<string, unknown>>,
): unknown {
	return values[quantity] ?? (spans?.includes(values['span'] as string) ? values[`${quantity}-Avg`] : undefined);
}

/** Clocks of trackers know whole seconds: what is on in a second counts, whatever else was said in it. */
function observeFlag(watched: Watch, atMs: number, said: unknown): Change | undefined {
	const { state, rules } = watched;
	if (typeof said !== 'string') return undefined;
	const isOn = said.split(',').some((name) => rules.events?.includes(name));
	const isSameMoment = isOn && atMs === state.observedMs && state.value === 0;
	if (!(atMs > state.observedMs) && !isSameMoment) return undefined;
	watched.knownMs = atMs;
	return judge(state, rules.by, isSameMoment ? atMs + 1 : atMs, isOn ? 1 : 0);
}

/** A camera that does not say how sure it is counts as sure: nobody looks at what is left out. */
function observeEvent(watched: Watch, atMs: number, event: unknown, confidence: unknown): Change | undefined {
	const { state, rules } = watched;
	if (typeof event !== 'string' || !rules.events?.includes(event)) return undefined;
	watched.knownMs = atMs;
	const share = typeof confidence === 'number' && confidence >= 0 ? confidence : 1;
	// Vendors send 0.93 or 93.
	const { open } = state;
	const count = open?.count ?? 0;
	const isNew = !(open && atMs <= open.lastMs);
	const change = judge(state, rules.by, atMs, Math.min(share <= 1 ? share * 100 : share, 100));
	if (open?.lastMs === atMs) open.count = isNew ? count + 1 : count;
	passed(state, atMs);
	return change;
}

/** Judges a derived value anew, because one of the devices it comes from has spoken. */
export function derive(watched: Watch, said: Said): Change | undefined {
	if (!watched.derive) return undefined;
	const { state, rules } = watched;
	return judgeSaid(state, rules.by, said, watched.derive(Math.max(said.atMs, state.observedMs)));
}

function measured(
	watched: Watch,
	measure: Measure,
	rules: MeasureRules,
	atMs: number,
	value: number,
	values: Readonly<Record<string, unknown>>,
): number {
	switch (measure) {
		case 'absolute':
			return Math.abs(value);
		case 'windMean':
			return meanWith(watched.wind!, rules.wind, atMs, value);
		case 'mean':
			return meanWith(watched.wind!, watched.rules.over ?? rules.wind, atMs, value);
		case 'lean':
			return leanOf(watched.baseline!, rules.baseline, atMs, value, values);
		case 'utilisation':
			return (Math.abs(value + keptAt(watched.zeroings, atMs)) / watched.design) * 100;
		case 'rate':
			return (rateWith(watched.rate, rules.rate, atMs, value, watched.zeroings) / watched.design) * 100;
		case 'plain':
		case 'anyOf':
		case 'derived':
		case 'event':
		case 'flag':
			return value;
	}
}

/** The device fell silent. What it saw is over all the same. */
export function silence(watched: Watch): void {
	if (watched.rules.measure !== 'event') pause(watched.state);
}

/** A percentage of the designer's value back in its unit; other values as they are. */
export function shown(watched: Watch, value: number): number {
	const { measure } = watched.rules;
	return measure === 'utilisation' || measure === 'rate' ? (value / 100) * watched.design : value;
}

/** The opposite of `shown`. */
export function unshown(watched: Watch, value: number): number {
	const { measure } = watched.rules;
	return measure === 'utilisation' || measure === 'rate' ? (value / watched.design) * 100 : value;
}
