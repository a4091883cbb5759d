// Walls: a screen gets a name, an area and a link that is opened once on that very screen; and it is taken away again.

import { randomUUID } from 'node:crypto';
import { signInRules } from '#db/rules/access.ts';
import { isAreaCode } from '#lib/domain/access/scope.ts';
import { authorize } from '#lib/domain/access/authorize.ts';
import { audit } from '../audit/audit.ts';
import { isProven, signedBy, type Caller } from '../auth/caller.ts';
import { wrongNetworks } from '../auth/networks.ts';
import { newSecret, sha256 } from '../auth/secret.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { addSignInLink, lockSignInLink, markLinkUsed } from '../repositories/sign-in-link.ts';
import { addWall, endWall, setWallToken, wallById } from '../repositories/wall.ts';

export interface WallWish {
	name: string;
	areas: readonly string[];
	networks: readonly string[];
}

export type CreateWall =
	| { ok: true; id: string; /** Secret of the link; shown once. */ link: string }
	| { ok: false; reason: 'forbidden' | 'prove' | 'no-name' | 'bad-area' | 'bad-network' };

export async function createWall(db: Db, caller: Caller, wish: WallWish): Promise<CreateWall> {
	if (!authorize(caller.principal, 'token:manage').ok) return { ok: false, reason: 'forbidden' };
	if (!isProven(caller)) return { ok: false, reason: 'prove' };
	const name = wish.name.trim();
	if (name === '') return { ok: false, reason: 'no-name' };
	if (wish.areas.length === 0 || !wish.areas.every(isAreaCode)) return { ok: false, reason: 'bad-area' };
	if (wrongNetworks(wish.networks).length > 0) return { ok: false, reason: 'bad-network' };
	const { now } = caller;
	return transaction(db, async (tx) => {
		const id = randomUUID();
		const networks = wish.networks.length > 0 ? wish.networks : null;
		await addWall(tx, { id, name, areas: wish.areas, networks, at: now, by: signedBy(caller).actor });
		const link = newSecret();
		const expiresAt = new Date(now.getTime() + signInRules.setupLink.value * 1000);
		await addSignInLink(tx, {
			tokenSha256: sha256(link),
			purpose: 'wall',
			personId: null,
			wallId: id,
			at: now,
			expiresAt,
		});
		const detail = { name, areas: wish.areas, networks };
		await audit(tx, { ...signedBy(caller), action: 'wall:create', object: `wall ${id}`, detail, outcome: 'done' });
		return { ok: true, id, link };
	});
}

export type EnterWall = { ok: true; token: string } | { ok: false; reason: 'unknown' | 'used' | 'expired' };

/** Opened on the screen itself; whoever opens the link gets the screen's cookie, so it works once. */
export async function enterWall(db: Db, link: string, address: string | null, now: Date): Promise<EnterWall> {
	return transaction(db, async (tx) => {
		const hash = sha256(link);
		const found = await lockSignInLink(tx, hash);
		const wall = found?.wallId ? await wallById(tx, found.wallId) : undefined;
		if (!found || found.purpose !== 'wall' || !wall || wall.revokedAt) return { ok: false, reason: 'unknown' };
		if (found.usedAt) return { ok: false, reason: 'used' };
		if (now >= found.expiresAt) return { ok: false, reason: 'expired' };
		await markLinkUsed(tx, hash, now);
		const token = newSecret();
		await setWallToken(tx, wall.id, sha256(token));
		const who = { at: now, actor: `wall:${wall.id}`, actorKind: 'wall', address };
		await audit(tx, { ...who, action: 'wall:enter', object: `wall ${wall.id}`, outcome: 'done' });
		return { ok: true, token };
	});
}

export type RevokeWall = { ok: true } | { ok: false; reason: 'forbidden' | 'not-found' };

/** The screen is refused with its next question, and its socket within 5 s. */
export async function revokeWall(db: Db, caller: Caller, id: string): Promise<RevokeWall> {
	if (!authorize(caller.principal, 'token:manage').ok) return { ok: false, reason: 'forbidden' };
	return transaction(db, async (tx) => {
		if (!(await endWall(tx, id, caller.now))) return { ok: false, reason: 'not-found' };
		await audit(tx, { ...signedBy(caller), action: 'wall:revoke', object: `wall ${id}`, outcome: 'done' });
		return { ok: true };
	});
}
