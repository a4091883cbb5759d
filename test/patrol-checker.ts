// Checks a plan against its problem by nothing but the plan's own times, sharing no code with the solver.

import type { Plan, Problem } from '#lib/domain/patrol/problem.ts';

const SLACK = 1e-6;

/** @returns every hard rule that a plan breaks, in words */
export function faultsOf(problem: Problem, plan: Plan): string[] {
	const faults: string[] = [];
	const say = (text: string) => void faults.push(text);
	const left = new Map<string, number>();
	const made = new Set<string>();
	for (const route of plan.routes) for (const stop of route.stops) left.set(stop.visit, stop.leave);

	for (const route of plan.routes) {
		const team = problem.teams.find(({ id }) => id === route.team);
		if (!team) {
			say(`unknown team ${route.team}`);
			continue;
		}
		let place = team.from;
		let ready = team.shift[0];
		let load = 0;
		const rests = route.breaks ?? [];
		const isResting = (from: number, to: number) =>
			rests.some(({ start, end }) => from < end - SLACK && to > start + SLACK);
		for (const stop of route.stops) {
			const visit = problem.visits.find(({ id }) => id === stop.visit)!;
			if (made.has(stop.visit)) say(`${stop.visit} twice`);
			made.add(stop.visit);
			const drive = between(problem, place, visit.place);
			if (stop.arrive - drive < ready - SLACK) say(`${stop.visit} reached too soon`);
			if (isResting(stop.arrive - drive, stop.arrive)) say(`driving to ${stop.visit} while resting`);
			if (stop.start < stop.arrive - SLACK) say(`${stop.visit} begun before arrival`);
			const windows = visit.windows?.length ? visit.windows : [[-Infinity, Infinity]];
			if (!windows.some(([from, to]) => stop.start >= from! - SLACK && stop.start <= to! + SLACK))
				say(`${stop.visit} begun outside its windows`);
			if (Math.abs(stop.leave - stop.start - visit.minutes) > SLACK) say(`${stop.visit} takes the wrong time`);
			if (isResting(stop.start, stop.leave)) say(`working at ${stop.visit} while resting`);
			for (const skill of visit.skills ?? []) if (!team.skills?.includes(skill)) say(`${stop.visit} without ${skill}`);
			if (visit.team && visit.team !== team.id) say(`${stop.visit} by another than ${visit.team}`);
			if (visit.notTeam?.includes(team.id)) say(`${stop.visit} by the banned ${team.id}`);
			if (visit.after && !(stop.start >= (left.get(visit.after) ?? Infinity) - SLACK))
				say(`${stop.visit} before ${visit.after}`);
			load += visit.load ?? 0;
			place = visit.place;
			ready = stop.leave;
		}
		if (load > (team.capacity ?? Infinity) + SLACK) say(`${team.id} takes on ${load}`);
		const home = team.to == null ? 0 : between(problem, place, team.to);
		if (ready + home > team.shift[1] + SLACK) say(`${team.id} home too late`);
		if (route.end < ready + home - SLACK || route.end > team.shift[1] + SLACK) say(`${team.id} ends at ${route.end}`);
		if (route.stops.length) checkBreaks(team.breaks ?? [], rests, team.shift, say);
	}
	for (const { id } of problem.visits)
		if (made.has(id) === plan.left.some(({ visit }) => visit === id)) say(`${id} neither planned nor left out`);
	return faults;
}

function checkBreaks(
	asked: NonNullable<Problem['teams'][number]['breaks']>,
	taken: { start: number; end: number }[],
	shift: [number, number],
	say: (text: string) => void,
): void {
	if (taken.length !== asked.length) return say('a break is missing');
	const byWindow = [...asked].sort((a, b) => a.window[0] - b.window[0]);
	taken.forEach(({ start, end }, i) => {
		const { window, minutes } = byWindow[i]!;
		if (start < window[0] - SLACK || start > window[1] + SLACK) say('a break outside its window');
		if (end - start < minutes - SLACK) say('a break too short');
		if (start < shift[0] - SLACK || end > shift[1] + SLACK) say('a break outside the shift');
	});
}

function between(problem: Problem, from: string, to: string): number {
	const no = (id: string) => problem.places.findIndex((place) => place.id === id);
	return problem.matrix!.minutes![no(from)]![no(to)]!;
}

/** The objective by the words of the format: travel, teams, fairness, prizes lost. */
export function objectiveOf(problem: Problem, plan: Plan): number {
	const { weights = {} } = problem;
	const no = (id: string) => problem.places.findIndex((place) => place.id === id);
	let sum = 0;
	for (const route of plan.routes) {
		const team = problem.teams.find(({ id }) => id === route.team)!;
		if (!route.stops.length) continue;
		const visits = route.stops.map(({ visit }) => problem.visits.find(({ id }) => id === visit)!);
		const places = [team.from, ...visits.map(({ place }) => place), ...(team.to == null ? [] : [team.to])];
		let work = visits.reduce((all, { minutes }) => all + minutes, 0);
		for (let i = 1; i < places.length; i++) {
			const minutes = problem.matrix!.minutes![no(places[i - 1]!)]![no(places[i]!)]!;
			work += minutes;
			sum += (weights.minutes ?? 0) * minutes;
			sum += (weights.km ?? 0) * problem.matrix!.km![no(places[i - 1]!)]![no(places[i]!)]!;
		}
		sum += (weights.team ?? 0) + (team.fixedCost ?? 0);
		sum += ((weights.fairness ?? 0) * work * work) / Math.max(1, team.shift[1] - team.shift[0]);
	}
	for (const { visit } of plan.left) {
		const asked = problem.visits.find(({ id }) => id === visit)!;
		if (asked.must === false) sum += asked.prize ?? 0;
	}
	return sum;
}
