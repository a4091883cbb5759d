// Screens on walls: things with an area, known by the SHA-256 of the secret in their cookie.

import type { Db } from '../db/connection.ts';

export interface WallRow {
	id: string;
	name: string;
	areas: string[];
	networks: string[] | null;
	isPaired: boolean;
	createdAt: Date;
	seenAt: Date | null;
	revokedAt: Date | null;
}

export async function addWall(
	db: Db,
	wall: {
		id: string;
		name: string;
		areas: readonly string[];
		networks: readonly string[] | null;
		at: Date;
		by: string;
	},
): Promise<void> {
	await db
		.insertInto('wall')
		.values({
			id: wall.id,
			name: wall.name,
			areas: [...wall.areas],
			networks: wall.networks && [...wall.networks],
			created_at: wall.at,
			created_by: wall.by,
		})
		.execute();
}

export async function setWallToken(db: Db, id: string, tokenSha256: Buffer): Promise<void> {
	await db.updateTable('wall').set({ token_sha256: tokenSha256 }).where('id', '=', id).execute();
}

export async function wallByToken(db: Db, tokenSha256: Buffer): Promise<WallRow | undefined> {
	const row = await db.selectFrom('wall').selectAll().where('token_sha256', '=', tokenSha256).executeTakeFirst();
	return row && fromRow(row);
}

export async function wallById(db: Db, id: string): Promise<WallRow | undefined> {
	const row = await db.selectFrom('wall').selectAll().where('id', '=', id).executeTakeFirst();
	return row && fromRow(row);
}

export async function listWalls(db: Db): Promise<WallRow[]> {
	const rows = await db.selectFrom('wall').selectAll().orderBy('created_at', 'desc').execute();
	return rows.map(fromRow);
}

export async function touchWall(db: Db, id: string, at: Date): Promise<void> {
	await db.updateTable('wall').set({ seen_at: at }).where('id', '=', id).execute();
}

/** Returns whether there was such a wall to revoke. */
export async function endWall(db: Db, id: string, at: Date): Promise<boolean> {
	const rows = await db
		.updateTable('wall')
		.set({ revoked_at: at })
		.where('id', '=', id)
		.where('revoked_at', 'is', null)
		.returning('id')
		.execute();
	return rows.length > 0;
}

function fromRow(row: {
	id: string;
	name: string;
	areas: string[];
	networks: string[] | null;
	token_sha256: Buffer | null;
	created_at: Date;
	seen_at: Date | null;
	revoked_at: Date | null;
}): WallRow {
	return {
		id: row.id,
		name: row.name,
		areas: row.areas,
		networks: row.networks,
		isPaired: row.token_sha256 !== null,
		createdAt: row.created_at,
		seenAt: row.seen_at,
		revokedAt: row.revoked_at,
	};
}
