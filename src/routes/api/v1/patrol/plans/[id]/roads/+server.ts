import { refusalFault } from '#lib/server/http/command-answer.ts';
import { uuidParam } from '#lib/server/http/uuid.ts';
import { isOpen } from '#lib/server/planning/plan-view.ts';
import { planById, planTeams } from '#lib/server/repositories/patrol-plan.ts';
import { osrmRoute } from '#lib/server/travel/osrm.ts';
import { routerOf } from '#lib/server/travel/router.ts';
import type { RequestHandler } from './$types';

/** The roads of each route from the router; without one, or when it fails, straight lines and a word about it. */
export const GET: RequestHandler = async ({ params, locals }) => {
	const plan = await planById(locals.scopedDb, locals.scope, uuidParam(params.id, 'plan'));
	if (!plan || !isOpen(plan, await planTeams(locals.scopedDb, plan.id), new Date()))
		throw refusalFault({ reason: 'not-found' });
	const at = new Map(plan.problem.places.map((place) => [place.id, place.at!]));
	const placeOf = new Map(plan.problem.visits.map(({ id, place }) => [id, place]));
	const router = routerOf(locals.runtime.config);
	const roads = [];
	for (const { team, visits } of plan.drafts) {
		const { from, to } = plan.problem.teams.find(({ id }) => id === team)!;
		const line = [from, ...visits.map((visit) => placeOf.get(visit)!), ...(to ? [to] : [])].map((id) => at.get(id)!);
		let road = line;
		if (router) road = await osrmRoute(router.outbound, router.url, line).catch(() => line);
		roads.push({ team, line: road, isRoad: road !== line });
	}
	return Response.json({ roads });
};
