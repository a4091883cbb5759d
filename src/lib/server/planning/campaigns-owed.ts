// Which campaigns still ask for visits on a day, how many, and whom they have seen already.

import type { PlanWish } from '#lib/contract/patrol.ts';
import type { LedgerRound } from '#lib/contract/coverage.ts';
import type { readLedger } from '../coverage/read-ledger.ts';

export interface CampaignOwed {
	round: LedgerRound;
	/** Sites of the sample that nobody has been to in the campaign. */
	owes: number;
	/** Sites that were visited in it, whatever for: one visit serves all of them (综合查一次). */
	seen: ReadonlySet<string>;
}

/** @returns those that run on the day, or the one that is asked for, as long as they are neither closed nor complete */
export function campaignsOwed(
	{ rounds, facts }: Pick<Awaited<ReturnType<typeof readLedger>>, 'rounds' | 'facts'>,
	{ on, roundId }: Pick<PlanWish, 'on' | 'roundId'>,
): CampaignOwed[] {
	return rounds.flatMap((round): CampaignOwed[] => {
		const { id, kind, fromOn, toOn, report } = round;
		if (kind !== 'campaign' || report || fromOn > on || toOn < on || (roundId && id !== roundId)) return [];
		const within = facts.visits.filter((visit) => visit.on >= fromOn && visit.on <= toOn);
		const owes = round.forecast?.remaining ?? round.quota ?? round.axes.sites.total;
		return owes > 0 ? [{ round, owes, seen: new Set(within.map(({ siteId }) => siteId)) }] : [];
	});
}
