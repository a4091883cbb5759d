// Signs a person in by a link of the demonstration. Set-up links go through set-up-first-admin.ts.

import { principalOf, personById } from '../repositories/person.ts';
import { lockSignInLink, markLinkUsed } from '../repositories/sign-in-link.ts';
import { audit } from '../audit/audit.ts';
import { sha256 } from '../auth/secret.ts';
import { openSession, type OpenedSession, type SignInFrom } from '../auth/session.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';

export type LinkRefusal = 'unknown' | 'expired' | 'used' | 'disabled';
export type SignInByLink = { ok: true; session: OpenedSession } | { ok: false; reason: LinkRefusal };

export async function signInByLink(db: Db, link: string, from: SignInFrom, now: Date): Promise<SignInByLink> {
	return transaction(db, async (tx) => {
		const hash = sha256(link);
		const found = await lockSignInLink(tx, hash);
		if (!found || found.purpose !== 'demo' || !found.personId) return { ok: false, reason: 'unknown' };
		if (now >= found.expiresAt) return { ok: false, reason: 'expired' };
		const person = await principalOf(tx, found.personId);
		const version = (await personById(tx, found.personId))?.principalVersion;
		if (!person || version === undefined) return { ok: false, reason: 'disabled' };

		await markLinkUsed(tx, hash, now);
		const session = await openSession(tx, { ...person, principalVersion: version }, from, 'demo-link', now);
		await audit(tx, {
			at: now,
			actor: `person:${person.id}`,
			actorKind: 'person',
			address: from.address,
			action: 'session:open',
			object: `session ${session.sessionId}`,
			detail: { by: 'demo-link' },
			outcome: 'done',
		});
		return { ok: true, session };
	});
}
