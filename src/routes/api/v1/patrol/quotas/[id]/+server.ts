import { endQuota } from '#lib/server/commands/set-quota.ts';
import { callerOf, idOf, refusal } from '#lib/server/http/caller.ts';
import type { RequestHandler } from './$types';

/** Ends a quota; it stays on record. */
export const DELETE: RequestHandler = async (event) => {
	const id = idOf(event.params.id, 'quota');
	const result = await endQuota(event.locals.runtime.databases.ingest, callerOf(event), id);
	if (!result.ok) throw refusal(result.reason, `quota ${id}`);
	return Response.json({ id });
};
