import { readCampaign } from '#lib/server/coverage/read-campaign.ts';
import { refusalFault } from '#lib/server/http/command-answer.ts';
import { namedTowns } from '#lib/server/repositories/area-list.ts';
import { uuidParam } from '#lib/server/http/uuid.ts';
import type { PageServerLoad } from './$types';

/** The report of a campaign on paper. */
export const load: PageServerLoad = async ({ params, locals: { scopedDb, scope, runtime } }) => {
	const report = await readCampaign(scopedDb, scope, uuidParam(params.roundId, 'round'));
	if (!report) throw refusalFault({ reason: 'not-found' });
	const { DISTRICT_NAME: zh, DISTRICT_NAME_EN: en } = runtime.config;
	return { report, bureau: { zh, en }, towns: await namedTowns(scopedDb) };
};
