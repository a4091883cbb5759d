// Issues a plan: judged once more by the very function the planner's screen uses, then its stops exist and people may go.

import { randomUUID } from 'node:crypto';
import type { EventMessage } from '#lib/contract/events.ts';
import { authorize } from '#lib/domain/access/authorize.ts';
import { nameOf } from '#lib/domain/access/principal.ts';
import { inBoth } from '#lib/domain/import/sentence.ts';
import { evaluate } from '#lib/domain/patrol/evaluate.ts';
import { compile } from '#lib/domain/patrol/model.ts';
import { audit } from '../audit/audit.ts';
import { signedBy, type Caller } from '../auth/caller.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { appendEvents } from '../events/log.ts';
import { ridersOf } from '../planning/ride-along.ts';
import { lockQuotas } from '../repositories/companion-quota.ts';
import { insertCompanions } from '../repositories/companion.ts';
import { insertPlanTeams, markIssued, planForChange } from '../repositories/patrol-plan.ts';
import { insertStops } from '../repositories/patrol-stop.ts';
import { addSource, patrolRecords } from '../repositories/hand-source.ts';

export type IssuePlan =
	| { ok: true; stops: number; events: EventMessage[] }
	| { ok: false; reason: 'forbidden' | 'not-found' | 'not-a-draft' | 'empty' }
	| { ok: false; reason: 'rules-broken'; details: string[] };

/** A visit that has to be made may be left out of an issued plan only when no team could make it; that is a warning. */
export async function issuePlan(db: Db, caller: Caller, id: string): Promise<IssuePlan> {
	const { principal, now } = caller;
	if (!authorize(principal, 'patrol:plan').ok) return { ok: false, reason: 'forbidden' };
	return transaction(db, async (tx): Promise<IssuePlan> => {
		const plan = await planForChange(tx, id);
		if (!plan) return { ok: false, reason: 'not-found' };
		if (plan.state !== 'draft' || plan.template === 'month') return { ok: false, reason: 'not-a-draft' };
		const model = compile(plan.problem, plan.teams.estimate);
		const { routes, broken } = evaluate(model, plan.drafts);
		const hard = broken.filter(({ rule }) => rule !== 'must');
		if (hard.length)
			return { ok: false, reason: 'rules-broken', details: hard.map(({ sentence }) => inBoth(sentence)) };
		const siteOf = new Map(plan.visits.visits.map(({ key, siteId }) => [key, siteId]));
		const stops = routes.flatMap(({ team, stops }) =>
			stops.map((stop, place) => ({
				id: randomUUID(),
				...{ team, place, key: stop.visit, siteId: siteOf.get(stop.visit)! },
				...{ arrive: stop.arrive, start: stop.start, leave: stop.leave, isEmergency: false },
			})),
		);
		if (stops.length === 0) return { ok: false, reason: 'empty' };
		const going = plan.teams.teams.filter((team) => stops.some((stop) => stop.team === team.id));
		await insertPlanTeams(tx, id, going);
		await insertStops(tx, id, stops);
		const sourceId = await addSource(tx, patrolRecords(plan), now, nameOf(principal));
		await lockQuotas(tx, plan.on);
		await insertCompanions(tx, id, await ridersOf(tx, plan));
		await markIssued(tx, id, now, nameOf(principal), sourceId);
		const subject = { kind: 'plan', id };
		const events = await appendEvents(tx, [
			{ at: now, type: 'patrol:changed', subject, data: { planId: id, change: 'issued' } },
		]);
		const detail = { issue: true, stops: stops.length, teams: going.length };
		await audit(tx, { ...signedBy(caller), action: 'patrol:plan', object: `plan ${id}`, detail, outcome: 'done' });
		return { ok: true, stops: stops.length, events };
	});
}
