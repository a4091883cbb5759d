// Dead letters that nobody needs any more are put away; they stay listed as discarded until they are trimmed, and can be
// taken back until then.

import type { LetterChoice } from '#lib/contract/devices.ts';
import { authorize } from '#lib/domain/access/authorize.ts';
import { audit } from '../audit/audit.ts';
import { signedBy, type Caller } from '../auth/caller.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { openDeadLetters, reopenDeadLetters, settleDeadLetters } from '../repositories/dead-letter.ts';

export type DiscardDeadLetters = { ok: true; discarded: string[] } | { ok: false; reason: 'forbidden' };

const AT_ONCE = 1000;

export async function discardDeadLetters(db: Db, caller: Caller, choice: LetterChoice): Promise<DiscardDeadLetters> {
	if (!authorize(caller.principal, 'telemetry:repair').ok) return { ok: false, reason: 'forbidden' };
	const { ids, protocol, reason } = choice;
	const signed = signedBy(caller);
	return transaction(db, async (tx) => {
		const letters = await openDeadLetters(tx, {
			...{ ...(ids && { ids }), ...(protocol && { protocol }), ...(reason && { reason }) },
			limit: AT_ONCE,
		});
		const found = letters.map(({ id }) => id);
		const count = await settleDeadLetters(tx, found, 'discarded', { at: caller.now, by: signed.actor });
		await audit(tx, {
			...{ ...signed, action: 'telemetry:repair', object: 'dead letters: discard', outcome: 'done' },
			detail: { choice, discarded: count },
		});
		return { ok: true, discarded: found };
	});
}

export type RestoreDeadLetters = { ok: true; restored: number } | { ok: false; reason: 'forbidden' };

/** Puts them among the open ones again. */
export async function restoreDeadLetters(db: Db, caller: Caller, ids: readonly string[]): Promise<RestoreDeadLetters> {
	if (!authorize(caller.principal, 'telemetry:repair').ok) return { ok: false, reason: 'forbidden' };
	return transaction(db, async (tx) => {
		const restored = await reopenDeadLetters(tx, ids);
		await audit(tx, {
			...{ ...signedBy(caller), action: 'telemetry:repair', object: 'dead letters: restore', outcome: 'done' },
			detail: { ids, restored },
		});
		return { ok: true, restored };
	});
}
