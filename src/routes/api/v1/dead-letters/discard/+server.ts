import { LetterChoice } from '#lib/contract/devices.ts';
import { discardDeadLetters } from '#lib/server/commands/discard-dead-letters.ts';
import { Fault } from '#lib/server/errors.ts';
import { jsonBody } from '#lib/server/http/read-body.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async ({ request, locals, getClientAddress }) => {
	const choice = await jsonBody(request, LetterChoice);
	const caller = { principal: locals.principal, address: getClientAddress(), now: new Date() };
	const result = await discardDeadLetters(locals.runtime.databases.ingest, caller, choice);
	if (!result.ok) throw new Fault('forbidden', 'dead letters', '没有权限 · You may not discard dead letters.');
	return Response.json({ discarded: result.discarded });
};
