// Makes a person with roles. The three administrators never meet in one hand, whoever asks for it.

import { randomUUID } from 'node:crypto';
import { authorize } from '#lib/domain/access/authorize.ts';
import { ROLE_LAYERS } from '#lib/domain/access/matrix.ts';
import { mayHold, opensInTown } from '#lib/domain/access/may-hold.ts';
import {
	PASSWORD_POLICIES,
	passwordFlaws,
	type PasswordFlaw,
	type PasswordPolicyName,
} from '#lib/domain/access/password-policy.ts';
import type { PersonRole } from '#lib/domain/access/principal.ts';
import { isAreaCode } from '#lib/domain/access/scope.ts';
import { audit } from '../audit/audit.ts';
import { isProven, OPERATOR, signedBy, type Caller } from '../auth/caller.ts';
import { LOGIN_SHAPE } from '../auth/login-shape.ts';
import { hashPassword } from '../auth/password.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { addGrant, addPerson, personByLogin } from '../repositories/person.ts';

export interface PersonWish {
	login: string;
	name: string;
	/** Without one the person sets it by a link (invite-person.ts). */
	password?: string;
	roles: readonly PersonRole[];
	/** Code of the district, town or grid the roles hold for. */
	area: string;
	policy: PasswordPolicyName;
}

export type CreatePerson =
	| { ok: true; id: string }
	| {
			ok: false;
			reason:
				| 'forbidden'
				| 'prove'
				| 'bad-login'
				| 'taken'
				| 'bad-area'
				| 'district-only'
				| 'admins-apart'
				| 'not-for-people';
	  }
	| { ok: false; reason: 'weak'; flaws: PasswordFlaw[] };

/** @param caller - `operator`: the command line */
export async function createPerson(
	db: Db,
	caller: Caller | { operator: true; now: Date },
	wish: PersonWish,
): Promise<CreatePerson> {
	const signed = 'operator' in caller ? { at: caller.now, ...OPERATOR } : signedBy(caller);
	const mayYou =
		'operator' in caller ||
		(authorize(caller.principal, 'person:manage').ok && authorize(caller.principal, 'grant:manage').ok);
	if (!mayYou) return { ok: false, reason: 'forbidden' };
	if (!('operator' in caller) && !isProven(caller)) return { ok: false, reason: 'prove' };
	const login = wish.login.trim().toLowerCase();
	const name = wish.name.trim();
	if (!LOGIN_SHAPE.test(login) || name === '') return { ok: false, reason: 'bad-login' };
	if (!isAreaCode(wish.area)) return { ok: false, reason: 'bad-area' };
	const held = mayHold(wish.roles);
	if (!held.ok) return { ok: false, reason: held.reason };
	if (wish.area.length > 6 && !wish.roles.every(opensInTown)) return { ok: false, reason: 'district-only' };
	const { password } = wish;
	const about = [login, name, 'sitewatch'];
	const flaws = password === undefined ? [] : passwordFlaws(password, PASSWORD_POLICIES[wish.policy], about);
	if (flaws.length > 0) return { ok: false, reason: 'weak', flaws };
	const passwordHash = password === undefined ? null : await hashPassword(password);

	return transaction(db, async (tx) => {
		if (await personByLogin(tx, login)) return { ok: false, reason: 'taken' };
		const id = randomUUID();
		await addPerson(tx, { id, login, name, isDemo: false, passwordHash, at: caller.now });
		for (const role of new Set(wish.roles)) {
			const grant = { id: randomUUID(), personId: id, role, area: wish.area, layers: ROLE_LAYERS[role] };
			await addGrant(tx, { ...grant, at: caller.now, by: signed.actor });
		}
		const detail = { login, roles: wish.roles, area: wish.area };
		await audit(tx, { ...signed, action: 'person:manage', object: `person ${id}`, detail, outcome: 'done' });
		return { ok: true, id };
	});
}
