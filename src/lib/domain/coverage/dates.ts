// The days of coverage as a bureau may put its own in their place: the two rounds of a year with the look-back, the flood
// season, key periods. A circular names all days of a year at once, so one change carries them all.
//
// Days stand in a change as numbers of the basic form of ISO 8601, 20270301, days of every year as 415: they order as
// days do.

import { isRunning, phaseOf, type RuleChange } from '../alarm/effective.ts';
import { isDay } from '../day.ts';
import type { Season } from '../flood/season.ts';
import { COVERAGE_KEYS } from './numbers.ts';
import type { RoundKind } from './round.ts';

export const SPAN_NAMES = ['from', 'to'] as const;
export const YEAR_NAMES = [
	...(['first.from', 'first.to', 'second.from', 'second.to'] as const),
	...(['lookBack.from', 'lookBack.to'] as const),
] as const;
export type DateName = (typeof SPAN_NAMES)[number] | (typeof YEAR_NAMES)[number];
/** Days by name, `YYYY-MM-DD`, or `MM-DD` for what comes every year. */
export type Days = Readonly<Partial<Record<DateName, string>>>;

export type DateSubject = { kind: 'floodSeason' } | { kind: 'rounds'; year: number } | { kind: 'period'; id: string };

const [ROUNDS, PERIOD] = ['rounds.', 'period.'];

/** `coverage.floodSeason`, `coverage.rounds.2027`, `coverage.period.<id>` */
export function dateKeyOf(subject: DateSubject): string {
	if (subject.kind === 'floodSeason') return `${COVERAGE_KEYS}floodSeason`;
	return COVERAGE_KEYS + (subject.kind === 'rounds' ? ROUNDS + String(subject.year) : PERIOD + subject.id);
}

/** Undefined for rules of another kind. */
export function subjectOfKey(ruleKey: string): DateSubject | undefined {
	if (!ruleKey.startsWith(COVERAGE_KEYS)) return undefined;
	const name = ruleKey.slice(COVERAGE_KEYS.length);
	if (name === 'floodSeason') return { kind: 'floodSeason' };
	if (/^rounds\.20\d\d$/.test(name)) return { kind: 'rounds', year: Number(name.slice(ROUNDS.length)) };
	return name.startsWith(PERIOD) ? { kind: 'period', id: name.slice(PERIOD.length) } : undefined;
}

export const namesOf = ({ kind }: DateSubject): readonly DateName[] => (kind === 'rounds' ? YEAR_NAMES : SPAN_NAMES);

const isYearly = ({ kind }: DateSubject) => kind === 'floodSeason';

export function numberOfDay(day: string): number {
	return Number(day.replaceAll('-', ''));
}

/** Of a change's number; the calendar may have no such day. */
export function dayOfNumber(number: number): string {
	const digits = String(number).padStart(number < 10_000 ? 4 : 8, '0');
	const monthDay = `${digits.slice(-4, -2)}-${digits.slice(-2)}`;
	return number < 10_000 ? monthDay : `${digits.slice(0, -4)}-${monthDay}`;
}

/** What holds of something: its days, and whether it takes place at all; only a key period is called off. */
export interface Held {
	days: Days;
	isOn: boolean;
}

/** What a change says. One of a key period always says both, so that a later one stands in its place whole. */
export function heldOf(values: Readonly<Record<string, number | undefined>>): Held {
	const { isOn = 1, ...days } = values;
	return {
		days: Object.fromEntries(Object.entries(days).map(([name, day]) => [name, dayOfNumber(day!)])),
		isOn: isOn !== 0,
	};
}

/** As a change carries it. */
export function valuesOf(subject: DateSubject, { days, isOn }: Held): Record<string, number> {
	return {
		...Object.fromEntries(Object.entries(days).map(([name, day]) => [name, numberOfDay(day)])),
		...(subject.kind === 'period' && { isOn: isOn ? 1 : 0 }),
	};
}

export type DateFault =
	| { kind: 'nothing-changed' }
	/** A name is missing, or there is one that does not belong there. */
	| { kind: 'names'; names: readonly DateName[] }
	| { kind: 'no-such-day'; name: DateName; day: string }
	/** 29 February, for what comes every year. */
	| { kind: 'not-every-year'; name: DateName }
	| { kind: 'ends-before-it-begins'; from: DateName; to: DateName }
	| { kind: 'other-year'; name: DateName; year: number }
	| { kind: 'rounds-overlap'; firstTo: string; secondFrom: string }
	| { kind: 'look-back-outside'; from: string; to: string };

