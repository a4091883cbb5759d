import { endResponseLevel } from '#lib/server/commands/direct-response.ts';
import { callerOf, idOf, refusal } from '#lib/server/http/caller.ts';
import type { RequestHandler } from './$types';

/** Ends a response level. */
export const DELETE: RequestHandler = async (event) => {
	const { runtime } = event.locals;
	const id = idOf(event.params.id, 'response');
	const result = await endResponseLevel(runtime.databases.ingest, callerOf(event), id);
	if (!result.ok) throw refusal(result.reason, `response ${id}`);
	runtime.live.feed.announce(result.events);
	return Response.json({ id });
};
