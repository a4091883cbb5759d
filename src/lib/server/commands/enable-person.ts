// Lets a disabled person in again. Roles are as they were; the password is too.

import { authorize } from '#lib/domain/access/authorize.ts';
import { audit } from '../audit/audit.ts';
import { isProven, signedBy, type Caller } from '../auth/caller.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { personById, setDisabled } from '../repositories/person.ts';

export type EnablePerson = { ok: true } | { ok: false; reason: 'forbidden' | 'prove' | 'not-found' };

export async function enablePerson(db: Db, caller: Caller, personId: string): Promise<EnablePerson> {
	if (!authorize(caller.principal, 'person:manage').ok) return { ok: false, reason: 'forbidden' };
	if (!isProven(caller)) return { ok: false, reason: 'prove' };
	return transaction(db, async (tx) => {
		const person = await personById(tx, personId);
		// Accounts of the demonstration are switched off for good.
		if (!person || person.isDemo) return { ok: false, reason: 'not-found' };
		await setDisabled(tx, personId, null);
		const detail = { disabled: false };
		await audit(tx, {
			...signedBy(caller),
			action: 'person:manage',
			object: `person ${personId}`,
			detail,
			outcome: 'done',
		});
		return { ok: true };
	});
}
