// Takes a second factor away: one's own passkey, or by the security administrator everything of a person who lost it all.

import { authorize } from '#lib/domain/access/authorize.ts';
import { needsSecondFactor } from '#lib/domain/access/second-factor.ts';
import { audit } from '../audit/audit.ts';
import { isProven, signedBy, type Caller } from '../auth/caller.ts';
import { announceEndedSessions } from '../auth/session-end.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { dropFactors, dropPasskey, factorsOf } from '../repositories/factor.ts';
import { endSessions } from '../repositories/session.ts';

export type DropFactor = { ok: true } | { ok: false; reason: 'forbidden' | 'prove' | 'not-found' | 'last' };

/** An administrator keeps at least one factor. */
export async function dropOwnPasskey(db: Db, caller: Caller, credentialId: string): Promise<DropFactor> {
	const { principal } = caller;
	if (principal.kind !== 'person' || principal.pending) return { ok: false, reason: 'forbidden' };
	if (!isProven(caller)) return { ok: false, reason: 'prove' };
	return transaction(db, async (tx) => {
		const { hasTotp, passkeys } = await factorsOf(tx, principal.id);
		const isLast = !hasTotp && passkeys.length <= 1;
		if (isLast && needsSecondFactor(principal.grants.map(({ role }) => role))) return { ok: false, reason: 'last' };
		if (!(await dropPasskey(tx, principal.id, credentialId))) return { ok: false, reason: 'not-found' };
		const entry = { action: 'factor:drop' as const, object: `person ${principal.id}`, detail: { factor: 'passkey' } };
		await audit(tx, { ...signedBy(caller), ...entry, outcome: 'done' });
		return { ok: true };
	});
}

/** For a person who lost telephone and codes; ends the person's sessions. Never for oneself. */
export async function resetFactors(db: Db, caller: Caller, personId: string): Promise<DropFactor> {
	const isOwn = caller.principal.kind === 'person' && caller.principal.id === personId;
	if (isOwn || !authorize(caller.principal, 'person:manage').ok) return { ok: false, reason: 'forbidden' };
	if (!isProven(caller)) return { ok: false, reason: 'prove' };
	const ended = await transaction(db, async (tx) => {
		await dropFactors(tx, personId);
		const ids = await endSessions(tx, { personId }, caller.now);
		const entry = { action: 'factor:reset', object: `person ${personId}`, outcome: 'done' } as const;
		await audit(tx, { ...signedBy(caller), ...entry });
		return ids;
	});
	announceEndedSessions({ sessionIds: ended });
	return { ok: true };
}
