import { readCampaign } from '#lib/server/coverage/read-campaign.ts';
import { refusalFault } from '#lib/server/http/command-answer.ts';
import { uuidParam } from '#lib/server/http/uuid.ts';
import type { PageServerLoad } from './$types';

/** The report of a campaign on paper. */
export const load: PageServerLoad = async ({ params, locals: { scopedDb, scope, runtime } }) => {
	const report = await readCampaign(scopedDb, scope, uuidParam(params.roundId, 'round'));
	if (!report) throw refusalFault({ reason: 'not-found' });
	return { report, bureau: runtime.config.DISTRICT_NAME };
};
