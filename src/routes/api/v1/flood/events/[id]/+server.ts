import { CloseEvent } from '#lib/contract/flood-entry.ts';
import { closeFloodEvent } from '#lib/server/commands/close-flood-event.ts';
import { readBook } from '#lib/server/flood/read-book.ts';
import { callerOf, idOf, refusal } from '#lib/server/http/caller.ts';
import { jsonBody } from '#lib/server/http/read-body.ts';
import type { RequestHandler } from './$types';

/** The book of an event: timeline, review, lessons. */
export const GET: RequestHandler = async ({ locals: { scopedDb, scope }, params }) => {
	const id = idOf(params.id, 'flood event');
	const book = await readBook(scopedDb, scope, id, new Date());
	if (!book) throw refusal('not-found', `flood event ${id}`);
	return Response.json(book);
};

/** Closes the event, with what was learnt. */
export const POST: RequestHandler = async (event) => {
	const { runtime } = event.locals;
	const id = idOf(event.params.id, 'flood event');
	const { lessons } = await jsonBody(event.request, CloseEvent);
	const result = await closeFloodEvent(runtime.databases.ingest, callerOf(event), id, lessons);
	if (!result.ok) throw refusal(result.reason, `flood event ${id}`);
	runtime.live.feed.announce(result.events);
	return Response.json({ id });
};
