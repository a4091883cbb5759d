// What one visit serves at once counts when the visit is made: what is left out has spared nobody anything.

import type { Draft } from '#lib/domain/patrol/evaluate.ts';
import type { PlanVisit } from '#lib/domain/planning/plan-problem.ts';

/** Visits that the stops of a plan save by doing two things in one (综合查一次). */
export function visitsSaved(drafts: readonly Draft[], visitOf: ReadonlyMap<string, Pick<PlanVisit, 'merged'>>): number {
	return drafts.flatMap(({ visits }) => visits).reduce((sum, key) => sum + (visitOf.get(key)?.merged.length ?? 0), 0);
}
