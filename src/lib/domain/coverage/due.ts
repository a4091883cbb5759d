// When a site is due, and why: an interval by grade, shortened or stretched by what is known, and days that must not be
// passed. Every term is kept with its source, so that a person can check the answer and argue with it.

import { dayAfter, daysBetween, firstOfNextMonth } from '../day.ts';
import type { Confidence, Rule } from '../rule.ts';
import { gradeSite, type GradedSite, type GradeRules, type Grading, type RiskGrade } from './grade.ts';

export type VisitResult = 'passed' | 'rectify' | 'stopWork';

export interface DueFacts extends GradedSite {
	startedOn: string | null;
	lastVisitOn: string | null;
	/** Visits in the calendar month of the day that is judged. */
	visitsThisMonth: number;
	lastResult: VisitResult | null;
	sign: 'red' | 'yellow' | 'green' | null;
	openHazards: number;
	openMajorHazards: number;
	/** Earliest day by which something open should have been rectified. */
	rectifyBy: string | null;
	/** Worst alarm that is open. */
	alarm: 'danger' | 'warning' | null;
	/** Visits of a finding of the last round that has to be looked at again. */
	lookBackBy: string | null;
	isFloodSensitive: boolean;
}

/** What holds for all sites on the day: seasons, periods, rounds. */
export interface DueTimes {
	on: string;
	isFloodSeason: boolean;
	/** Name of the key period that holds where this site stands. */
	keyPeriod: string | null;
	/** Running rounds that this site has not been visited in, with their ground where it is the bureau's own. */
	openRounds: readonly { name: string; toOn: string; ground?: Ground | undefined }[];
}

export interface DueRules extends GradeRules {
	interval: Record<RiskGrade, Rule>;
	keyPeriod: Rule;
	flood: Rule;
	yellowSign: Rule;
	redSign: Rule;
	greenPlate: Rule;
	afterStopWork: Rule;
	afterRectify: Rule;
	warningAlarm: Rule;
	floor: Rule;
	cap: Rule;
	/** Days after the last visit that no site may pass. */
	legalDays: Rule;
	/** Days until an open major hazard, an open danger alarm have to be looked at. */
	majorDays: Rule;
	dangerDays: Rule;
	/** Days in which a site is left alone after a visit, unless risk demands one (无事不扰). */
	quietDays: Rule;
	/** Visits of a site in a calendar month without cause: after them it is left alone until the next. */
	monthlyCap: Rule;
	/** Where days come from that are no number of ours: the end of a round, the day given to rectify. */
	grounds: { round: Ground; rectify: Ground; neverVisited: Ground };
	/** Days after a finding's own day in which the look-back is due. */
	lookBackGraceDays: Rule;
}

type Ground = Pick<Rule, 'source' | 'confidence'>;

export const TERM_KEYS = [
	'grade',
	'keyPeriod',
	'flood',
	'yellowSign',
	'redSign',
	'greenPlate',
	'afterStopWork',
	'afterRectify',
	'warningAlarm',
	'floor',
	'cap',
	'interval',
	'neverVisited',
	'legal',
	'round',
	'rectify',
	'major',
	'danger',
	'lookBack',
	'quietDays',
	'monthlyCap',
] as const;
export type TermKey = (typeof TERM_KEYS)[number];

export interface DueTerm {
	key: TermKey;
	/** Days (`d`), a factor (empty) or a day that must not be passed. */
	value: number | string;
	/** What it is about, where a name says more: a grade, a round, a period. */
	note: string;
	source: string;
	confidence: Confidence;
}

export interface Due {
	dueOn: string;
	/** The term that gave the day. */
	decidedBy: TermKey;
	/** Positive: so many days too late; negative: so many days left. */
	overdueDays: number;
	intervalDays: number;
	grading: Grading;
	terms: DueTerm[];
	/**
	 * The day before which a visit would disturb without cause, and the rule that says so; null where risk demands a
	 * visit, or nothing is known.
	 */
	quiet: (DueTerm & { value: string }) | null;
}

