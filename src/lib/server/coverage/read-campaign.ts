// The report of a campaign for whoever asks: of the towns, grids and sites in scope, counted from what was written down
// at its end.

import type { CampaignPaper } from '#lib/contract/coverage.ts';
import type { Scope } from '#lib/domain/access/scope.ts';
import { campaignDetail, sumsOf } from '#lib/domain/coverage/campaign.ts';
import { shanghaiDay } from '#lib/domain/day.ts';
import type { Db } from '../db/connection.ts';
import { closedCampaign } from '../repositories/coverage-round.ts';

/** @returns undefined for rounds that have no report */
export async function readCampaign(db: Db, scope: Scope, id: string): Promise<CampaignPaper | undefined> {
	const closed = await closedCampaign(db, scope, id);
	if (!closed) return undefined;
	const { round, sums, closedAt } = closed;
	const { name, fromOn, toOn, checklist } = round;
	const closedOn = shanghaiDay(closedAt);
	const { sampled, ...all } = sums;
	const head = { id, name, fromOn, toOn, checklist, closedOn };
	if (!closed.sites) return { ...head, sampled, sums: all, sites: null, detail: null };
	const { sites, ...counted } = sumsOf(closed.sites);
	return {
		...head,
		sampled: closed.isWhole ? sampled : null,
		sums: counted,
		sites,
		detail: campaignDetail(closed.sites, closedOn),
	};
}
