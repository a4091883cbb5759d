// Makes the first person of a new installation, by the set-up link its server printed. It is the security
// administrator: the one who hands out roles, and who alone can then make the others.

import { randomUUID } from 'node:crypto';
import {
	PASSWORD_POLICIES,
	passwordFlaws,
	type PasswordFlaw,
	type PasswordPolicyName,
} from '#lib/domain/access/password-policy.ts';
import { audit } from '../audit/audit.ts';
import { LOGIN_SHAPE } from '../auth/login-shape.ts';
import { hashPassword } from '../auth/password.ts';
import { sha256 } from '../auth/secret.ts';
import { openSession, type OpenedSession, type SignInFrom } from '../auth/session.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { addGrant, addPerson, countPeople, principalOf } from '../repositories/person.ts';
import { lockSignInLink, markLinkUsed } from '../repositories/sign-in-link.ts';

export type SetUp =
	| { ok: true; session: OpenedSession }
	| { ok: false; reason: 'unknown' | 'expired' | 'used' | 'bad-login' }
	| { ok: false; reason: 'weak'; flaws: PasswordFlaw[] };

export interface FirstAdmin {
	login: string;
	name: string;
	password: string;
	district: string;
	policy: PasswordPolicyName;
}

export async function setUpFirstAdmin(
	db: Db,
	link: string,
	wish: FirstAdmin,
	from: SignInFrom,
	now: Date,
): Promise<SetUp> {
	const login = wish.login.trim().toLowerCase();
	const name = wish.name.trim();
	if (!LOGIN_SHAPE.test(login) || name === '') return { ok: false, reason: 'bad-login' };
	const flaws = passwordFlaws(wish.password, PASSWORD_POLICIES[wish.policy], [login, name, 'sitewatch']);
	if (flaws.length > 0) return { ok: false, reason: 'weak', flaws };
	const passwordHash = await hashPassword(wish.password);

	return transaction(db, async (tx) => {
		const hash = sha256(link);
		const found = await lockSignInLink(tx, hash);
		if (!found || found.purpose !== 'setup') return { ok: false, reason: 'unknown' };
		if (found.usedAt || (await countPeople(tx)) > 0) return { ok: false, reason: 'used' };
		if (now >= found.expiresAt) return { ok: false, reason: 'expired' };

		const id = randomUUID();
		await addPerson(tx, { id, login, name, isDemo: false, passwordHash, at: now });
		const grant = { role: 'securityAdmin', area: wish.district, layers: [] } as const;
		await addGrant(tx, { id: randomUUID(), personId: id, ...grant, at: now, by: 'setup-link' });
		await markLinkUsed(tx, hash, now);
		const principal = await principalOf(tx, id);
		const session = await openSession(
			tx,
			{ id, grants: principal?.grants ?? [], principalVersion: 2 },
			from,
			'setup-link',
			now,
		);
		const who = {
			at: now,
			actor: `person:${id}`,
			actorKind: 'person',
			address: from.address,
			outcome: 'done',
		} as const;
		await audit(tx, {
			...who,
			action: 'person:manage',
			object: `person ${id}`,
			detail: { by: 'setup-link', role: grant.role },
		});
		await audit(tx, {
			...who,
			action: 'session:open',
			object: `session ${session.sessionId}`,
			detail: { by: 'setup-link' },
		});
		return { ok: true, session };
	});
}
