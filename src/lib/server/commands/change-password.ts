// Changes one's own password. The old one is asked for, and every other session of the person ends.

import {
	PASSWORD_POLICIES,
	passwordFlaws,
	type PasswordFlaw,
	type PasswordPolicyName,
} from '#lib/domain/access/password-policy.ts';
import { audit } from '../audit/audit.ts';
import { signedBy, type Caller } from '../auth/caller.ts';
import type { Guesses } from '../auth/guesses.ts';
import { hashPassword, passwordMatches } from '../auth/password.ts';
import { announceEndedSessions } from '../auth/session-end.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { personById, setPassword } from '../repositories/person.ts';
import { endSessions } from '../repositories/session.ts';

export type ChangePassword =
	| { ok: true }
	| { ok: false; reason: 'forbidden' | 'wrong' | 'same' }
	| { ok: false; reason: 'wait'; seconds: number }
	| { ok: false; reason: 'weak'; flaws: PasswordFlaw[] };

export async function changePassword(
	db: Db,
	guesses: Guesses,
	caller: Caller,
	sessionId: string,
	wish: { old: string; password: string; policy: PasswordPolicyName },
): Promise<ChangePassword> {
	const { principal, now, address } = caller;
	// A too old password is changed before anything else, but not before the second factor was shown.
	const isOpen = principal.kind === 'person' && (!principal.pending || principal.pending === 'password');
	if (!isOpen) return { ok: false, reason: 'forbidden' };
	const account = `proof:${principal.id}`;
	const seconds = await guesses.waitS(account, address ?? 'unknown');
	if (seconds > 0) return { ok: false, reason: 'wait', seconds };

	const person = await personById(db, principal.id);
	const entry = { ...signedBy(caller), action: 'password:change' as const, object: `person ${principal.id}` };
	if (!person || !(await passwordMatches(person.passwordHash, wish.old))) {
		await guesses.wrong(account, address ?? 'unknown');
		await transaction(db, (tx) => audit(tx, { ...entry, outcome: 'denied' }));
		return { ok: false, reason: 'wrong' };
	}
	await guesses.right(account);
	if (wish.old.normalize('NFKC') === wish.password.normalize('NFKC')) return { ok: false, reason: 'same' };
	const about = [person.login, person.name, 'sitewatch'];
	const flaws = passwordFlaws(wish.password, PASSWORD_POLICIES[wish.policy], about);
	if (flaws.length > 0) return { ok: false, reason: 'weak', flaws };
	const hash = await hashPassword(wish.password);

	const ended = await transaction(db, async (tx) => {
		await setPassword(tx, person.id, hash, now);
		const ids = await endSessions(tx, { personId: person.id, except: sessionId }, now);
		await audit(tx, { ...entry, outcome: 'done' });
		return ids;
	});
	announceEndedSessions({ sessionIds: ended });
	return { ok: true };
}
