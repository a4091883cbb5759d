// Whether a round will be finished in time at today's pace, and what would have to change if not.

import { dayAfter, daysBetween, isWorkday, workdaysBetween } from '../day.ts';

export interface ForecastInput {
	fromOn: string;
	toOn: string;
	today: string;
	/** Sites that have to be covered. */
	total: number;
	/** First visit of each covered site within the round. */
	firstVisits: readonly string[];
	/** Working days that the pace is taken from. */
	paceDays: number;
	teams: number;
}

export interface Forecast {
	/** Newly covered sites a working day, over the last `paceDays` working days of the round. */
	pace: number;
	remaining: number;
	workdaysLeft: number;
	/** Sites that will not be covered by the last day; 0 when the pace is enough. */
	willMiss: number;
	/** Newly covered sites a working day that would be enough. */
	neededPace: number;
	/** Visits more per team and week than today; 0 when none. */
	extraPerTeamWeek: number;
	/** Day on which today's pace would be through; null when there is no pace. */
	throughOn: string | null;
	/** How many were left at the end of each day, to today. */
	burnDown: { on: string; left: number }[];
}

const WORKDAYS_A_WEEK = 5;

export function forecastRound(input: ForecastInput): Forecast {
	const { fromOn, toOn, today, total, firstVisits, paceDays, teams } = input;
	const until = today < toOn ? today : toOn;
	const covered = firstVisits.filter((on) => on >= fromOn && on <= until).length;
	// A campaign may see more sites than it asked for.
	const remaining = Math.max(0, total - covered);
	const since = paceBegin(fromOn, until, paceDays);
	const workdaysPassed = Math.max(1, workdaysBetween(since, until));
	const pace = firstVisits.filter((on) => on >= since && on <= until).length / workdaysPassed;
	const workdaysLeft = today < toOn ? workdaysBetween(dayAfter(today, 1), toOn) : 0;
	const willMiss = Math.max(0, Math.ceil(remaining - pace * workdaysLeft - 1e-9));
	const neededPace = workdaysLeft > 0 ? remaining / workdaysLeft : remaining;
	const extra = Math.max(0, neededPace - pace);
	return {
		pace,
		remaining,
		workdaysLeft,
		willMiss,
		neededPace,
		extraPerTeamWeek: teams > 0 ? (extra * WORKDAYS_A_WEEK) / teams : extra * WORKDAYS_A_WEEK,
		throughOn: pace > 0 && remaining > 0 ? dayOfWork(today, Math.ceil(remaining / pace)) : null,
		burnDown: burnDown(fromOn, until, total, firstVisits),
	};
}

/** The first day of the last `count` working days up to `until`, not before the round. */
function paceBegin(fromOn: string, until: string, count: number): string {
	let day = until;
	for (let left = count - (isWorkday(until) ? 1 : 0); left > 0 && day > fromOn;) {
		day = dayAfter(day, -1);
		if (isWorkday(day)) left--;
	}
	return day < fromOn ? fromOn : day;
}

function dayOfWork(today: string, workdays: number): string {
	let day = today;
	for (let left = Math.min(workdays, 2000); left > 0;) {
		day = dayAfter(day, 1);
		if (isWorkday(day)) left--;
	}
	return day;
}

function burnDown(fromOn: string, until: string, total: number, firstVisits: readonly string[]) {
	const perDay = new Map<string, number>();
	for (const on of firstVisits) perDay.set(on, (perDay.get(on) ?? 0) + 1);
	let left = total;
	return Array.from({ length: Math.max(0, daysBetween(fromOn, until) + 1) }, (_, index) => {
		const on = dayAfter(fromOn, index);
		left = Math.max(0, left - (perDay.get(on) ?? 0));
		return { on, left };
	});
}
