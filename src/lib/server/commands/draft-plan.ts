// Drafts a patrol plan: what is due, teams of two, travel times. It is solved and changed afterwards.

import { randomUUID } from 'node:crypto';
import type { PlanWish } from '#lib/contract/patrol.ts';
import { authorize, scopeOf } from '#lib/domain/access/authorize.ts';
import { nameOf } from '#lib/domain/access/principal.ts';
import type { EventMessage } from '#lib/contract/events.ts';
import { audit } from '../audit/audit.ts';
import { signedBy, type Caller } from '../auth/caller.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { appendEvents } from '../events/log.ts';
import { makePlan, type MadePlan } from '../planning/make-plan.ts';
import { insertPlan } from '../repositories/patrol-plan.ts';
import type { Router } from '../travel/travel-times.ts';

export type DraftPlan =
	| { ok: true; id: string; barred: { name: string; reason: string }[]; events: EventMessage[] }
	| { ok: false; reason: 'forbidden' }
	| Extract<MadePlan, { ok: false }>;

/** @param name - what it is called when the wish says nothing */
export async function draftPlan(
	db: Db,
	caller: Caller,
	wish: PlanWish,
	router: Router | undefined,
	name: string,
): Promise<DraftPlan> {
	const { principal, now } = caller;
	if (!authorize(principal, 'patrol:plan').ok) return { ok: false, reason: 'forbidden' };
	const made = await makePlan(db, scopeOf(principal), wish, now, router);
	if (!made.ok) return made;
	const id = randomUUID();
	return transaction(db, async (tx): Promise<DraftPlan> => {
		await insertPlan(tx, {
			...made.plan,
			id,
			on: wish.on,
			name: wish.name || name,
			template: wish.template,
			isSealed: false,
			drawId: null,
			roundId: wish.roundId ?? null,
			drafts: [],
			locked: [],
			seed: 1,
			createdAt: now,
			createdBy: nameOf(principal),
		});
		const subject = { kind: 'plan', id };
		const events = await appendEvents(tx, [
			{ at: now, type: 'patrol:changed', subject, data: { planId: id, change: 'drafted' } },
		]);
		const detail = { template: wish.template, on: wish.on, candidates: made.plan.visits.visits.length };
		await audit(tx, { ...signedBy(caller), action: 'patrol:plan', object: `plan ${id}`, detail, outcome: 'done' });
		return { ok: true, id, barred: made.barred, events };
	});
}
