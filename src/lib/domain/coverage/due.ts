// When a site is due, and why: an interval by grade, shortened or stretched by what is known, and days that must not be
// passed. Every term is kept with its source, so that a person can check the answer and argue with it.

import { dayAfter, daysBetween } from '../day.ts';
import type { Confidence, Rule } from '../rule.ts';
import { gradeSite, type GradedSite, type GradeRules, type Grading, type RiskGrade } from './grade.ts';

export type VisitResult = 'passed' | 'rectify' | 'stopWork';

export interface DueFacts extends GradedSite {
	startedOn: string | null;
	lastVisitOn: string | null;
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
	/** Running rounds that this site has not been visited in. */
	openRounds: readonly { name: string; toOn: string }[];
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
}

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
	/** Before this day a visit would disturb without cause; null where risk demands one, or nothing is known. */
	quietUntil: string | null;
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
	else ends.push(termOf('neverVisited', base, on));
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
		quietUntil: quietUntil(facts, rules),
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

function quietUntil(facts: DueFacts, { quietDays }: DueRules): string | null {
	return facts.lastVisitOn === null || demandsVisit(facts) ? null : dayAfter(facts.lastVisitOn, quietDays.value);
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
	for (const { name, toOn } of times.openRounds) ends.push(termOf('round', rules.legalDays, toOn, name));
	if (facts.rectifyBy) ends.push(termOf('rectify', rules.majorDays, facts.rectifyBy));
	if (facts.openMajorHazards > 0)
		ends.push(termOf('major', rules.majorDays, dayAfter(facts.lastVisitOn ?? on, rules.majorDays.value)));
	if (facts.alarm === 'danger') ends.push(termOf('danger', rules.dangerDays, dayAfter(on, rules.dangerDays.value)));
	if (facts.lookBackBy) ends.push(termOf('lookBack', rules.legalDays, facts.lookBackBy));
	return ends;
}

function termOf(key: TermKey, { source, confidence }: Rule, value: number | string, note = ''): DueTerm {
	return { key, value, note, source, confidence };
}
