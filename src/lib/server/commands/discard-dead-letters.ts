// Dead letters that nobody needs any more are put away; they stay listed as discarded until they are trimmed.

import type { LetterChoice } from '#lib/contract/devices.ts';
import { authorize } from '#lib/domain/access/authorize.ts';
import { audit } from '../audit/audit.ts';
import { signedBy, type Caller } from '../auth/caller.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { openDeadLetters, settleDeadLetters } from '../repositories/dead-letter.ts';

export type DiscardDeadLetters = { ok: true; discarded: number } | { ok: false; reason: 'forbidden' };

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
		const discarded = await settleDeadLetters(
			tx,
			letters.map(({ id }) => id),
			'discarded',
			{ at: caller.now, by: signed.actor },
		);
		const detail = { choice, discarded };
		await audit(tx, {
			...signed,
			action: 'telemetry:repair',
			object: 'dead letters: discard',
			detail,
			outcome: 'done',
		});
		return { ok: true, discarded };
	});
}
