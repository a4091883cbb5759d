// How a finding or an order of a campaign stands, in words.

import type { CampaignStop, OpenMajor } from '#lib/domain/coverage/campaign.ts';
import { m } from '../words/generated/messages.js';

export function majorState({ rectifiedOn, overdueDays }: OpenMajor): string {
	if (rectifiedOn) return m.campaign_rectified();
	return overdueDays > 0 ? m.campaign_overdue({ n: overdueDays }) : m.campaign_rectifying();
}

/** Without an order on record nobody knows whether it was lifted. */
export function liftedWord({ reason, liftedOn }: CampaignStop): string {
	return reason === null ? m.ui_notRecorded() : (liftedOn ?? m.campaign_notLifted());
}
