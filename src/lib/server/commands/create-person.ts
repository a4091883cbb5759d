// Makes a person with roles. The three administrators never meet in one hand, whoever asks for it.

import { randomUUID } from 'node:crypto';
import { authorize } from '#lib/domain/access/authorize.ts';
import { mayHold } from '#lib/domain/access/may-hold.ts';
import {
	PASSWORD_POLICIES,
	passwordFlaws,
	type PasswordFlaw,
	type PasswordPolicyName,
} from '#lib/domain/access/password-policy.ts';
import type { PersonRole } from '#lib/domain/access/principal.ts';
import type { LayerClass } from '#lib/domain/access/scope.ts';
import { audit } from '../audit/audit.ts';
import { OPERATOR, signedBy, type Caller } from '../auth/caller.ts';
import { LOGIN_SHAPE } from '../auth/login-shape.ts';
import { hashPassword } from '../auth/password.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { addGrant, addPerson, personByLogin } from '../repositories/person.ts';

export interface PersonWish {
	login: string;
	name: string;
	password: string;
	roles: readonly PersonRole[];
	/** Code of the district, town or grid the roles hold for. */
	area: string;
	policy: PasswordPolicyName;
}

export type CreatePerson =
	| { ok: true; id: string }
	| { ok: false; reason: 'forbidden' | 'bad-login' | 'taken' | 'bad-area' | 'admins-apart' | 'not-for-people' }
	| { ok: false; reason: 'weak'; flaws: PasswordFlaw[] };

/** What a role sees when nothing else is said: those who act on people's reports see names, those who oversee do not. */
const LAYERS: Record<PersonRole, readonly LayerClass[]> = {
	dutyOfficer: ['public', 'supervision', 'personal'],
	supervisor: ['public', 'supervision', 'personal'],
	leader: ['public', 'supervision'],
	analyst: ['public', 'supervision'],
	systemAdmin: ['public', 'supervision'],
	securityAdmin: [],
	auditor: [],
};

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
	const login = wish.login.trim().toLowerCase();
	const name = wish.name.trim();
	if (!LOGIN_SHAPE.test(login) || name === '') return { ok: false, reason: 'bad-login' };
	if (!/^\d{6}(\d{3}(\d{6})?)?$/.test(wish.area)) return { ok: false, reason: 'bad-area' };
	const held = mayHold(wish.roles);
	if (!held.ok) return { ok: false, reason: held.reason };
	const flaws = passwordFlaws(wish.password, PASSWORD_POLICIES[wish.policy], [login, name, 'sitewatch']);
	if (flaws.length > 0) return { ok: false, reason: 'weak', flaws };
	const passwordHash = await hashPassword(wish.password);

	return transaction(db, async (tx) => {
		if (await personByLogin(tx, login)) return { ok: false, reason: 'taken' };
		const id = randomUUID();
		await addPerson(tx, { id, login, name, isDemo: false, passwordHash, at: caller.now });
		for (const role of new Set(wish.roles)) {
			const grant = { id: randomUUID(), personId: id, role, area: wish.area, layers: LAYERS[role] };
			await addGrant(tx, { ...grant, at: caller.now, by: signed.actor });
		}
		const detail = { login, roles: wish.roles, area: wish.area };
		await audit(tx, { ...signed, action: 'person:manage', object: `person ${id}`, detail, outcome: 'done' });
		return { ok: true, id };
	});
}
