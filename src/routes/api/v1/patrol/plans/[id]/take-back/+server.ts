import { takeBackPlan } from '#lib/server/commands/take-back-plan.ts';
import { answerOf } from '#lib/server/http/command-answer.ts';
import { uuidParam } from '#lib/server/http/uuid.ts';
import type { RequestHandler } from './$types';

/** Takes an issued plan back, as long as nobody has set out. */
export const POST: RequestHandler = async ({ params, locals, getClientAddress }) => {
	const caller = { principal: locals.principal, address: getClientAddress(), now: new Date() };
	const { databases, hub } = locals.runtime;
	return answerOf(await takeBackPlan(databases.ingest, caller, uuidParam(params.id, 'plan')), hub);
};
