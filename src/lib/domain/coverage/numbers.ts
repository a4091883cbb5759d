// The numbers of coverage by name, as a bureau may put its own in their place: in which range, in what order to each
// other, and which of them holds at a moment.

import { phaseOf, type RuleChange } from '../alarm/effective.ts';
import type { Rule } from '../rule.ts';
import type { DueRules } from './due.ts';
import { RISK_GRADES, type RiskGrade } from './grade.ts';

export interface CoverageRules extends DueRules {
	/** Working days today's pace is taken from. */
	paceDays: Rule;
	/** Share of the district's mean below which a grid counts as looked at too seldom. */
	lowShare: Rule;
	/** Days in which visits of a grid are counted. */
	frequencyDays: Rule;
}

type Plain = Exclude<keyof CoverageRules, 'interval' | 'grounds'>;
export type CoverageNumber = Plain | `interval.${RiskGrade}`;

/** In the order a person reads them: how often, what shortens it, at once, not too often, grades, how it is counted. */
export const NUMBER_GROUPS = {
	interval: [...RISK_GRADES.map((grade) => `interval.${grade}` as const), 'floor', 'cap', 'legalDays'],
	factor: [
		...(['keyPeriod', 'flood', 'redSign', 'yellowSign', 'greenPlate'] as const),
		...(['afterStopWork', 'afterRectify', 'warningAlarm'] as const),
	],
	demand: ['majorDays', 'dangerDays', 'lookBackGraceDays'],
	quiet: ['quietDays', 'monthlyCap'],
	grade: ['highPitM', 'lowPitM', 'fatalDays'],
	count: ['paceDays', 'frequencyDays', 'lowShare'],
} as const satisfies Record<string, readonly CoverageNumber[]>;
export type NumberGroup = keyof typeof NUMBER_GROUPS;

export interface NumberRange {
	min: number;
	max: number;
	isWhole: boolean;
	/** The bound that a written rule draws: a bureau may be stricter than it, not laxer. */
	bound?: 'min' | 'max';
}

const days = (min: number, max: number): NumberRange => ({ min, max, isWhole: true });
const SHORTENS: NumberRange = { min: 0.1, max: 1, isWhole: false };

const RANGE: Readonly<Record<CoverageNumber, NumberRange>> = {
	'interval.high': days(1, 183),
	'interval.medium': days(1, 183),
	'interval.low': days(1, 183),
	floor: days(1, 90),
	cap: days(7, 183),
	legalDays: { ...days(7, 183), bound: 'max' },
	keyPeriod: SHORTENS,
	flood: SHORTENS,
	redSign: SHORTENS,
	yellowSign: SHORTENS,
	greenPlate: { min: 1, max: 3, isWhole: false },
	afterStopWork: SHORTENS,
	afterRectify: SHORTENS,
	warningAlarm: SHORTENS,
	majorDays: days(0, 30),
	dangerDays: days(0, 7),
	lookBackGraceDays: days(0, 60),
	quietDays: days(0, 90),
	monthlyCap: days(1, 31),
	highPitM: { min: 1, max: 5, isWhole: false, bound: 'max' },
	lowPitM: { min: 0, max: 3, isWhole: false, bound: 'max' },
	fatalDays: { ...days(92, 1096), bound: 'min' },
	paceDays: days(5, 120),
	frequencyDays: days(7, 366),
	lowShare: { min: 0.05, max: 1, isWhole: false },
};

/** A number is never greater than the one beside it. */
const ORDER: readonly (readonly [less: CoverageNumber, more: CoverageNumber])[] = [
	['interval.high', 'interval.medium'],
	['interval.medium', 'interval.low'],
	['floor', 'cap'],
	['lowPitM', 'highPitM'],
];

/** What the keys of all their rules begin with. */
export const COVERAGE_KEYS = 'coverage.';

/** As changes of rules name it: `coverage.quietDays`. */
export const ruleKeyOf = (number: CoverageNumber) => COVERAGE_KEYS + number;

/** Undefined for rules of another kind. */
export function numberOfKey(ruleKey: string): CoverageNumber | undefined {
	const name = ruleKey.slice(COVERAGE_KEYS.length);
	return ruleKey.startsWith(COVERAGE_KEYS) && Object.hasOwn(RANGE, name) ? (name as CoverageNumber) : undefined;
}

export const rangeOf = (number: CoverageNumber): NumberRange => RANGE[number];

export function ruleOfNumber(rules: CoverageRules, number: CoverageNumber): Rule {
	const grade = RISK_GRADES.find((one) => number === `interval.${one}`);
	return grade ? rules.interval[grade] : rules[number as Plain];
}

export type NumberFault =
	| { kind: 'nothing-changed' }
	| { kind: 'out-of-range'; min: number; max: number }
	| { kind: 'not-whole' }
	| { kind: 'order'; less: CoverageNumber; more: CoverageNumber };

/** What is wrong with a value somebody wants for a number; null when it can hold. @param rules - those that hold now */
export function numberFault(rules: CoverageRules, number: CoverageNumber, value: number): NumberFault | null {
	return faultAmong((one) => ruleOfNumber(rules, one).value, number, value);
}

/** The same for a page that has values and no rules. @param now - what holds of each number */
export function faultAmong(
	now: (number: CoverageNumber) => number,
	number: CoverageNumber,
	value: number,
): NumberFault | null {
	const { min, max, isWhole } = RANGE[number];
	if (!(value >= min && value <= max)) return { kind: 'out-of-range', min, max };
	if (isWhole && !Number.isInteger(value)) return { kind: 'not-whole' };
	const valueOf = (one: CoverageNumber) => (one === number ? value : now(one));
	const broken = ORDER.find((pair) => pair.includes(number) && valueOf(pair[0]) > valueOf(pair[1]));
	if (broken) return { kind: 'order', less: broken[0], more: broken[1] };
	return value === now(number) ? { kind: 'nothing-changed' } : null;
}

/** The rules as they hold at a moment: what the bureau has set, with its reason as the source, and the rest as shipped. */
export function rulesAt(shipped: CoverageRules, changes: readonly RuleChange[], atMs: number): CoverageRules {
	return changes.reduce((rules, change) => {
		const number = numberOfKey(change.ruleKey);
		const value = change.values.value;
		if (!number || value === undefined || phaseOf(change, changes, atMs) !== 'running') return rules;
		return withNumber(rules, number, value, change.reason);
	}, shipped);
}

/** The rules with a number of the bureau's own in one place. */
export function withNumber(rules: CoverageRules, number: CoverageNumber, value: number, reason: string): CoverageRules {
	const own: Rule = { ...ruleOfNumber(rules, number), value, source: reason, confidence: 'local' };
	const grade = RISK_GRADES.find((one) => number === `interval.${one}`);
	return grade ? { ...rules, interval: { ...rules.interval, [grade]: own } } : { ...rules, [number]: own };
}
