// One visit to another place in the order, to another team, or out of the plan.

import { evaluate, type Draft } from '#lib/domain/patrol/evaluate.ts';
import type { Model } from '#lib/domain/patrol/model.ts';

/** @param index - place among the team's other stops; beyond the end: last */
export function moveVisit(drafts: readonly Draft[], key: string, team: string, index: number): Draft[] {
	const rest = withoutVisit(drafts, key);
	const own = rest.find((draft) => draft.team === team) ?? { team, visits: [] };
	const visits = own.visits.toSpliced(Math.max(0, Math.min(index, own.visits.length)), 0, key);
	return [...rest.filter((draft) => draft.team !== team), { team, visits }].sort((a, b) =>
		a.team.localeCompare(b.team, 'en', { numeric: true }),
	);
}

export function withoutVisit(drafts: readonly Draft[], key: string): Draft[] {
	return drafts.map(({ team, visits }) => ({ team, visits: visits.filter((one) => one !== key) }));
}

/** Place in a team's day where a visit breaks the least, and of those where the day becomes cheapest. */
export function bestPlace(model: Model, drafts: readonly Draft[], key: string, team: string): number {
	const length = drafts.find((one) => one.team === team)?.visits.length ?? 0;
	const places = Array.from({ length: length + 1 }, (_, index) => {
		const { broken, objective } = evaluate(model, moveVisit(drafts, key, team, index));
		return { index, broken: broken.length, objective };
	});
	return places.reduce((a, b) => (b.broken < a.broken || (b.broken === a.broken && b.objective < a.objective) ? b : a))
		.index;
}
