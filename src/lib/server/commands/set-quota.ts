// The bureau sets how many visits an expert or an agency takes over a span of days, with the paper that says so, and ends
// such a quota. What was set stays on record.

import { AGENCY_ROLE } from '#db/rules/companion.ts';
import type { QuotaWish } from '#lib/contract/staff.ts';
import { authorize } from '#lib/domain/access/authorize.ts';
import { calledBy, nameOf } from '#lib/domain/access/principal.ts';
import { audit } from '../audit/audit.ts';
import { signedBy, type Caller } from '../auth/caller.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { endedQuota, insertQuota } from '../repositories/companion-quota.ts';
import { companionName } from '../repositories/companion.ts';

export type SetQuota =
	{ ok: true; id: string } | { ok: false; reason: 'forbidden' | 'unknown-companion' | 'ends-before-it-begins' };

export async function setQuota(db: Db, caller: Caller, wish: QuotaWish): Promise<SetQuota> {
	const { principal, now } = caller;
	if (!authorize(principal, 'patrol:staff').ok) return { ok: false, reason: 'forbidden' };
	if (wish.toOn < wish.fromOn) return { ok: false, reason: 'ends-before-it-begins' };
	return transaction(db, async (tx): Promise<SetQuota> => {
		const name = await companionName(tx, AGENCY_ROLE, wish);
		if (name === undefined) return { ok: false, reason: 'unknown-companion' };
		const id = await insertQuota(tx, wish, { at: now, id: nameOf(principal), name: calledBy(principal) });
		await audit(tx, {
			...{ ...signedBy(caller), action: 'patrol:staff', object: `quota ${name}`, detail: wish, outcome: 'done' },
		});
		return { ok: true, id };
	});
}

export type EndQuota = { ok: true; id: string } | { ok: false; reason: 'forbidden' | 'not-found' };

export async function endQuota(db: Db, caller: Caller, id: string): Promise<EndQuota> {
	const { principal, now } = caller;
	if (!authorize(principal, 'patrol:staff').ok) return { ok: false, reason: 'forbidden' };
	return transaction(db, async (tx): Promise<EndQuota> => {
		const ended = await endedQuota(tx, id, { at: now, id: nameOf(principal) });
		if (!ended) return { ok: false, reason: 'not-found' };
		const detail = { ...ended, ended: true };
		await audit(tx, {
			...{ ...signedBy(caller), action: 'patrol:staff', object: `quota ${id}`, detail, outcome: 'done' },
		});
		return { ok: true, id };
	});
}
