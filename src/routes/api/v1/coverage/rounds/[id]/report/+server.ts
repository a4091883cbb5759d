import { campaignPaper } from '#lib/server/coverage/campaign-paper.ts';
import { readCampaign } from '#lib/server/coverage/read-campaign.ts';
import { refusalFault } from '#lib/server/http/command-answer.ts';
import { uuidParam } from '#lib/server/http/uuid.ts';
import { downloadOf } from '#lib/server/paper/download.ts';
import type { RequestHandler } from './$types';

/** The report of a campaign that has ended: JSON, or `?format=docx`. */
export const GET: RequestHandler = async ({ params, url, locals: { scopedDb, scope, runtime } }) => {
	const report = await readCampaign(scopedDb, scope, uuidParam(params.id, 'round'));
	if (!report) throw refusalFault({ reason: 'not-found' });
	if (url.searchParams.get('format') !== 'docx') return Response.json(report);
	return downloadOf(campaignPaper(report, runtime.config.DISTRICT_NAME), 'docx');
};
