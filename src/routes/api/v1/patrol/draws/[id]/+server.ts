import { runDraw } from '#lib/server/commands/run-draw.ts';
import { answerOf, refusalFault } from '#lib/server/http/command-answer.ts';
import { uuidParam } from '#lib/server/http/uuid.ts';
import { drawById, drawnNames, drawView } from '#lib/server/repositories/patrol-draw.ts';
import { routerOf } from '#lib/server/travel/router.ts';
import type { RequestHandler } from './$types';

/** A draw as everybody may know it: seed and outcome only after it was revealed. */
export const GET: RequestHandler = async ({ params, locals }) => {
	const draw = await drawById(locals.scopedDb, locals.scope, uuidParam(params.id, 'draw'));
	if (!draw) throw refusalFault({ reason: 'not-found' });
	return Response.json(drawView(draw, new Date(), await drawnNames(locals.scopedDb, [draw])));
};

/** Draws with the committed seed and issues the routes, sealed. */
export const POST: RequestHandler = async ({ params, locals, getClientAddress }) => {
	const { config, databases, hub } = locals.runtime;
	const caller = { principal: locals.principal, address: getClientAddress(), now: new Date() };
	return answerOf(await runDraw(databases.ingest, caller, uuidParam(params.id, 'draw'), routerOf(config)), hub);
};
