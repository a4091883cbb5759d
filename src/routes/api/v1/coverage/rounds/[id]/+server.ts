import { closeCampaign } from '#lib/server/commands/close-campaign.ts';
import { answerOf } from '#lib/server/http/command-answer.ts';
import { uuidParam } from '#lib/server/http/uuid.ts';
import type { RequestHandler } from './$types';

/** Ends a campaign; answers with its report. */
export const POST: RequestHandler = async ({ params, locals, getClientAddress }) => {
	const caller = { principal: locals.principal, address: getClientAddress(), now: new Date() };
	const id = uuidParam(params.id, 'round');
	return answerOf(await closeCampaign(locals.runtime.databases.ingest, caller, id), locals.runtime.hub);
};
