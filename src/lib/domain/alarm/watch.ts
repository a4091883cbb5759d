// What is watched of one device: which of its quantities is measured how, and judged by which condition.

import { believable, type Plausible } from '../device/plausible.ts';
import { rateWith, type RateRules, type RateWindow } from '../pit/rate.ts';
import { calmWindow, meanWith, type WindRules, type WindWindow } from '../weather/wind-mean.ts';
import { judge, pause, quiet, type Change, type ConditionRules, type ConditionState } from './condition.ts';

/**
 * How a value becomes what is judged:
 * - `plain`: as it is; `absolute`: without its sign
 * - `windMean`: mean over minutes
 * - `utilisation`: percent of the designer's value; `rate`: mm per day, as percent of the designer's rate
 */
export type Measure = 'plain' | 'absolute' | 'windMean' | 'utilisation' | 'rate';

export interface WatchRules {
	/** As it stands in an alarm: `moment`, `wind`, … */
	condition: string;
	/** The quantity of a reading it looks at. */
	quantity: string;
	measure: Measure;
	by: ConditionRules;
}

export interface MeasureRules {
	plausible: Readonly<Record<string, Plausible>>;
	wind: WindRules;
	rate: RateRules;
}

export interface Watch {
	rules: WatchRules;
	state: ConditionState;
	/** The designer's value a percentage refers to; 1 where values are judged as they are. */
	design: number;
	/** Unit of values and limits once they are multiplied with `design`. */
	unit: string;
	/** Moment of the newest believable value; NaN before the first. */
	knownMs: number;
	/** The newest reading gave a value that cannot be true. */
	isBad: boolean;
	wind: WindWindow;
	rate: RateWindow;
}

export function watch(rules: WatchRules, design = 1, unit = rules.by.limits[0]!.from.unit): Watch {
	const windows = { wind: calmWindow(), rate: { atMs: [], mm: [] } };
	return { rules, state: quiet(rules.by), design, unit, knownMs: NaN, isBad: false, ...windows };
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
	const { quantity, measure, by } = watched.rules;
	const raw = values[quantity];
	if (raw === undefined || !(atMs > watched.state.observedMs)) return undefined;
	const value = believable(raw, rules.plausible[quantity]);
	watched.isBad = Number.isNaN(value);
	if (!watched.isBad) watched.knownMs = atMs;
	return judge(watched.state, by, atMs, measured(watched, measure, rules, atMs, value));
}

function measured(watched: Watch, measure: Measure, rules: MeasureRules, atMs: number, value: number): number {
	switch (measure) {
		case 'plain':
			return value;
		case 'absolute':
			return Math.abs(value);
		case 'windMean':
			return meanWith(watched.wind, rules.wind, atMs, value);
		case 'utilisation':
			return (Math.abs(value) / watched.design) * 100;
		case 'rate':
			return (rateWith(watched.rate, rules.rate, atMs, value) / watched.design) * 100;
	}
}

/** The device fell silent. */
export function silence(watched: Watch): void {
	pause(watched.state);
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
