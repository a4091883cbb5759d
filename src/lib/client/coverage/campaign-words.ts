// The report of a campaign in words.

import type { CampaignPaper } from '#lib/contract/coverage.ts';
import type { CampaignStop, OpenMajor } from '#lib/domain/coverage/campaign.ts';
import { m } from '../words/generated/messages.js';

/** What it came to, each with its name. */
export function campaignSums({ sampled, sums }: CampaignPaper): (readonly [name: string, value: number])[] {
	return [
		...(sampled === null ? [] : [[m.campaign_quota(), sampled] as const]),
		[m.campaign_visited(), sums.visited],
		[m.campaign_findings(), sums.findings],
		[m.campaign_majors(), sums.majors],
		[m.campaign_closed(), sums.closed],
		[m.campaign_stops(), sums.stopWork],
	];
}

export function majorState({ rectifiedOn, overdueDays }: OpenMajor): string {
	if (rectifiedOn) return m.campaign_rectified();
	return overdueDays > 0 ? m.campaign_overdue({ n: overdueDays }) : m.campaign_rectifying();
}

/** Without an order on record nobody knows whether it was lifted. */
export function liftedWord({ reason, liftedOn }: CampaignStop): string {
	return reason === null ? m.ui_notRecorded() : (liftedOn ?? m.campaign_notLifted());
}
