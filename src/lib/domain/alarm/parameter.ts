// The numbers of a rule that a bureau may change, by name: `from.danger`, `onDelay`, … Reading them, writing them, and
// which values make sense.

import type { Rule } from '../rule.ts';
import type { AlarmLevel, ConditionRules, Limit } from './condition.ts';
import type { WatchRules } from './watch.ts';

export type Parameter =
	| `from.${AlarmLevel}`
	| `until.${AlarmLevel}`
	| `confirmations.${AlarmLevel}`
	| 'deadband'
	| 'onDelay'
	| 'offDelay'
	/** 1 or 0: whether the rule holds at all. */
	| 'isOn'
	/** The limit of a point itself, in its own unit, in the place of the designer's or the table's. */
	| 'limit'
	/** Of a rule that is one number and nothing else: see `coverage/numbers`. */
	| 'value'
	/** Of a rule that is days: see `coverage/dates`. */
	| `${'' | 'first.' | 'second.' | 'lookBack.'}${'from' | 'to'}`;

export type Values = Readonly<Partial<Record<Parameter, number>>>;

export interface ParameterRange {
	parameter: Parameter;
	/** The shipped value; undefined for a `limit`, which is another for every point. */
	shipped: Rule | undefined;
	min: number;
	max: number;
}

const DAY_S = 86_400;
const ON: Rule = { value: 1, unit: '', source: 'shipped switched on', confidence: 'verified' };
const OFF: Rule = { ...ON, value: 0, source: 'shipped switched off: to be back-tested and switched on by the bureau' };

/** The parameters of a rule in the order a person reads them. */
export function parametersOf(rules: WatchRules): ParameterRange[] {
	const { limits, deadband, onDelay, offDelay } = rules.by;
	const widest = Math.max(...limits.map(({ from }) => Math.abs(from.value)), 1) * 10;
	const found: ParameterRange[] = [];
	for (const { level, from } of limits)
		found.push({ parameter: `from.${level}`, shipped: from, min: from.value < 0 ? -widest : 0, max: widest });
	for (const { level, until } of limits)
		if (until) found.push({ parameter: `until.${level}`, shipped: until, min: -widest, max: widest });
	for (const { level, confirmations } of limits)
		found.push({ parameter: `confirmations.${level}`, shipped: confirmations, min: 1, max: 20 });
	found.push({ parameter: 'deadband', shipped: deadband, min: 0, max: widest });
	found.push({ parameter: 'onDelay', shipped: onDelay, min: 0, max: DAY_S });
	found.push({ parameter: 'offDelay', shipped: offDelay, min: 0, max: DAY_S });
	if (rules.measure === 'utilisation' || rules.measure === 'rate')
		found.push({ parameter: 'limit', shipped: undefined, min: 0.1, max: 100_000 });
	found.push({ parameter: 'isOn', shipped: rules.isOff ? OFF : ON, min: 0, max: 1 });
	return found;
}

export type ValueFault =
	| { kind: 'unknown-parameter'; parameter: string }
	| { kind: 'out-of-range'; parameter: Parameter; min: number; max: number }
	| { kind: 'not-whole'; parameter: Parameter }
	/** A graver level must lie further out than the lighter one. */
	| { kind: 'order'; lighter: Parameter; graver: Parameter }
	| { kind: 'nothing-changed' };

/**
 * What is wrong with values somebody wants for a rule; empty when they can be tried.
 *
 * @param holds - what holds now for whom they are wanted: numbers that are not named stay. As shipped without
 */
export function valueFaults(
	rules: WatchRules,
	values: Values,
	holds: Readonly<Partial<Record<Parameter, number | null>>> = {},
): ValueFault[] {
	const ranges = parametersOf(rules).map(({ shipped, ...range }) => ({
		...range,
		value: holds[range.parameter] ?? shipped?.value,
	}));
	return faultsAmong(ranges, rules.by.side ?? 'above', values);
}

export interface ParameterNow extends Omit<ParameterRange, 'shipped'> {
	/** What holds where nothing is said. */
	value: number | undefined;
}

/** The same of ranges alone, for a page that has no rule. @param ranges - levels from light to grave */
export function faultsAmong(ranges: readonly ParameterNow[], side: 'above' | 'below', values: Values): ValueFault[] {
	const known = new Map(ranges.map((range) => [range.parameter as string, range]));
	const faults: ValueFault[] = [];
	if (Object.keys(values).length === 0) return [{ kind: 'nothing-changed' }];
	for (const [parameter, value] of Object.entries(values)) {
		const range = known.get(parameter);
		if (!range) faults.push({ kind: 'unknown-parameter', parameter });
		else if (!(value >= range.min && value <= range.max))
			faults.push({ kind: 'out-of-range', parameter: range.parameter, min: range.min, max: range.max });
		else if ((parameter === 'isOn' || parameter.startsWith('confirmations')) && !Number.isInteger(value))
			faults.push({ kind: 'not-whole', parameter: range.parameter });
	}
	const sign = side === 'below' ? -1 : 1;
	const levels = ranges.filter(({ parameter }) => parameter.startsWith('from.'));
	for (let i = 1; i < levels.length; i++) {
		const [lighter, graver] = [levels[i - 1]!, levels[i]!];
		const isTouched = values[lighter.parameter] !== undefined || values[graver.parameter] !== undefined;
		const valueOf = ({ parameter, value }: ParameterNow) => values[parameter] ?? value ?? NaN;
		if (isTouched && !(sign * valueOf(lighter) < sign * valueOf(graver)))
			faults.push({ kind: 'order', lighter: lighter.parameter, graver: graver.parameter });
	}
	return faults;
}

/** The rule with other numbers. `limit` and `isOn` are not part of it: see `effective`. */
export function withRules(rules: WatchRules, numbers: ReadonlyMap<Parameter, Rule>): WatchRules {
	if (numbers.size === 0) return rules;
	const { by } = rules;
	const sign = by.side === 'below' ? -1 : 1;
	const limits = by.limits.map((limit): Limit => {
		const until = numbers.get(`until.${limit.level}`) ?? limit.until;
		return {
			level: limit.level,
			from: numbers.get(`from.${limit.level}`) ?? limit.from,
			confirmations: numbers.get(`confirmations.${limit.level}`) ?? limit.confirmations,
			...(until ? { until } : {}),
		};
	});
	// Numbers may come from different places; a lighter level never lies beyond a graver one.
	for (let i = limits.length - 2; i >= 0; i--) {
		const graver = limits[i + 1]!.from;
		if (sign * limits[i]!.from.value > sign * graver.value) limits[i] = { ...limits[i]!, from: graver };
	}
	const next: ConditionRules = {
		...by,
		limits,
		deadband: numbers.get('deadband') ?? by.deadband,
		onDelay: numbers.get('onDelay') ?? by.onDelay,
		offDelay: numbers.get('offDelay') ?? by.offDelay,
	};
	return { ...rules, by: next };
}
