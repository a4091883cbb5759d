import { RestoreWish } from '#lib/contract/devices.ts';
import { restoreDeadLetters } from '#lib/server/commands/discard-dead-letters.ts';
import { Fault } from '#lib/server/errors.ts';
import { callerOf } from '#lib/server/http/caller.ts';
import { jsonBody } from '#lib/server/http/read-body.ts';
import type { RequestHandler } from './$types';

/** Takes back that letters were put away: they wait again. */
export const POST: RequestHandler = async (event) => {
	const { ids } = await jsonBody(event.request, RestoreWish);
	const result = await restoreDeadLetters(event.locals.runtime.databases.ingest, callerOf(event), ids);
	if (!result.ok) throw new Fault('forbidden', 'dead letters', '没有权限 · You may not restore dead letters.');
	return Response.json({ restored: result.restored });
};
