// Makes a bearer token for a program or a device. Its text is in the answer and nowhere else.

import type { TokenScope } from '#lib/domain/access/principal.ts';
import { authorize } from '#lib/domain/access/authorize.ts';
import { audit } from '../audit/audit.ts';
import { OPERATOR, signedBy, type Caller } from '../auth/caller.ts';
import { sha256 } from '../auth/secret.ts';
import { newToken } from '../auth/token.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { isUuid } from '../http/uuid.ts';
import { addToken, knownDevices, knownSites } from '../repositories/token.ts';

export interface TokenWish {
	name: string;
	scope: TokenScope;
	siteIds?: readonly string[];
	deviceIds?: readonly string[];
	quantities?: readonly string[];
}

export type CreateToken =
	| { ok: true; id: string; bearer: string }
	| { ok: false; reason: 'forbidden' | 'no-name' }
	| { ok: false; reason: 'unknown-site' | 'unknown-device'; ids: string[] };

/** @param caller - `operator`: the command line */
export async function createToken(
	db: Db,
	caller: Caller | { operator: true; now: Date },
	wish: TokenWish,
): Promise<CreateToken> {
	const signed = 'operator' in caller ? { at: caller.now, ...OPERATOR } : signedBy(caller);
	if (!('operator' in caller) && !authorize(caller.principal, 'token:manage').ok)
		return { ok: false, reason: 'forbidden' };
	if (wish.name.trim() === '') return { ok: false, reason: 'no-name' };

	return transaction(db, async (tx) => {
		const noSites = await missing(wish.siteIds, (ids) => knownSites(tx, ids.filter(isUuid)));
		if (noSites.length > 0) return { ok: false, reason: 'unknown-site', ids: noSites };
		const noDevices = await missing(wish.deviceIds, (ids) => knownDevices(tx, ids));
		if (noDevices.length > 0) return { ok: false, reason: 'unknown-device', ids: noDevices };

		const { id, bearer } = newToken();
		await addToken(tx, {
			id,
			name: wish.name.trim(),
			tokenSha256: sha256(bearer),
			scope: wish.scope,
			siteIds: wish.siteIds ?? null,
			deviceIds: wish.deviceIds ?? null,
			quantities: wish.quantities ?? null,
			at: caller.now,
			by: signed.actor,
		});
		await audit(tx, { ...signed, action: 'token:create', object: `token ${id}`, detail: { ...wish }, outcome: 'done' });
		return { ok: true, id, bearer };
	});
}

async function missing(
	asked: readonly string[] | undefined,
	known: (ids: readonly string[]) => Promise<string[]>,
): Promise<string[]> {
	if (!asked || asked.length === 0) return [];
	const found = await known(asked);
	return asked.filter((id) => !found.includes(id));
}
