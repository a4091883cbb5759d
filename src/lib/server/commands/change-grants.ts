// Gives and takes roles. Nobody changes their own, the three administrators never meet in one hand, and the last
// security administrator stays.

import { randomUUID } from 'node:crypto';
import { authorize } from '#lib/domain/access/authorize.ts';
import { mayHold, opensInTown } from '#lib/domain/access/may-hold.ts';
import type { PersonRole } from '#lib/domain/access/principal.ts';
import { isAreaCode, type LayerClass } from '#lib/domain/access/scope.ts';
import { audit } from '../audit/audit.ts';
import { isProven, signedBy, type Caller } from '../auth/caller.ts';
import { announceEndedSessions } from '../auth/session-end.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { addGrant, countHolders, dropGrant, heldGrants, personById } from '../repositories/person.ts';

export interface GrantWish {
	personId: string;
	role: PersonRole;
	area: string;
	layers: readonly LayerClass[];
}

export type GiveRole =
	| { ok: true }
	| {
			ok: false;
			reason:
				| 'forbidden'
				| 'prove'
				| 'own'
				| 'not-found'
				| 'bad-area'
				| 'district-only'
				| 'admins-apart'
				| 'not-for-people'
				| 'taken';
	  };

export async function giveRole(db: Db, caller: Caller, wish: GrantWish): Promise<GiveRole> {
	if (!authorize(caller.principal, 'grant:manage').ok) return { ok: false, reason: 'forbidden' };
	if (isOwn(caller, wish.personId)) return { ok: false, reason: 'own' };
	if (!isProven(caller)) return { ok: false, reason: 'prove' };
	if (!isAreaCode(wish.area)) return { ok: false, reason: 'bad-area' };
	const result = await transaction(db, async (tx): Promise<GiveRole> => {
		if (!(await personById(tx, wish.personId))) return { ok: false, reason: 'not-found' };
		const held = await heldGrants(tx, wish.personId);
		if (held.some(({ role, area }) => role === wish.role && area === wish.area)) return { ok: false, reason: 'taken' };
		const verdict = mayHold([...held.map(({ role }) => role), wish.role]);
		if (!verdict.ok) return { ok: false, reason: verdict.reason };
		if (wish.area.length > 6 && !opensInTown(wish.role)) return { ok: false, reason: 'district-only' };
		const { actor } = signedBy(caller);
		await addGrant(tx, { id: randomUUID(), ...wish, at: caller.now, by: actor });
		const detail = { role: wish.role, area: wish.area, layers: wish.layers };
		const object = `person ${wish.personId}`;
		await audit(tx, { ...signedBy(caller), action: 'grant:give', object, detail, outcome: 'done' });
		return { ok: true };
	});
	if (result.ok) announceEndedSessions({ personId: wish.personId });
	return result;
}

export type TakeRole = { ok: true } | { ok: false; reason: 'forbidden' | 'own' | 'not-found' | 'last' };

export async function takeRole(db: Db, caller: Caller, personId: string, grantId: string): Promise<TakeRole> {
	if (!authorize(caller.principal, 'grant:manage').ok) return { ok: false, reason: 'forbidden' };
	if (isOwn(caller, personId)) return { ok: false, reason: 'own' };
	const result = await transaction(db, async (tx): Promise<TakeRole> => {
		const asked = (await heldGrants(tx, personId)).find(({ id }) => id === grantId);
		if (!asked) return { ok: false, reason: 'not-found' };
		if (asked.role === 'securityAdmin' && (await countHolders(tx, 'securityAdmin')) <= 1)
			return { ok: false, reason: 'last' };
		await dropGrant(tx, personId, grantId);
		const detail = { role: asked.role, area: asked.area };
		await audit(tx, {
			...signedBy(caller),
			action: 'grant:take',
			object: `person ${personId}`,
			detail,
			outcome: 'done',
		});
		return { ok: true };
	});
	if (result.ok) announceEndedSessions({ personId });
	return result;
}

function isOwn({ principal }: Caller, personId: string): boolean {
	return principal.kind === 'person' && principal.id === personId;
}
