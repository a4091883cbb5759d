// One-time links: into the demonstration, for the first administrator of a new installation, for a person's first
// password, and for a screen on a wall.

import type { Db } from '../db/connection.ts';

export type LinkPurpose = 'setup' | 'demo' | 'person' | 'wall';

export interface SignInLinkRow {
	purpose: LinkPurpose;
	personId: string | null;
	wallId: string | null;
	expiresAt: Date;
	usedAt: Date | null;
}

export async function addSignInLink(
	db: Db,
	link: {
		tokenSha256: Buffer;
		purpose: LinkPurpose;
		personId: string | null;
		wallId?: string;
		at: Date;
		expiresAt: Date;
	},
): Promise<void> {
	await db
		.insertInto('sign_in_link')
		.values({
			token_sha256: link.tokenSha256,
			purpose: link.purpose,
			person_id: link.personId,
			wall_id: link.wallId ?? null,
			created_at: link.at,
			expires_at: link.expiresAt,
		})
		.execute();
}

/** Locks the row until the transaction ends, so that two uses at once are one after the other. */
export async function lockSignInLink(db: Db, tokenSha256: Buffer): Promise<SignInLinkRow | undefined> {
	const row = await db
		.selectFrom('sign_in_link')
		.select(['purpose', 'person_id', 'wall_id', 'expires_at', 'used_at'])
		.where('token_sha256', '=', tokenSha256)
		.forUpdate()
		.executeTakeFirst();
	return row && fromRow(row);
}

export async function signInLink(db: Db, tokenSha256: Buffer): Promise<SignInLinkRow | undefined> {
	const row = await db
		.selectFrom('sign_in_link')
		.select(['purpose', 'person_id', 'wall_id', 'expires_at', 'used_at'])
		.where('token_sha256', '=', tokenSha256)
		.executeTakeFirst();
	return row && fromRow(row);
}

export async function markLinkUsed(db: Db, tokenSha256: Buffer, at: Date): Promise<void> {
	await db.updateTable('sign_in_link').set({ used_at: at }).where('token_sha256', '=', tokenSha256).execute();
}

/** Links of a person or a wall that were handed out before are worth nothing any more. */
export async function dropLinksOf(db: Db, of: { personId: string } | { wallId: string }): Promise<void> {
	const query = db.deleteFrom('sign_in_link');
	await (
		'personId' in of
			? query.where('person_id', '=', of.personId).where('purpose', '=', 'person')
			: query.where('wall_id', '=', of.wallId)
	).execute();
}

/** A new start makes new links; the old ones die. */
export async function dropLinks(db: Db, purpose: 'setup' | 'demo'): Promise<void> {
	await db.deleteFrom('sign_in_link').where('purpose', '=', purpose).execute();
}

function fromRow(row: {
	purpose: LinkPurpose;
	person_id: string | null;
	wall_id: string | null;
	expires_at: Date;
	used_at: Date | null;
}): SignInLinkRow {
	return {
		purpose: row.purpose,
		personId: row.person_id,
		wallId: row.wall_id,
		expiresAt: row.expires_at,
		usedAt: row.used_at,
	};
}
