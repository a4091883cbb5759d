// Revokes a bearer token. Every process refuses it within 5 s (auth/token.ts).

import { authorize } from '#lib/domain/access/authorize.ts';
import { audit } from '../audit/audit.ts';
import { OPERATOR, signedBy, type Caller } from '../auth/caller.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { endToken } from '../repositories/token.ts';

export type RevokeToken = { ok: true } | { ok: false; reason: 'forbidden' | 'not-found' };

/** @param caller - `operator`: the command line */
export async function revokeToken(
	db: Db,
	caller: Caller | { operator: true; now: Date },
	tokenId: string,
): Promise<RevokeToken> {
	const signed = 'operator' in caller ? { at: caller.now, ...OPERATOR } : signedBy(caller);
	if (!('operator' in caller) && !authorize(caller.principal, 'token:manage').ok)
		return { ok: false, reason: 'forbidden' };
	return transaction(db, async (tx) => {
		if (!(await endToken(tx, tokenId, caller.now))) return { ok: false, reason: 'not-found' };
		await audit(tx, { ...signed, action: 'token:revoke', object: `token ${tokenId}`, outcome: 'done' });
		return { ok: true };
	});
}
