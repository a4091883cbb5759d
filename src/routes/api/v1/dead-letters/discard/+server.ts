import { DiscardWish } from '#lib/contract/devices.ts';
import { discardDeadLetters, restoreDeadLetters } from '#lib/server/commands/discard-dead-letters.ts';
import { Fault } from '#lib/server/errors.ts';
import { jsonBody } from '#lib/server/http/read-body.ts';
import type { RequestHandler } from './$types';

/** Puts letters away, or takes that back. */
export const POST: RequestHandler = async ({ request, locals, getClientAddress }) => {
	const { isBack, ...choice } = await jsonBody(request, DiscardWish);
	const caller = { principal: locals.principal, address: getClientAddress(), now: new Date() };
	const db = locals.runtime.databases.ingest;
	const result = isBack
		? await restoreDeadLetters(db, caller, choice.ids ?? [])
		: await discardDeadLetters(db, caller, choice);
	if (!result.ok) throw new Fault('forbidden', 'dead letters', '没有权限 · You may not discard dead letters.');
	return Response.json('restored' in result ? { restored: result.restored } : { discarded: result.discarded });
};
