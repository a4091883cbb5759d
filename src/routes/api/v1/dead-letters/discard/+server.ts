import { LetterChoice } from '#lib/contract/devices.ts';
import { discardDeadLetters } from '#lib/server/commands/discard-dead-letters.ts';
import { Fault } from '#lib/server/errors.ts';
import { callerOf } from '#lib/server/http/caller.ts';
import { jsonBody } from '#lib/server/http/read-body.ts';
import type { RequestHandler } from './$types';

/** Puts letters away. */
export const POST: RequestHandler = async (event) => {
	const choice = await jsonBody(event.request, LetterChoice);
	const result = await discardDeadLetters(event.locals.runtime.databases.ingest, callerOf(event), choice);
	if (!result.ok) throw new Fault('forbidden', 'dead letters', '没有权限 · You may not discard dead letters.');
	return Response.json({ discarded: result.discarded });
};
