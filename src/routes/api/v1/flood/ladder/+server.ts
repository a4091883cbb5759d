import { LadderChange } from '#lib/contract/flood-entry.ts';
import { editLadder, SUBJECT } from '#lib/server/commands/edit-ladder.ts';
import { callerOf, refusal } from '#lib/server/http/caller.ts';
import { jsonBody } from '#lib/server/http/read-body.ts';
import { ladderHistory, ladderOrTemplate } from '#lib/server/repositories/flood-ladder.ts';
import type { RequestHandler } from './$types';

/** The bureau's ladder with its newest changes. */
export const GET: RequestHandler = async ({ locals: { db, runtime } }) => {
	const bureau = runtime.config.DISTRICT;
	return Response.json({
		lines: await ladderOrTemplate(db, bureau),
		history: await ladderHistory(db, SUBJECT, bureau),
	});
};

export const POST: RequestHandler = async (event) => {
	const { runtime } = event.locals;
	const change = await jsonBody(event.request, LadderChange);
	const bureau = runtime.config.DISTRICT;
	const result = await editLadder(runtime.databases.ingest, callerOf(event), bureau, change);
	if (!result.ok) throw refusal(result.reason, 'ladder');
	runtime.live.feed.announce(result.events);
	return Response.json({ lineId: result.lineId });
};
