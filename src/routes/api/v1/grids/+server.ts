import { GridChanges } from '#lib/contract/grids.ts';
import { shanghaiDay } from '#lib/domain/day.ts';
import { balanceGrids } from '#lib/server/commands/balance-grids.ts';
import { answerOf } from '#lib/server/http/command-answer.ts';
import { jsonBody } from '#lib/server/http/read-body.ts';
import { gridsView } from '#lib/server/planning/grids-view.ts';
import type { RequestHandler } from './$types';

/** Grids with their ground and sites, and the load of everybody who answers for one. */
export const GET: RequestHandler = async ({ locals: { scopedDb, scope } }) =>
	Response.json(await gridsView(scopedDb, scope, shanghaiDay(new Date())));

/** Hands sites over, changes owners. */
export const POST: RequestHandler = async ({ request, locals, getClientAddress }) => {
	const changes = await jsonBody(request, GridChanges);
	const caller = { principal: locals.principal, address: getClientAddress(), now: new Date() };
	return answerOf(await balanceGrids(locals.runtime.databases.ingest, caller, changes), locals.runtime.hub);
};
