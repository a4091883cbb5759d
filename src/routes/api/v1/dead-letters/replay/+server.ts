import { LetterChoice } from '#lib/contract/devices.ts';
import { replayDeadLetters } from '#lib/server/commands/replay-dead-letters.ts';
import { Fault } from '#lib/server/errors.ts';
import { jsonBody } from '#lib/server/http/read-body.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async ({ request, locals, getClientAddress }) => {
	const choice = await jsonBody(request, LetterChoice);
	const { databases, ingest, waysIn } = locals.runtime;
	const caller = { principal: locals.principal, address: getClientAddress(), now: new Date() };
	const result = await replayDeadLetters(databases.ingest, { ingest, ...waysIn }, caller, choice);
	if (!result.ok) throw new Fault('forbidden', 'dead letters', '没有权限重放 · You may not replay dead letters.');
	return Response.json({ replayed: result.replayed, failed: result.failed });
};
