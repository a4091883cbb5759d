import { EmergencyWish } from '#lib/contract/patrol.ts';
import { insertEmergency } from '#lib/server/commands/insert-emergency.ts';
import { answerOf } from '#lib/server/http/command-answer.ts';
import { jsonBody } from '#lib/server/http/read-body.ts';
import { uuidParam } from '#lib/server/http/uuid.ts';
import type { RequestHandler } from './$types';

/** Puts an emergency visit in, or says what it would change. */
export const POST: RequestHandler = async ({ params, request, locals, getClientAddress }) => {
	const wish = await jsonBody(request, EmergencyWish);
	const caller = { principal: locals.principal, address: getClientAddress(), now: new Date() };
	const { databases, hub } = locals.runtime;
	return answerOf(await insertEmergency(databases.ingest, caller, uuidParam(params.id, 'plan'), wish), hub);
};
