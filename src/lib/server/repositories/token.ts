// Bearer tokens of programs and devices. Known by the SHA-256 of the whole token, which is shown once and never stored.

import type { TokenScope } from '#lib/domain/access/principal.ts';
import type { Db } from '../db/connection.ts';

export interface TokenRow {
	id: string;
	name: string;
	scope: TokenScope;
	siteIds: string[] | null;
	deviceIds: string[] | null;
	quantities: string[] | null;
	networks: string[] | null;
	createdAt: Date;
	createdBy: string;
	lastUsedAt: Date | null;
	revokedAt: Date | null;
}

export interface NewToken {
	id: string;
	name: string;
	tokenSha256: Buffer;
	scope: TokenScope;
	siteIds: readonly string[] | null;
	deviceIds: readonly string[] | null;
	quantities: readonly string[] | null;
	networks?: readonly string[] | null;
	at: Date;
	by: string;
}

export async function addToken(db: Db, token: NewToken): Promise<void> {
	await db
		.insertInto('api_token')
		.values({
			id: token.id,
			name: token.name,
			token_sha256: token.tokenSha256,
			scope: token.scope,
			site_ids: token.siteIds && [...token.siteIds],
			device_ids: token.deviceIds && [...token.deviceIds],
			quantities: token.quantities && [...token.quantities],
			networks: token.networks ? [...token.networks] : null,
			created_at: token.at,
			created_by: token.by,
		})
		.execute();
}

export async function tokenByHash(db: Db, tokenSha256: Buffer): Promise<TokenRow | undefined> {
	const row = await db
		.selectFrom('api_token')
		.select(COLUMNS)
		.where('token_sha256', '=', tokenSha256)
		.executeTakeFirst();
	return row && fromRow(row);
}

export async function listTokens(db: Db): Promise<TokenRow[]> {
	const rows = await db.selectFrom('api_token').select(COLUMNS).orderBy('created_at', 'desc').limit(1000).execute();
	return rows.map(fromRow);
}

export async function touchToken(db: Db, id: string, at: Date): Promise<void> {
	await db.updateTable('api_token').set({ last_used_at: at }).where('id', '=', id).execute();
}

/** Returns whether there was such a token to revoke. */
export async function endToken(db: Db, id: string, at: Date): Promise<boolean> {
	const rows = await db
		.updateTable('api_token')
		.set({ revoked_at: at })
		.where('id', '=', id)
		.where('revoked_at', 'is', null)
		.returning('id')
		.execute();
	return rows.length > 0;
}

/** Active keys bound to exactly these devices. */
export async function activeKeysOf(db: Db, deviceIds: readonly string[]): Promise<number> {
	const rows = await db
		.selectFrom('api_token')
		.select('device_ids')
		.where('revoked_at', 'is', null)
		.where('device_ids', 'is not', null)
		.execute();
	const name = (ids: readonly string[]) => [...ids].sort().join();
	return rows.filter(({ device_ids }) => device_ids && name(device_ids) === name(deviceIds)).length;
}

/** Those of `siteIds` that stand in the register. */
export async function knownSites(db: Db, siteIds: readonly string[]): Promise<string[]> {
	if (siteIds.length === 0) return [];
	const rows = await db.selectFrom('site').select('id').where('id', 'in', siteIds).execute();
	return rows.map(({ id }) => id);
}

/** Those of `deviceIds` that stand in the register. */
export async function knownDevices(db: Db, deviceIds: readonly string[]): Promise<string[]> {
	if (deviceIds.length === 0) return [];
	const rows = await db.selectFrom('device').select('id').where('id', 'in', deviceIds).execute();
	return rows.map(({ id }) => id);
}

const COLUMNS = [
	'id',
	'name',
	'scope',
	'site_ids',
	'device_ids',
	'quantities',
	'networks',
	'created_at',
	'created_by',
	'last_used_at',
	'revoked_at',
] as const;

function fromRow(row: {
	id: string;
	name: string;
	scope: TokenScope;
	site_ids: string[] | null;
	device_ids: string[] | null;
	quantities: string[] | null;
	networks: string[] | null;
	created_at: Date;
	created_by: string;
	last_used_at: Date | null;
	revoked_at: Date | null;
}): TokenRow {
	return {
		id: row.id,
		name: row.name,
		scope: row.scope,
		siteIds: row.site_ids,
		deviceIds: row.device_ids,
		quantities: row.quantities,
		networks: row.networks,
		createdAt: row.created_at,
		createdBy: row.created_by,
		lastUsedAt: row.last_used_at,
		revokedAt: row.revoked_at,
	};
}
