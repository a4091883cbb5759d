import { PlanChange } from '#lib/contract/patrol.ts';
import { changePlan } from '#lib/server/commands/change-plan.ts';
import { discardDraft } from '#lib/server/commands/discard-draft.ts';
import { answerOf, refusalFault } from '#lib/server/http/command-answer.ts';
import { jsonBody } from '#lib/server/http/read-body.ts';
import { uuidParam } from '#lib/server/http/uuid.ts';
import { viewPlan } from '#lib/server/planning/plan-view.ts';
import { planById } from '#lib/server/repositories/patrol-plan.ts';
import type { RequestHandler } from './$types';

/** A plan; of a sealed one nothing that says where it goes. */
export const GET: RequestHandler = async ({ params, locals }) => {
	const plan = await planById(locals.scopedDb, locals.scope, uuidParam(params.id, 'plan'));
	if (!plan) throw refusalFault({ reason: 'not-found' });
	return Response.json(await viewPlan(locals.scopedDb, plan, new Date()));
};

/** Keeps what the planner has arranged. */
export const PUT: RequestHandler = async ({ params, request, locals, getClientAddress }) => {
	const change = await jsonBody(request, PlanChange);
	const caller = { principal: locals.principal, address: getClientAddress(), now: new Date() };
	const id = uuidParam(params.id, 'plan');
	return answerOf(await changePlan(locals.runtime.databases.ingest, caller, id, change), locals.runtime.hub);
};

/** Throws a draft away. */
export const DELETE: RequestHandler = async ({ params, locals, getClientAddress }) => {
	const caller = { principal: locals.principal, address: getClientAddress(), now: new Date() };
	const { databases, hub } = locals.runtime;
	return answerOf(await discardDraft(databases.ingest, caller, uuidParam(params.id, 'plan')), hub);
};