/** What is wrong with days somebody wants; null when they can hold. @param now - what holds */
export function dateFault(subject: DateSubject, { days, isOn }: Held, now: Held): DateFault | null {
	const names = namesOf(subject);
	if (Object.keys(days).length !== names.length || names.some((name) => days[name] === undefined))
		return { kind: 'names', names };
	const day = (name: DateName) => days[name]!;
	for (const name of names) {
		if (isYearly(subject) && day(name) === '02-29') return { kind: 'not-every-year', name };
		if (!isDay(isYearly(subject) ? `2027-${day(name)}` : day(name)))
			return { kind: 'no-such-day', name, day: day(name) };
	}
	if (subject.kind === 'rounds') {
		const other = names.find((name) => !day(name).startsWith(String(subject.year)));
		if (other) return { kind: 'other-year', name: other, year: subject.year };
	}
	for (let i = 0; i < names.length; i += 2) {
		const [from, to] = [names[i]!, names[i + 1]!];
		if (day(to) < day(from)) return { kind: 'ends-before-it-begins', from, to };
	}
	if (subject.kind === 'rounds') {
		const [firstTo, secondFrom, secondTo] = [day('first.to'), day('second.from'), day('second.to')];
		if (secondFrom <= firstTo) return { kind: 'rounds-overlap', firstTo, secondFrom };
		if (day('lookBack.from') < secondFrom || day('lookBack.to') > secondTo)
			return { kind: 'look-back-outside', from: secondFrom, to: secondTo };
	}
	const isSame = isOn === now.isOn && names.every((name) => day(name) === now.days[name]);
	return isSame || (!isOn && !now.isOn) ? { kind: 'nothing-changed' } : null;
}

/** What the bureau has set itself, with the reason as its source. */
export interface OwnDays extends Held {
	reason: string;
}
/** By rule key. */
export type OwnDates = ReadonlyMap<string, OwnDays>;

export const NO_OWN_DATES: OwnDates = new Map();

/** What the bureau has set itself, as it holds at a moment. */
export function ownDatesAt(changes: readonly RuleChange[], atMs: number): OwnDates {
	const own = new Map<string, OwnDays>();
	for (const change of changes) {
		if (!subjectOfKey(change.ruleKey) || !isRunning(change, atMs)) continue;
		if (phaseOf(change, changes, atMs) === 'running') own.set(change.ruleKey, ownDaysOf(change));
	}
	return own;
}

/** The same with one more, as if it were switched on. */
export const withOwnDays = (own: OwnDates, change: Pick<RuleChange, 'ruleKey' | 'values' | 'reason'>): OwnDates =>
	new Map(own).set(change.ruleKey, ownDaysOf(change));

const ownDaysOf = ({ values, reason }: Pick<RuleChange, 'values' | 'reason'>) => ({ ...heldOf(values), reason });

export interface StoredRound {
	id: string;
	kind: RoundKind;
	fromOn: string;
	toOn: string;
	looksBackTo: string | null;
}
interface Span {
	fromOn: string;
	toOn: string;
}
/** A round as it holds. */
export type HeldRound<R extends StoredRound> = R & {
	/** When the round before is looked back at; null where none is. */
	lookBack: Span | null;
	/** The bureau's reason where the days are its own. */
	daysBy: string | null;
};

/** Rounds with the days that hold in the place of those they were made with. */
export function heldRounds<R extends StoredRound>(rounds: readonly R[], own: OwnDates): HeldRound<R>[] {
	return rounds.map((round) => {
		const isSecond = round.looksBackTo !== null;
		const plan = round.kind === 'fullCoverage' ? own.get(yearKeyOf(round)) : undefined;
		if (!plan) return { ...round, lookBack: isSecond ? spanOf(round) : null, daysBy: null };
		const { days, reason } = plan;
		const [fromOn, toOn] = isSecond
			? [days['second.from']!, days['second.to']!]
			: [days['first.from']!, days['first.to']!];
		const lookBack = isSecond ? { fromOn: days['lookBack.from']!, toOn: days['lookBack.to']! } : null;
		return { ...round, fromOn, toOn, lookBack, daysBy: reason };
	});
}

const spanOf = ({ fromOn, toOn }: Span): Span => ({ fromOn, toOn });
const yearKeyOf = ({ fromOn }: Span) => dateKeyOf({ kind: 'rounds', year: Number(fromOn.slice(0, 4)) });

/** Key periods with the days that hold; those that were called off, or that nobody has switched on, are left out. */
export function heldPeriods<P extends Span & { id: string; isProposed: boolean }>(
	periods: readonly P[],
	own: OwnDates,
): P[] {
	return periods.flatMap((period) => {
		const plan = own.get(dateKeyOf({ kind: 'period', id: period.id }));
		if (!plan) return period.isProposed ? [] : [period];
		return plan.isOn ? [{ ...period, fromOn: plan.days.from!, toOn: plan.days.to! }] : [];
	});
}

/** The season as it holds: the bureau's own, or that of its province. */
export function heldSeason(shipped: Season, own: OwnDates): Season {
	const plan = own.get(dateKeyOf({ kind: 'floodSeason' }));
	if (!plan) return shipped;
	return { ...shipped, from: plan.days.from!, to: plan.days.to!, source: plan.reason, confidence: 'local' };
}

/** The round, of those whose look-back runs on a day, together with the one it looks back at. */
export function lookBacksOn<R extends StoredRound>(
	rounds: readonly HeldRound<R>[],
	on: string,
): { first: HeldRound<R>; second: HeldRound<R>; lookBack: Span }[] {
	return rounds.flatMap((second) => {
		const first = rounds.find(({ id }) => id === second.looksBackTo);
		const runs = second.lookBack !== null && second.lookBack.fromOn <= on && second.toOn >= on;
		return first && runs ? [{ first, second, lookBack: second.lookBack! }] : [];
	});
}
