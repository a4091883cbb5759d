// Two plans side by side: which stops only one of them makes, and which another team makes.

import type { Draft } from '#lib/domain/patrol/evaluate.ts';

export interface PlanDifference {
	/** Keys of visits. */
	added: string[];
	left: string[];
	otherTeam: string[];
}

export function comparePlans(now: readonly Draft[], other: readonly Draft[]): PlanDifference {
	const teamIn = (drafts: readonly Draft[]) =>
		new Map(drafts.flatMap(({ team, visits }) => visits.map((key) => [key, team] as const)));
	const [here, there] = [teamIn(now), teamIn(other)];
	return {
		added: [...here.keys()].filter((key) => !there.has(key)),
		left: [...there.keys()].filter((key) => !here.has(key)),
		otherTeam: [...here].filter(([key, team]) => there.has(key) && there.get(key) !== team).map(([key]) => key),
	};
}
