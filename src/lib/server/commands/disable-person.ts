// Disables people and ends their sessions: one by login, or all accounts of the demonstration.

import { authorize } from '#lib/domain/access/authorize.ts';
import { audit } from '../audit/audit.ts';
import { OPERATOR, signedBy, type Caller } from '../auth/caller.ts';
import { announceEndedSessions } from '../auth/session-end.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { listPeople, setDisabled } from '../repositories/person.ts';
import { endSessions } from '../repositories/session.ts';

export type DisablePerson = { ok: true; logins: string[] } | { ok: false; reason: 'forbidden' | 'not-found' | 'own' };

/** @param caller - `operator`: the command line */
export async function disablePerson(
	db: Db,
	caller: Caller | { operator: true; now: Date },
	which: { login: string } | { demo: true },
): Promise<DisablePerson> {
	const signed = 'operator' in caller ? { at: caller.now, ...OPERATOR } : signedBy(caller);
	if (!('operator' in caller) && !authorize(caller.principal, 'person:manage').ok) {
		return { ok: false, reason: 'forbidden' };
	}
	const own = 'operator' in caller || caller.principal.kind !== 'person' ? undefined : caller.principal.id;
	const ended: string[] = [];
	const logins = await transaction(db, async (tx) => {
		ended.length = 0;
		const people = (await listPeople(tx)).filter((person) =>
			'demo' in which ? person.isDemo : person.login === which.login.trim().toLowerCase(),
		);
		if (people.some(({ id }) => id === own)) return 'own';
		for (const { id } of people) {
			await setDisabled(tx, id, caller.now);
			ended.push(...(await endSessions(tx, { personId: id }, caller.now)));
			const detail = { disabled: true };
			await audit(tx, { ...signed, action: 'person:manage', object: `person ${id}`, detail, outcome: 'done' });
		}
		return people.map(({ login }) => login);
	});
	if (logins === 'own') return { ok: false, reason: 'own' };
	if (logins.length === 0) return { ok: false, reason: 'not-found' };
	announceEndedSessions({ sessionIds: ended });
	return { ok: true, logins };
}
