// Signs a person in by single sign-on. Whom an answer belongs to is decided by the pair (issuer, subject) that an
// administrator bound beforehand; nobody is found by name or telephone, and nobody is created.

import { signInRules } from '#db/rules/access.ts';
import { audit } from '../audit/audit.ts';
import { newSecret, sha256 } from '../auth/secret.ts';
import { openSession, type OpenedSession, type SignInFrom } from '../auth/session.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { personOfIdentity } from '../repositories/identity.ts';
import { personById, principalOf } from '../repositories/person.ts';
import { addAttempt, takeAttempt } from '../repositories/sign-in-attempt.ts';
import type { IdentityProvider } from '../sso/identity-provider.ts';

export interface BegunSso {
	url: string;
	/** For a cookie of this browser: an answer that another browser brings is worth nothing. */
	browser: string;
	/** Seconds until the attempt is void. */
	withinS: number;
}

/** @param to - where the person wanted to go, a path of this site */
export async function beginSso(
	db: Db,
	provider: IdentityProvider,
	back: string,
	to: string,
	now: Date,
): Promise<BegunSso> {
	const begun = await provider.begin(back);
	const browser = newSecret();
	const expiresAt = new Date(now.getTime() + signInRules.ssoAttempt.value * 1000);
	await addAttempt(
		db,
		sha256(begun.state),
		{ kind: provider.id, browserSha256: sha256(browser), kept: { ...begun.kept, to }, expiresAt },
		now,
	);
	return { url: begun.url, browser, withinS: signInRules.ssoAttempt.value };
}

export type SsoRefusal = 'unknown-attempt' | 'not-bound' | 'disabled';
export type SignInBySso = { ok: true; session: OpenedSession; to: string } | { ok: false; reason: SsoRefusal };

/**
 * @param callback - the address the browser came back with
 * @throws Fault upstream-down or forbidden, as the provider's
 */
export async function signInBySso(
	db: Db,
	provider: IdentityProvider,
	callback: URL,
	browser: string,
	back: string,
	from: SignInFrom,
	now: Date,
): Promise<SignInBySso> {
	const state = callback.searchParams.get('state') ?? '';
	const kept = await takeAttempt(db, sha256(state), provider.id, sha256(browser), now);
	if (!kept) return { ok: false, reason: 'unknown-attempt' };
	const identity = await provider.complete(callback, kept, back);

	return transaction(db, async (tx) => {
		const personId = await personOfIdentity(tx, identity);
		const person = personId ? await principalOf(tx, personId) : undefined;
		const entry = {
			at: now,
			actor: personId ? `person:${personId}` : 'anonymous',
			actorKind: personId ? 'person' : 'anonymous',
			address: from.address,
			action: 'session:open' as const,
			detail: { by: provider.id, issuer: identity.issuer, subject: identity.subject },
		};
		if (!person) {
			await audit(tx, { ...entry, object: 'session', outcome: 'denied' });
			return { ok: false, reason: personId ? 'disabled' : 'not-bound' };
		}
		const principalVersion = (await personById(tx, person.id))?.principalVersion ?? 0;
		const session = await openSession(tx, { ...person, principalVersion }, from, provider.id, now);
		await audit(tx, { ...entry, object: `session ${session.sessionId}`, outcome: 'done' });
		return { ok: true, session, to: kept['to'] ?? '/' };
	});
}
