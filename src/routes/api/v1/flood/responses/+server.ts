import { DeclareResponse } from '#lib/contract/flood-entry.ts';
import { declareResponse } from '#lib/server/commands/direct-response.ts';
import { callerOf, refusal } from '#lib/server/http/caller.ts';
import { jsonBody } from '#lib/server/http/read-body.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) => {
	const { runtime } = event.locals;
	const wish = await jsonBody(event.request, DeclareResponse);
	const result = await declareResponse(runtime.databases.ingest, callerOf(event), wish);
	if (!result.ok) throw refusal(result.reason, 'response');
	runtime.live.feed.announce(result.events);
	return Response.json({ id: result.id }, { status: 201 });
};
