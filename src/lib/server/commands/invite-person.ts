// A link with which a person sets the first or a new password. It is shown to the security administrator once, handed
// over in person, and works once.

import { signInRules } from '#db/rules/access.ts';
import { authorize } from '#lib/domain/access/authorize.ts';
import {
	PASSWORD_POLICIES,
	passwordFlaws,
	type PasswordFlaw,
	type PasswordPolicyName,
} from '#lib/domain/access/password-policy.ts';
import { audit } from '../audit/audit.ts';
import { isProven, signedBy, type Caller } from '../auth/caller.ts';
import { hashPassword } from '../auth/password.ts';
import { newSecret, sha256 } from '../auth/secret.ts';
import { announceEndedSessions } from '../auth/session-end.ts';
import { openSession, type OpenedSession, type SignInFrom } from '../auth/session.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { personById, principalOf, setPassword } from '../repositories/person.ts';
import { endSessions } from '../repositories/session.ts';
import { addSignInLink, dropLinksOf, lockSignInLink, markLinkUsed } from '../repositories/sign-in-link.ts';

export type InvitePerson =
	{ ok: true; link: string; expiresAt: Date } | { ok: false; reason: 'forbidden' | 'prove' | 'own' | 'not-found' };

/** Links handed out before for the same person die. */
export async function invitePerson(db: Db, caller: Caller, personId: string): Promise<InvitePerson> {
	const { principal, now } = caller;
	if (!authorize(principal, 'person:manage').ok) return { ok: false, reason: 'forbidden' };
	if (principal.kind === 'person' && principal.id === personId) return { ok: false, reason: 'own' };
	if (!isProven(caller)) return { ok: false, reason: 'prove' };
	return transaction(db, async (tx) => {
		const person = await personById(tx, personId);
		if (!person || person.isDemo || person.disabledAt) return { ok: false, reason: 'not-found' };
		await dropLinksOf(tx, { personId });
		const link = newSecret();
		const expiresAt = new Date(now.getTime() + signInRules.personLink.value * 1000);
		await addSignInLink(tx, { tokenSha256: sha256(link), purpose: 'person', personId, at: now, expiresAt });
		await audit(tx, { ...signedBy(caller), action: 'person:invite', object: `person ${personId}`, outcome: 'done' });
		return { ok: true, link, expiresAt };
	});
}

export type AcceptInvitation =
	| { ok: true; session: OpenedSession }
	| { ok: false; reason: 'unknown' | 'expired' | 'used' | 'disabled' }
	| { ok: false; reason: 'weak'; flaws: PasswordFlaw[] };

/** Sets the password, ends every session the person had, and signs in; a second factor is asked for after it. */
export async function acceptInvitation(
	db: Db,
	link: string,
	wish: { password: string; policy: PasswordPolicyName },
	from: SignInFrom,
	now: Date,
): Promise<AcceptInvitation> {
	const hash = sha256(link);
	const ended: string[] = [];
	const result = await transaction(db, async (tx): Promise<AcceptInvitation> => {
		const found = await lockSignInLink(tx, hash);
		if (!found || found.purpose !== 'person' || !found.personId) return { ok: false, reason: 'unknown' };
		if (found.usedAt) return { ok: false, reason: 'used' };
		if (now >= found.expiresAt) return { ok: false, reason: 'expired' };
		const person = await personById(tx, found.personId);
		const principal = await principalOf(tx, found.personId);
		if (!person || !principal) return { ok: false, reason: 'disabled' };
		const about = [person.login, person.name, 'sitewatch'];
		const flaws = passwordFlaws(wish.password, PASSWORD_POLICIES[wish.policy], about);
		if (flaws.length > 0) return { ok: false, reason: 'weak', flaws };

		await setPassword(tx, person.id, await hashPassword(wish.password), now);
		await markLinkUsed(tx, hash, now);
		ended.push(...(await endSessions(tx, { personId: person.id }, now)));
		const session = await openSession(
			tx,
			{ ...principal, principalVersion: person.principalVersion },
			from,
			'person-link',
			now,
		);
		await audit(tx, {
			at: now,
			actor: `person:${person.id}`,
			actorKind: 'person',
			address: from.address,
			action: 'session:open',
			object: `session ${session.sessionId}`,
			detail: { by: 'person-link', passwordSet: true },
			outcome: 'done',
		});
		return { ok: true, session };
	});
	if (ended.length > 0) announceEndedSessions({ sessionIds: ended });
	return result;
}
