// What people have decided stands while a search goes on: a stop that is held stays with its team and is made; a visit
// that was taken out by hand does not come back.

import type { Draft } from './evaluate.ts';
import type { Problem } from './problem.ts';

export interface Held {
	/** Visits that stay with the team that has them. One that is in no team is not held. */
	stay: readonly string[];
	/** Visits that stay out. One that another has to follow cannot be left out of the problem. */
	out?: readonly string[];
}

export function holdBack(problem: Problem, drafts: readonly Draft[], { stay, out = [] }: Held): Problem {
	const teamOf = new Map(drafts.flatMap(({ team, visits }) => visits.map((visit) => [visit, team] as const)));
	const followed = new Set(problem.visits.flatMap(({ after }) => after ?? []));
	return {
		...problem,
		visits: problem.visits
			.filter(({ id }) => teamOf.has(id) || followed.has(id) || !out.includes(id))
			.map((visit) => {
				const team = stay.includes(visit.id) ? teamOf.get(visit.id) : undefined;
				return team ? { ...visit, team, must: true } : visit;
			}),
	};
}
