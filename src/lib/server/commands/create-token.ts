// Makes a bearer token for a program or a device. Its text is in the answer and nowhere else.

import { VALUE_NAME } from '#lib/contract/telemetry.ts';
import type { TokenScope } from '#lib/domain/access/principal.ts';
import { authorize } from '#lib/domain/access/authorize.ts';
import { audit } from '../audit/audit.ts';
import { isProven, OPERATOR, signedBy, type Caller } from '../auth/caller.ts';
import { wrongNetworks } from '../auth/networks.ts';
import { sha256 } from '../auth/secret.ts';
import { newToken } from '../auth/token.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { isUuid } from '../http/uuid.ts';
import { activeKeysOf, addToken, knownDevices, knownSites } from '../repositories/token.ts';

export interface TokenWish {
	name: string;
	scope: TokenScope;
	siteIds?: readonly string[];
	deviceIds?: readonly string[];
	quantities?: readonly string[];
	/** Networks it may be used from; undefined: from everywhere. */
	networks?: readonly string[];
}

/** Keys of the same devices that may be active at once: the old one and the one it is exchanged for. */
const KEYS_AT_ONCE = 2;

export type CreateToken =
	| { ok: true; id: string; bearer: string }
	| { ok: false; reason: 'forbidden' | 'prove' | 'no-name' | 'two-active' }
	| { ok: false; reason: 'unknown-site' | 'unknown-device' | 'bad-quantity' | 'bad-network'; ids: string[] };

/** @param caller - `operator`: the command line */
export async function createToken(
	db: Db,
	caller: Caller | { operator: true; now: Date },
	wish: TokenWish,
): Promise<CreateToken> {
	const signed = 'operator' in caller ? { at: caller.now, ...OPERATOR } : signedBy(caller);
	if (!('operator' in caller) && !authorize(caller.principal, 'token:manage').ok)
		return { ok: false, reason: 'forbidden' };
	if (!('operator' in caller) && !isProven(caller)) return { ok: false, reason: 'prove' };
	if (wish.name.trim() === '') return { ok: false, reason: 'no-name' };
	const noQuantities = (wish.quantities ?? []).filter((name) => !VALUE_NAME.test(name));
	if (noQuantities.length > 0) return { ok: false, reason: 'bad-quantity', ids: noQuantities };

	return transaction(db, async (tx) => {
		const noSites = await missing(wish.siteIds, (ids) => knownSites(tx, ids.filter(isUuid)));
		if (noSites.length > 0) return { ok: false, reason: 'unknown-site', ids: noSites };
		const noDevices = await missing(wish.deviceIds, (ids) => knownDevices(tx, ids));
		if (noDevices.length > 0) return { ok: false, reason: 'unknown-device', ids: noDevices };

		const noNetworks = wrongNetworks(wish.networks ?? []);
		if (noNetworks.length > 0) return { ok: false, reason: 'bad-network', ids: noNetworks };
		const active = wish.deviceIds?.length ? await activeKeysOf(tx, wish.deviceIds) : 0;
		if (active >= KEYS_AT_ONCE) return { ok: false, reason: 'two-active' };

		const { id, bearer } = newToken();
		await addToken(tx, {
			id,
			name: wish.name.trim(),
			tokenSha256: sha256(bearer),
			scope: wish.scope,
			siteIds: wish.siteIds ?? null,
			deviceIds: wish.deviceIds ?? null,
			quantities: wish.quantities ?? null,
			networks: wish.networks?.length ? wish.networks : null,
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
