// A plan as people have put it together: its times, what it costs, and every rule it breaks. Answers for impossible
// plans too, so that a stop can be dragged anywhere and the screen says at once what that means.

import type { Sentence } from '../import/sentence.ts';
import { brokenSentence } from './broken-sentence.ts';
import type { Model } from './model.ts';
import type { Plan, Route } from './problem.ts';
import { ROUNDING } from './rounding.ts';
import { ordersBroken, timeDays, type Day } from './time-days.ts';
import type { TimedDay } from './time-route.ts';

/** Who visits what in which order; ids as in the problem. */
export interface Draft {
	team: string;
	visits: readonly string[];
}

export type BrokenRule =
	| { rule: 'window'; team: string; visit: string; minutes: number }
	| { rule: 'shift'; team: string; minutes: number }
	| { rule: 'break'; team: string; minutes: number }
	| { rule: 'capacity'; team: string; above: number }
	| { rule: 'skill'; team: string; visit: string; skill: string }
	| { rule: 'team'; team: string; visit: string; allowed: string | null }
	| { rule: 'after'; team: string; visit: string; other: string }
	| { rule: 'must'; visit: string }
	| { rule: 'twice'; team: string; visit: string }
	| { rule: 'unknown'; name: string };

export interface Evaluation {
	routes: Route[];
	/** Visits that no route makes. */
	left: string[];
	/** As the problem defines it; a `must` left out is not priced but broken. */
	objective: number;
	minutes: number;
	km: number;
	teams: number;
	prizesLost: number;
	fairness: number;
	broken: (BrokenRule & { sentence: Sentence })[];
}

/** @param drafts - one per team at most; teams that are missing stay at home */
export function evaluate(model: Model, drafts: readonly Draft[]): Evaluation {
	const broken: BrokenRule[] = [];
	const days: Day[] = [];
	const planned = new Set<number>();
	for (const draft of drafts) {
		const team = model.teamNo.get(draft.team);
		if (team === undefined) broken.push({ rule: 'unknown', name: draft.team });
		else days.push({ team, visits: known(model, draft, planned, broken) });
	}
	const timed = timeDays(model, days);
	days.forEach(({ team, visits }, i) => broken.push(...brokenByTeam(model, team, visits, timed[i]!)));
	const { teams, visits: all } = model.problem;
	for (const { team, visit, before } of ordersBroken(model, days, timed))
		broken.push({ rule: 'after', team: teams[team]!.id, visit: all[visit]!.id, other: all[before]!.id });

	const left: string[] = [];
	let prizesLost = 0;
	for (const [no, visit] of model.problem.visits.entries()) {
		if (planned.has(no)) continue;
		left.push(visit.id);
		if (model.must[no]) broken.push({ rule: 'must', visit: visit.id });
		else prizesLost += visit.prize ?? 0;
	}
	return {
		routes: days.map(({ team, visits }, i) => routeOf(model, team, visits, timed[i]!)),
		left,
		...sums(model, days, timed, prizesLost),
		prizesLost,
		broken: broken.map((rule) => ({ ...rule, sentence: brokenSentence(rule) })),
	};
}

/** The order in a plan, to go on from. */
export function draftsOf(plan: Pick<Plan, 'routes'>): Draft[] {
	return plan.routes.map(({ team, stops }) => ({ team, visits: stops.map(({ visit }) => visit) }));
}

function known(model: Model, draft: Draft, planned: Set<number>, broken: BrokenRule[]): number[] {
	const visits: number[] = [];
	for (const id of draft.visits) {
		const visit = model.visitNo.get(id);
		if (visit === undefined) broken.push({ rule: 'unknown', name: id });
		else {
			if (planned.has(visit)) broken.push({ rule: 'twice', team: draft.team, visit: id });
			planned.add(visit);
			visits.push(visit);
		}
	}
	return visits;
}

function brokenByTeam(model: Model, team: number, visits: number[], day: TimedDay): BrokenRule[] {
	const broken: BrokenRule[] = [];
	const { id, skills } = model.problem.teams[team]!;
	visits.forEach((no, at) => {
		const visit = model.problem.visits[no]!;
		if (day.late[at]! > ROUNDING) broken.push({ rule: 'window', team: id, visit: visit.id, minutes: day.late[at]! });
		for (const skill of visit.skills ?? [])
			if (!skills?.includes(skill)) broken.push({ rule: 'skill', team: id, visit: visit.id, skill });
		if ((visit.team && visit.team !== id) || visit.notTeam?.includes(id))
			broken.push({ rule: 'team', team: id, visit: visit.id, allowed: visit.team ?? null });
	});
	for (const { late } of day.breaks) if (late > 0) broken.push({ rule: 'break', team: id, minutes: late });
	if (day.over > 0) broken.push({ rule: 'shift', team: id, minutes: day.over });
	const above = day.load - model.capacity[team]!;
	if (above > ROUNDING) broken.push({ rule: 'capacity', team: id, above });
	return broken;
}

function routeOf(model: Model, team: number, visits: number[], day: TimedDay): Route {
	return {
		team: model.problem.teams[team]!.id,
		stops: visits.map((visit, at) => ({
			visit: model.problem.visits[visit]!.id,
			arrive: day.arrive[at]!,
			start: day.start[at]!,
			leave: day.leave[at]!,
		})),
		minutes: day.minutes,
		km: day.km,
		...(day.breaks.length ? { breaks: day.breaks.map(({ start, end }) => ({ start, end })) } : {}),
		end: day.end,
	};
}

function sums(model: Model, days: Day[], timed: TimedDay[], prizesLost: number) {
	const { weights } = model.problem;
	let minutes = 0;
	let km = 0;
	let teams = 0;
	let teamCost = 0;
	let fairness = 0;
	days.forEach(({ team, visits }, i) => {
		if (visits.length === 0) return;
		minutes += timed[i]!.minutes;
		km += timed[i]!.km;
		teams++;
		teamCost += model.teamCost[team]!;
		fairness += model.fairness[team]! * timed[i]!.work ** 2;
	});
	const travel = (weights?.minutes ?? 0) * minutes + (weights?.km ?? 0) * km;
	return { objective: travel + teamCost + fairness + prizesLost, minutes, km, teams, fairness };
}
