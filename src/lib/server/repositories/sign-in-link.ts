// One-time links: into the demonstration, and for the first administrator of a new installation.

import type { Db } from '../db/connection.ts';

export interface SignInLinkRow {
	purpose: 'setup' | 'demo';
	personId: string | null;
	expiresAt: Date;
	usedAt: Date | null;
}

export async function addSignInLink(
	db: Db,
	link: { tokenSha256: Buffer; purpose: 'setup' | 'demo'; personId: string | null; at: Date; expiresAt: Date },
): Promise<void> {
	await db
		.insertInto('sign_in_link')
		.values({
			token_sha256: link.tokenSha256,
			purpose: link.purpose,
			person_id: link.personId,
			created_at: link.at,
			expires_at: link.expiresAt,
		})
		.execute();
}

/** Locks the row until the transaction ends, so that two uses at once are one after the other. */
export async function lockSignInLink(db: Db, tokenSha256: Buffer): Promise<SignInLinkRow | undefined> {
	const row = await db
		.selectFrom('sign_in_link')
		.select(['purpose', 'person_id', 'expires_at', 'used_at'])
		.where('token_sha256', '=', tokenSha256)
		.forUpdate()
		.executeTakeFirst();
	return row && { purpose: row.purpose, personId: row.person_id, expiresAt: row.expires_at, usedAt: row.used_at };
}

export async function signInLink(db: Db, tokenSha256: Buffer): Promise<SignInLinkRow | undefined> {
	const row = await db
		.selectFrom('sign_in_link')
		.select(['purpose', 'person_id', 'expires_at', 'used_at'])
		.where('token_sha256', '=', tokenSha256)
		.executeTakeFirst();
	return row && { purpose: row.purpose, personId: row.person_id, expiresAt: row.expires_at, usedAt: row.used_at };
}

export async function markLinkUsed(db: Db, tokenSha256: Buffer, at: Date): Promise<void> {
	await db.updateTable('sign_in_link').set({ used_at: at }).where('token_sha256', '=', tokenSha256).execute();
}

/** A new start makes new links; the old ones die. */
export async function dropLinks(db: Db, purpose: 'setup' | 'demo'): Promise<void> {
	await db.deleteFrom('sign_in_link').where('purpose', '=', purpose).execute();
}
