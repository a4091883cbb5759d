import { issuePlan } from '#lib/server/commands/issue-plan.ts';
import { answerOf } from '#lib/server/http/command-answer.ts';
import { uuidParam } from '#lib/server/http/uuid.ts';
import type { RequestHandler } from './$types';

/** Issues a plan: from now on it is driven. */
export const POST: RequestHandler = async ({ params, locals, getClientAddress }) => {
	const caller = { principal: locals.principal, address: getClientAddress(), now: new Date() };
	const { databases, hub } = locals.runtime;
	return answerOf(await issuePlan(databases.ingest, caller, uuidParam(params.id, 'plan')), hub);
};
