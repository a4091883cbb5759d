import { PlanWish } from '#lib/contract/patrol.ts';
import { dayAfter, shanghaiDay } from '#lib/domain/day.ts';
import { draftPlan } from '#lib/server/commands/draft-plan.ts';
import { answerOf } from '#lib/server/http/command-answer.ts';
import { jsonBody } from '#lib/server/http/read-body.ts';
import { summaryOf } from '#lib/server/planning/plan-view.ts';
import { departuresByPlan, plansBetween } from '#lib/server/repositories/patrol-plan.ts';
import { stopsByPlan } from '#lib/server/repositories/patrol-stop.ts';
import { routerOf } from '#lib/server/travel/router.ts';
import type { RequestHandler } from './$types';

/** Plans of the last and the coming weeks, newest day first. Sealed ones tell how many stops they have, not where. */
export const GET: RequestHandler = async ({ locals }) => {
	const now = new Date();
	const today = shanghaiDay(now);
	const { scopedDb, scope } = locals;
	const plans = await plansBetween(scopedDb, scope, dayAfter(today, -45), dayAfter(today, 60));
	const ids = plans.map(({ id }) => id);
	const stops = await stopsByPlan(scopedDb, ids);
	const teams = await departuresByPlan(scopedDb, ids);
	return Response.json({
		plans: plans.map((plan) => summaryOf(plan, stops.get(plan.id) ?? [], teams.get(plan.id) ?? [], now)),
	});
};

/** Drafts a plan. */
export const POST: RequestHandler = async ({ request, locals, getClientAddress }) => {
	const wish = await jsonBody(request, PlanWish);
	const { config, databases, hub } = locals.runtime;
	const caller = { principal: locals.principal, address: getClientAddress(), now: new Date() };
	const name = `${wish.on} ${wish.template}`;
	return answerOf(await draftPlan(databases.ingest, caller, wish, routerOf(config), name), hub);
};
