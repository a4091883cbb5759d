import { DrawWish } from '#lib/contract/patrol.ts';
import { commitDraw } from '#lib/server/commands/commit-draw.ts';
import { answerOf } from '#lib/server/http/command-answer.ts';
import { jsonBody } from '#lib/server/http/read-body.ts';
import { drawnNames, drawView, newestDraws } from '#lib/server/repositories/patrol-draw.ts';
import type { RequestHandler } from './$types';

/** Draws, newest first, abandoned ones included. */
export const GET: RequestHandler = async ({ locals: { scopedDb, scope } }) => {
	const draws = await newestDraws(scopedDb, scope, 50);
	const names = await drawnNames(scopedDb, draws);
	const now = new Date();
	return Response.json({ draws: draws.map((draw) => drawView(draw, now, names)) });
};

/** Commits a draw: fixes who may be drawn and publishes the hash of the seed. */
export const POST: RequestHandler = async ({ request, locals, getClientAddress }) => {
	const wish = await jsonBody(request, DrawWish);
	const caller = { principal: locals.principal, address: getClientAddress(), now: new Date() };
	return answerOf(await commitDraw(locals.runtime.databases.ingest, caller, wish), locals.runtime.hub);
};
