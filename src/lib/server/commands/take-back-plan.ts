// Takes an issued plan back before anybody has set out: it is a draft again, and its people and sites are free for
// others. A draw stands as it was drawn.

import type { EventMessage } from '#lib/contract/events.ts';
import { authorize } from '#lib/domain/access/authorize.ts';
import { audit } from '../audit/audit.ts';
import { signedBy, type Caller } from '../auth/caller.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { appendEvents } from '../events/log.ts';
import { planForChange } from '../repositories/patrol-plan.ts';
import { backToDraft, hasBegun } from '../repositories/plan-withdrawal.ts';

export type TakeBackPlan =
	| { ok: true; events: EventMessage[] }
	| { ok: false; reason: 'forbidden' | 'not-found' | 'not-issued' | 'is-a-draw' | 'has-begun' };

export async function takeBackPlan(db: Db, caller: Caller, id: string): Promise<TakeBackPlan> {
	const { principal, now } = caller;
	if (!authorize(principal, 'patrol:plan').ok) return { ok: false, reason: 'forbidden' };
	return transaction(db, async (tx): Promise<TakeBackPlan> => {
		const plan = await planForChange(tx, id);
		if (!plan) return { ok: false, reason: 'not-found' };
		if (plan.state !== 'issued') return { ok: false, reason: 'not-issued' };
		if (plan.drawId) return { ok: false, reason: 'is-a-draw' };
		if (await hasBegun(tx, id)) return { ok: false, reason: 'has-begun' };
		await backToDraft(tx, id);
		const subject = { kind: 'plan', id };
		const events = await appendEvents(tx, [
			{ at: now, type: 'patrol:changed', subject, data: { planId: id, change: 'taken-back' } },
		]);
		const detail = { takenBack: true, on: plan.on };
		await audit(tx, { ...signedBy(caller), action: 'patrol:plan', object: `plan ${id}`, detail, outcome: 'done' });
		return { ok: true, events };
	});
}
