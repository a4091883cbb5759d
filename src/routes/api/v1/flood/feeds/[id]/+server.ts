import { FeedEdit } from '#lib/contract/flood-source.ts';
import { editFeed } from '#lib/server/commands/edit-feed.ts';
import { callerOf, idOf, refusal } from '#lib/server/http/caller.ts';
import { jsonBody } from '#lib/server/http/read-body.ts';
import type { RequestHandler } from './$types';

export const PUT: RequestHandler = async (event) => {
	const { runtime } = event.locals;
	const id = idOf(event.params.id, 'feed');
	const feed = await jsonBody(event.request, FeedEdit);
	const result = await editFeed(runtime.databases.ingest, runtime.outbound, callerOf(event), id, feed);
	if (!result.ok) throw refusal(result.reason, `feed ${id}`);
	return Response.json({ id });
};

export const DELETE: RequestHandler = async (event) => {
	const { runtime } = event.locals;
	const id = idOf(event.params.id, 'feed');
	const result = await editFeed(runtime.databases.ingest, runtime.outbound, callerOf(event), id, null);
	if (!result.ok) throw refusal(result.reason, `feed ${id}`);
	return Response.json({ id });
};

/** Asks the feed now; the answer says what came of it. */
export const POST: RequestHandler = async ({ locals: { runtime }, params }) => {
	const id = idOf(params.id, 'feed');
	const polled = await runtime.feeds.ask(id);
	if (!polled.ok && 'reason' in polled) throw refusal(polled.reason, `feed ${id}`);
	return Response.json(polled.ok ? { heard: polled.heard } : { fault: polled.fault });
};
