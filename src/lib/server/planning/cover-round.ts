// What is still to be seen in a round so that it is done by its last day, and how many teams that takes.

import { monthShape, planningRules } from '#db/rules/planning.ts';
import type { LedgerRound } from '#lib/contract/coverage.ts';
import { monthDays } from '#lib/domain/planning/month.ts';
import { serviceMinutes, type Candidate } from '#lib/domain/planning/plan-problem.ts';
import type { LedgerFacts } from '../coverage/ledger-facts.ts';

export interface Cover {
	toOn: string;
	siteIds: string[];
}

/**
 * Every site without a visit in the round. The pace says how many will be missed, not which: so all that are open are
 * owed one.
 *
 * @returns undefined for a round that is not running on `on`, or that is not about visiting every site
 */
export function coverOf(
	{ rounds, facts }: { rounds: readonly LedgerRound[]; facts: Pick<LedgerFacts, 'sites' | 'visits'> },
	roundId: string,
	on: string,
): Cover | undefined {
	const round = rounds.find(({ id }) => id === roundId);
	if (!round || round.fromOn > on || round.toOn < on) return undefined;
	if (round.kind !== 'fullCoverage' && round.kind !== 'twoMonthly') return undefined;
	const seen = new Set(
		facts.visits.filter((visit) => visit.on >= round.fromOn && visit.on <= round.toOn).map(({ siteId }) => siteId),
	);
	return { toOn: round.toOn, siteIds: facts.sites.filter(({ id }) => !seen.has(id)).map(({ id }) => id) };
}

/**
 * The fewest teams that see all of it within the month: a round is spread over its days, not thrown at its first ones by
 * everybody there is.
 *
 * @param asked - sites that are owed a visit
 * @param on - first day
 */
export function teamsFor(asked: readonly Candidate[], { toOn }: Pick<Cover, 'toOn'>, on: string): number {
	const days = monthDays(on, monthShape.days.value).filter((day) => day.on <= toOn).length;
	const minutes = asked.reduce((sum, one) => sum + serviceMinutes(one, planningRules), 0);
	return Math.max(1, Math.ceil(minutes / (Math.max(1, days) * planningRules.capacity.value * monthShape.fill.value)));
}
