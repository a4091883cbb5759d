// Signs a person in by login and password. Every refusal takes the same time and says the same.

import { audit } from '../audit/audit.ts';
import type { Guesses } from '../auth/guesses.ts';
import { passwordMatches } from '../auth/password.ts';
import { openSession, type OpenedSession, type SignInFrom } from '../auth/session.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { grantsOf, personByLogin } from '../repositories/person.ts';

export type SignInByPassword =
	| { ok: true; session: OpenedSession }
	| { ok: false; reason: 'wrong' }
	| { ok: false; reason: 'wait'; seconds: number };

export async function signInByPassword(
	db: Db,
	guesses: Guesses,
	given: { login: string; password: string },
	from: SignInFrom,
	now: Date,
): Promise<SignInByPassword> {
	const login = given.login.trim().toLowerCase();
	const address = from.address ?? 'unknown';
	const seconds = await guesses.waitS(login, address);
	if (seconds > 0) return { ok: false, reason: 'wait', seconds };

	const person = await personByLogin(db, login);
	const matches = await passwordMatches(person?.passwordHash, given.password);
	const entry = { at: now, address: from.address, action: 'session:open' as const };
	if (!matches || !person || person.disabledAt) {
		await guesses.wrong(login, address);
		await transaction(db, (tx) =>
			audit(tx, {
				...entry,
				actor: person ? `person:${person.id}` : 'anonymous',
				actorKind: person ? 'person' : 'anonymous',
				object: 'session',
				detail: { by: 'password' },
				outcome: 'denied',
			}),
		);
		return { ok: false, reason: 'wrong' };
	}

	await guesses.right(login);
	const session = await transaction(db, async (tx) => {
		const grants = await grantsOf(tx, person.id);
		const opened = await openSession(
			tx,
			{ id: person.id, grants, principalVersion: person.principalVersion },
			from,
			'password',
			now,
		);
		await audit(tx, {
			...entry,
			actor: `person:${person.id}`,
			actorKind: 'person',
			object: `session ${opened.sessionId}`,
			detail: { by: 'password' },
			outcome: 'done',
		});
		return opened;
	});
	return { ok: true, session };
}