/** A site that was never visited and has no start day is due at once: unknown is never calm. */
export function dueOf(facts: DueFacts, times: DueTimes, rules: DueRules): Due {
	const { on } = times;
	const grading = gradeSite(facts, rules, on);
	const base = rules.interval[grading.grade];
	const terms: DueTerm[] = [termOf('grade', base, base.value, `${grading.grade}/${grading.by}`)];
	let days = base.value;
	for (const [key, rule, holds, note] of factors(facts, times, rules)) {
		if (!holds) continue;
		days *= rule.value;
		terms.push(termOf(key, rule, rule.value, note));
	}
	if (days < rules.floor.value) terms.push(termOf('floor', rules.floor, rules.floor.value));
	if (days > rules.cap.value) terms.push(termOf('cap', rules.cap, rules.cap.value));
	const intervalDays = Math.round(Math.min(rules.cap.value, Math.max(rules.floor.value, days)));

	const since = facts.lastVisitOn ?? facts.startedOn;
	const ends: DueTerm[] = [];
	if (since) ends.push(termOf('interval', base, dayAfter(since, intervalDays)));
	else ends.push(termOf('neverVisited', rules.grounds.neverVisited, on));
	ends.push(...limits(facts, times, rules, since));
	const first = ends.reduce((a, b) => (b.value < a.value ? b : a));
	const dueOn = String(first.value);
	return {
		dueOn,
		decidedBy: first.key,
		overdueDays: daysBetween(dueOn, on),
		intervalDays,
		grading,
		terms: [...terms, ...ends],
		quiet: quietOf(facts, rules, on, dueOn),
	};
}

/** Whether something about the site justifies a visit although the last one is recent. */
export function demandsVisit(facts: DueFacts): boolean {
	return (
		facts.openMajorHazards > 0 ||
		facts.alarm === 'danger' ||
		facts.sign === 'red' ||
		facts.lookBackBy !== null ||
		facts.rectifyBy !== null
	);
}

/** The later of the two rules counts. A site whose own day falls into the month is visited with cause. */
function quietOf(facts: DueFacts, { quietDays, monthlyCap }: DueRules, on: string, dueOn: string): Due['quiet'] {
	if (facts.lastVisitOn === null || demandsVisit(facts)) return null;
	const quiet = { ...termOf('quietDays', quietDays, ''), value: dayAfter(facts.lastVisitOn, quietDays.value) };
	const nextMonth = firstOfNextMonth(on);
	if (facts.visitsThisMonth < monthlyCap.value || dueOn < nextMonth || quiet.value >= nextMonth) return quiet;
	return { ...termOf('monthlyCap', monthlyCap, ''), value: nextMonth };
}

type Factor = [key: TermKey, rule: Rule, holds: boolean, note: string];

function factors(facts: DueFacts, times: DueTimes, rules: DueRules): Factor[] {
	return [
		['keyPeriod', rules.keyPeriod, times.keyPeriod !== null, times.keyPeriod ?? ''],
		['flood', rules.flood, times.isFloodSeason && facts.isFloodSensitive, ''],
		['yellowSign', rules.yellowSign, facts.sign === 'yellow', ''],
		['redSign', rules.redSign, facts.sign === 'red', ''],
		['greenPlate', rules.greenPlate, facts.sign === 'green', ''],
		['afterStopWork', rules.afterStopWork, facts.lastResult === 'stopWork', ''],
		['afterRectify', rules.afterRectify, facts.lastResult === 'rectify', ''],
		['warningAlarm', rules.warningAlarm, facts.alarm === 'warning', ''],
	];
}

/** Days that must not be passed, whatever the interval says. */
function limits(facts: DueFacts, times: DueTimes, rules: DueRules, since: string | null): DueTerm[] {
	const { on } = times;
	const ends: DueTerm[] = [];
	if (since) ends.push(termOf('legal', rules.legalDays, dayAfter(since, rules.legalDays.value)));
	for (const { name, toOn, ground } of times.openRounds)
		ends.push(termOf('round', ground ?? rules.grounds.round, toOn, name));
	if (facts.rectifyBy) ends.push(termOf('rectify', rules.grounds.rectify, facts.rectifyBy));
	if (facts.openMajorHazards > 0)
		ends.push(termOf('major', rules.majorDays, dayAfter(facts.lastVisitOn ?? on, rules.majorDays.value)));
	if (facts.alarm === 'danger') ends.push(termOf('danger', rules.dangerDays, dayAfter(on, rules.dangerDays.value)));
	if (facts.lookBackBy) ends.push(termOf('lookBack', rules.lookBackGraceDays, facts.lookBackBy));
	return ends;
}

function termOf(key: TermKey, { source, confidence }: Ground, value: number | string, note = ''): DueTerm {
	return { key, value, note, source, confidence };
}
