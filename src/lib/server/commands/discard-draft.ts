// Throws a draft away. What was issued is taken back first.

import type { EventMessage } from '#lib/contract/events.ts';
import { authorize } from '#lib/domain/access/authorize.ts';
import { audit } from '../audit/audit.ts';
import { signedBy, type Caller } from '../auth/caller.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { appendEvents } from '../events/log.ts';
import { planForChange } from '../repositories/patrol-plan.ts';
import { deleteDraft } from '../repositories/plan-withdrawal.ts';

export type DiscardDraft =
	{ ok: true; events: EventMessage[] } | { ok: false; reason: 'forbidden' | 'not-found' | 'not-a-draft' };

export async function discardDraft(db: Db, caller: Caller, id: string): Promise<DiscardDraft> {
	const { principal, now } = caller;
	if (!authorize(principal, 'patrol:plan').ok) return { ok: false, reason: 'forbidden' };
	return transaction(db, async (tx): Promise<DiscardDraft> => {
		const plan = await planForChange(tx, id);
		if (!plan) return { ok: false, reason: 'not-found' };
		if (plan.state !== 'draft') return { ok: false, reason: 'not-a-draft' };
		await deleteDraft(tx, id);
		const subject = { kind: 'plan', id };
		const events = await appendEvents(tx, [
			{ at: now, type: 'patrol:changed', subject, data: { planId: id, change: 'discarded' } },
		]);
		const detail = { discarded: plan.name, on: plan.on };
		await audit(tx, { ...signedBy(caller), action: 'patrol:plan', object: `plan ${id}`, detail, outcome: 'done' });
		return { ok: true, events };
	});
}
