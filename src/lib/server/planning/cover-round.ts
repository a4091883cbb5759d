// What is still to be seen in a round so that it is done by its last day.

import type { LedgerRound } from '#lib/contract/coverage.ts';
import type { LedgerFacts } from '../coverage/read-ledger.ts';

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
