// What a sign-in that goes through another place (single sign-on, a passkey) has to remember until the answer comes.
// A row is taken once: whoever plays an answer a second time finds nothing.

import type { Db } from '../db/connection.ts';

export interface Attempt {
	kind: string;
	/** Known to the browser that began it only, by a cookie. */
	browserSha256: Buffer;
	kept: Record<string, string>;
	expiresAt: Date;
}

export async function addAttempt(db: Db, stateSha256: Buffer, attempt: Attempt, at: Date): Promise<void> {
	await db.deleteFrom('sign_in_attempt').where('expires_at', '<', at).execute();
	await db
		.insertInto('sign_in_attempt')
		.values({
			state_sha256: stateSha256,
			browser_sha256: attempt.browserSha256,
			kind: attempt.kind,
			kept: JSON.stringify(attempt.kept),
			expires_at: attempt.expiresAt,
		})
		.execute();
}

/** Takes the attempt away; undefined when there is none of that kind, by that browser, still in time. */
export async function takeAttempt(
	db: Db,
	stateSha256: Buffer,
	kind: string,
	browserSha256: Buffer,
	at: Date,
): Promise<Record<string, string> | undefined> {
	const row = await db
		.deleteFrom('sign_in_attempt')
		.where('state_sha256', '=', stateSha256)
		.where('kind', '=', kind)
		.where('browser_sha256', '=', browserSha256)
		.returning(['kept', 'expires_at'])
		.executeTakeFirst();
	if (!row || at >= row.expires_at) return undefined;
	return (typeof row.kept === 'string' ? JSON.parse(row.kept) : row.kept) as Record<string, string>;
}
