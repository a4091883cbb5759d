import { drawDuty } from '#lib/server/commands/draw-duty.ts';
import { callerOf, refusal } from '#lib/server/http/caller.ts';
import { authorize } from '#lib/domain/access/authorize.ts';
import { dutyDraws } from '#lib/server/repositories/duty-draw.ts';
import type { RequestHandler } from './$types';

/** The newest draws with what came of them. Links only for those who may send them. */
export const GET: RequestHandler = async ({ locals: { scopedDb, scope, principal } }) => {
	const draws = await dutyDraws(scopedDb, scope, new Date());
	const hasLinks = authorize(principal, 'flood:direct').ok;
	return Response.json({
		draws: draws.map((draw) => ({
			...draw,
			checks: draw.checks.map((check) => (hasLinks ? check : { ...check, link: null })),
		})),
	});
};

export const POST: RequestHandler = async (event) => {
	const { runtime } = event.locals;
	const result = await drawDuty(runtime.databases.ingest, callerOf(event));
	if (!result.ok) throw refusal(result.reason, 'duty');
	runtime.live.feed.announce(result.events);
	return Response.json({ drawId: result.drawId }, { status: 201 });
};
