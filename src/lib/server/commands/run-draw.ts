// Draws with the committed seed, plans the routes of what was drawn, and issues them sealed: nobody sees where they go
// until the teams depart. The seed is told when the last of them has.

import { randomUUID } from 'node:crypto';
import type { EventMessage } from '#lib/contract/events.ts';
import { authorize, scopeOf } from '#lib/domain/access/authorize.ts';
import { nameOf } from '#lib/domain/access/principal.ts';
import { SYSTEM } from '#lib/domain/access/scope.ts';
import { evaluate } from '#lib/domain/patrol/evaluate.ts';
import { compile } from '#lib/domain/patrol/model.ts';
import { audit } from '../audit/audit.ts';
import { signedBy, type Caller } from '../auth/caller.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { appendEvents } from '../events/log.ts';
import { solvePatrol } from '../patrol/solve-patrol.ts';
import { drawWith } from '../planning/lots.ts';
import { makePlan, type MadePlan } from '../planning/make-plan.ts';
import { drawById, markDrawn } from '../repositories/patrol-draw.ts';
import { addSource, patrolRecords } from '../repositories/hand-source.ts';
import { insertPlan, insertPlanTeams, markIssued } from '../repositories/patrol-plan.ts';
import { insertStops } from '../repositories/patrol-stop.ts';
import type { Router } from '../travel/travel-times.ts';

const SOLVE_S = 2;

export type RunDraw =
	| { ok: true; planId: string; stops: number; teams: number; left: number; events: EventMessage[] }
	| { ok: false; reason: 'forbidden' | 'not-found' | 'is-drawn' | 'pool-too-small' }
	| Extract<MadePlan, { ok: false }>;

export async function runDraw(db: Db, caller: Caller, id: string, router: Router | undefined): Promise<RunDraw> {
	const { principal, now } = caller;
	if (!authorize(principal, 'patrol:plan').ok) return { ok: false, reason: 'forbidden' };
	const draw = await drawById(db, scopeOf(principal), id);
	if (!draw) return { ok: false, reason: 'not-found' };
	if (draw.drawnAt) return { ok: false, reason: 'is-drawn' };
	const outcome = drawWith(draw.seed, draw.pool);
	if (!outcome) return { ok: false, reason: 'pool-too-small' };
	const wish = {
		...{ on: draw.on, template: 'unannounced' as const, name: draw.purpose, teams: draw.pool.teams },
		...{ officers: [], towns: [], sites: outcome.sites },
	};
	const made = await makePlan(db, SYSTEM, wish, now, router, outcome.teams);
	if (!made.ok) return made;
	const { plan } = made;
	const solved = await solvePatrol(plan.problem, {
		seconds: SOLVE_S,
		seed: 1,
		threads: 1,
		estimate: plan.teams.estimate,
	});
	const drafts = solved.routes.map(({ team, stops }) => ({ team, visits: stops.map(({ visit }) => visit) }));
	const { routes } = evaluate(compile(plan.problem, plan.teams.estimate), drafts);
	const siteOf = new Map(plan.visits.visits.map(({ key, siteId }) => [key, siteId]));
	const stops = routes.flatMap(({ team, stops }) =>
		stops.map((stop, place) => ({
			id: randomUUID(),
			...{ team, place, key: stop.visit, siteId: siteOf.get(stop.visit)! },
			...{ arrive: stop.arrive, start: stop.start, leave: stop.leave, isEmergency: false },
		})),
	);
	const planId = randomUUID();
	const by = nameOf(principal);
	return transaction(db, async (tx): Promise<RunDraw> => {
		if (!(await markDrawn(tx, id, outcome, now))) return { ok: false, reason: 'is-drawn' };
		await insertPlan(tx, {
			...plan,
			id: planId,
			...{ on: draw.on, name: draw.purpose, template: 'unannounced', isSealed: true, drawId: id, roundId: null },
			...{ drafts, locked: [], seed: 1, createdAt: now, createdBy: by },
		});
		const source = patrolRecords({ on: draw.on, name: draw.purpose });
		const going = plan.teams.teams.filter((team) => stops.some((stop) => stop.team === team.id));
		await insertPlanTeams(tx, planId, going);
		await insertStops(tx, planId, stops);
		await markIssued(tx, planId, now, by, await addSource(tx, source, now, by));
		const subject = { kind: 'plan', id: planId };
		const events = await appendEvents(tx, [
			{ at: now, type: 'patrol:changed', subject, data: { planId, change: 'issued' } },
		]);
		const detail = { drawn: draw.no, stops: stops.length, teams: going.length };
		await audit(tx, { ...signedBy(caller), action: 'patrol:plan', object: `draw ${id}`, detail, outcome: 'done' });
		return { ok: true, planId, stops: stops.length, teams: going.length, left: solved.left.length, events };
	});
}
