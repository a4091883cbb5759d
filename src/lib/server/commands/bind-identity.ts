// Ties an identity of single sign-on to a person, and unties it. The pair is typed or read from the provider's own
// directory by the security administrator; nothing is guessed from names.

import { authorize } from '#lib/domain/access/authorize.ts';
import { audit } from '../audit/audit.ts';
import { isProven, signedBy, type Caller } from '../auth/caller.ts';
import { announceEndedSessions } from '../auth/session-end.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { bindIdentity, unbindIdentity, type Identity } from '../repositories/identity.ts';
import { personById } from '../repositories/person.ts';
import { endSessions } from '../repositories/session.ts';

export type ChangeIdentity =
	{ ok: true } | { ok: false; reason: 'forbidden' | 'prove' | 'not-found' | 'bad-subject' | 'taken' };

export async function bindToPerson(
	db: Db,
	caller: Caller,
	personId: string,
	identity: Identity,
): Promise<ChangeIdentity> {
	if (!authorize(caller.principal, 'person:manage').ok) return { ok: false, reason: 'forbidden' };
	if (!isProven(caller)) return { ok: false, reason: 'prove' };
	const subject = identity.subject.trim();
	if (subject === '' || subject.length > 255 || /\p{Cc}/u.test(subject)) return { ok: false, reason: 'bad-subject' };
	return transaction(db, async (tx) => {
		const person = await personById(tx, personId);
		if (!person || person.isDemo) return { ok: false, reason: 'not-found' };
		const bound = { issuer: identity.issuer, subject, personId, at: caller.now, by: signedBy(caller).actor };
		if (!(await bindIdentity(tx, bound))) return { ok: false, reason: 'taken' };
		const detail = { issuer: identity.issuer, subject };
		await audit(tx, {
			...signedBy(caller),
			action: 'identity:bind',
			object: `person ${personId}`,
			detail,
			outcome: 'done',
		});
		return { ok: true };
	});
}

/** Sessions of the person end: one of them may have come in by that identity. */
export async function unbindFromPerson(
	db: Db,
	caller: Caller,
	personId: string,
	identity: Identity,
): Promise<ChangeIdentity> {
	if (!authorize(caller.principal, 'person:manage').ok) return { ok: false, reason: 'forbidden' };
	const ended: string[] = [];
	const result = await transaction(db, async (tx): Promise<ChangeIdentity> => {
		if (!(await unbindIdentity(tx, personId, identity))) return { ok: false, reason: 'not-found' };
		ended.push(...(await endSessions(tx, { personId }, caller.now)));
		const detail = { ...identity };
		await audit(tx, {
			...signedBy(caller),
			action: 'identity:unbind',
			object: `person ${personId}`,
			detail,
			outcome: 'done',
		});
		return { ok: true };
	});
	announceEndedSessions({ sessionIds: ended });
	return result;
}
