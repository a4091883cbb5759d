// A whole month as one problem: every team of every working day is a team of its own, and the clock runs on through the
// month. A visit that is due on a day has a window that closes with that day.

import type { Due, TermKey } from '../coverage/due.ts';
import { dayAfter, isWorkday, minutesOfDay, shanghaiDay } from '../day.ts';
import type { Problem, Visit } from '../patrol/problem.ts';
import type { PlanTeam } from './team.ts';
import { TEMPLATE, type Template } from './template.ts';

/** Minutes between the same moments of two days. */
const DAY_MIN = 1440;

export interface MonthDay {
	on: string;
	/** Minutes after the start of the first day at which this one begins. */
	from: number;
}

/** Working days from `on`, so many. */
export function monthDays(on: string, count: number): MonthDay[] {
	const days: MonthDay[] = [];
	for (let day = on; days.length < count; day = dayAfter(day, 1))
		if (isWorkday(day)) days.push({ on: day, from: days.length * DAY_MIN });
	return days;
}

/** The day a month begins that is planned now: today only until people set out, unless there is no other day. */
export function firstDay(now: Date, lastOn: string): string {
	const today = shanghaiDay(now);
	const tomorrow = dayAfter(today, 1);
	return minutesOfDay(now) < TEMPLATE.month.shift[0] || tomorrow > lastOn ? today : tomorrow;
}

/** `3/t2`: team t2 on the third day. */
export const monthTeam = (day: number, team: string) => `${day + 1}/${team}`;

/**
 * Stretches a day's problem over the month.
 *
 * @param dueOn - day by which a visit has to be made; undefined: any day of the month
 * @param quietUntil - day before which nobody is to disturb; undefined: any day
 */
export function monthProblem(
	day: Problem,
	days: readonly MonthDay[],
	teams: readonly PlanTeam[],
	{ shift, breaks, windows }: Template,
	dueOn: (visit: string) => string | undefined,
	quietUntil: (visit: string) => string | undefined = () => undefined,
): Problem {
	const opens = windows[0]?.[0] ?? shift[0];
	const closes = windows.at(-1)?.[1] ?? shift[1];
	return {
		...day,
		teams: days.flatMap(({ from }, index) =>
			teams.map((team) => ({
				...day.teams.find(({ id }) => id === team.id)!,
				id: monthTeam(index, team.id),
				shift: [from + shift[0], from + shift[1]] as [number, number],
				breaks: breaks.map(({ window, minutes }) => ({
					window: [from + window[0], from + window[1]] as [number, number],
					minutes,
				})),
			})),
		),
		visits: day.visits.map((visit): Visit => {
			const due = dueOn(visit.id);
			const last = days.findLastIndex(({ on }) => due === undefined || on <= due);
			const quiet = quietUntil(visit.id);
			const first = quiet === undefined ? 0 : days.findIndex(({ on }) => on >= quiet);
			// What is overdue already, or due before the first day it may be seen, has the rest of the month: it is late
			// either way.
			const to = (last < first ? days.length - 1 : last) * DAY_MIN + closes;
			const barred = visit.notTeam?.flatMap((team) => days.map((_, index) => monthTeam(index, team)));
			return { ...visit, windows: [[first * DAY_MIN + opens, to]], ...(barred ? { notTeam: barred } : {}) };
		}),
	};
}

const RISK: readonly TermKey[] = ['major', 'danger', 'rectify', 'lookBack'];

/**
 * By when a visit has to be made so that a round is done in time: the round's last day, or earlier where risk demands it
 * and the day is still to come. An interval alone does not: were too many due in one week, some would be left out for it,
 * and the round would miss them.
 */
export function dueWithin({ dueOn, decidedBy }: Pick<Due, 'dueOn' | 'decidedBy'>, on: string, toOn: string): string {
	return RISK.includes(decidedBy) && dueOn > on && dueOn < toOn ? dueOn : toOn;
}
