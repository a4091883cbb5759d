// Sessions of people. A session is known by the SHA-256 of its token; the token itself is nowhere but in the browser.

import type { Grant } from '#lib/domain/access/principal.ts';
import type { LayerClass } from '#lib/domain/access/scope.ts';
import type { Db } from '../db/connection.ts';

/** A session with the person it belongs to as the register of people knows them now. */
export interface SessionRow {
	id: string;
	seenAt: Date;
	expiresAt: Date;
	revokedAt: Date | null;
	person: { id: string; name: string; isDemo: boolean; disabledAt: Date | null; grants: Grant[] };
}

export interface NewSession {
	id: string;
	tokenSha256: Buffer;
	personId: string;
	principalVersion: number;
	at: Date;
	expiresAt: Date;
	address: string | null;
	agent: string | null;
}

export async function addSession(db: Db, session: NewSession): Promise<void> {
	await db
		.insertInto('session')
		.values({
			id: session.id,
			token_sha256: session.tokenSha256,
			person_id: session.personId,
			principal_version: session.principalVersion,
			created_at: session.at,
			seen_at: session.at,
			expires_at: session.expiresAt,
			address: session.address,
			agent: session.agent,
		})
		.execute();
}

/** One question for session, person and roles: it is asked with every request. */
export async function sessionByToken(db: Db, tokenSha256: Buffer): Promise<SessionRow | undefined> {
	const rows = await db
		.selectFrom('session')
		.innerJoin('person', 'person.id', 'session.person_id')
		.leftJoin('role_grant', 'role_grant.person_id', 'person.id')
		.select([
			'session.id',
			'session.seen_at',
			'session.expires_at',
			'session.revoked_at',
			'session.person_id',
			'person.name',
			'person.is_demo',
			'person.disabled_at',
			'role_grant.role',
			'role_grant.area',
			'role_grant.layer_classes',
		])
		.where('session.token_sha256', '=', tokenSha256)
		.orderBy('role_grant.granted_at')
		.orderBy('role_grant.id')
		.execute();
	const first = rows[0];
	if (!first) return undefined;
	const grants = rows.flatMap(({ role, area, layer_classes }) =>
		role && area ? [{ role, area, layers: (layer_classes ?? []) as LayerClass[] }] : [],
	);
	return {
		id: first.id,
		seenAt: first.seen_at,
		expiresAt: first.expires_at,
		revokedAt: first.revoked_at,
		person: {
			id: first.person_id,
			name: first.name,
			isDemo: first.is_demo,
			disabledAt: first.disabled_at,
			grants,
		},
	};
}

export async function touchSession(db: Db, id: string, at: Date): Promise<void> {
	await db.updateTable('session').set({ seen_at: at }).where('id', '=', id).where('seen_at', '<', at).execute();
}

/** Ends sessions that are still open. Returns the ids of those it ended. */
export async function endSessions(db: Db, which: { id: string } | { personId: string }, at: Date): Promise<string[]> {
	const query = db.updateTable('session').set({ revoked_at: at }).where('revoked_at', 'is', null).returning('id');
	const ended = await (
		'id' in which ? query.where('id', '=', which.id) : query.where('person_id', '=', which.personId)
	).execute();
	return ended.map(({ id }) => id);
}

export interface ListedSession {
	id: string;
	personId: string;
	personName: string;
	login: string;
	createdAt: Date;
	seenAt: Date;
	expiresAt: Date;
	address: string | null;
	agent: string | null;
}

/** Open sessions, last used first: of one person, or of everybody. Idle ones are listed until they are swept. */
export async function openSessions(db: Db, at: Date, personId?: string): Promise<ListedSession[]> {
	const rows = await db
		.selectFrom('session')
		.innerJoin('person', 'person.id', 'session.person_id')
		.select([
			'session.id',
			'session.person_id',
			'person.name',
			'person.login',
			'session.created_at',
			'session.seen_at',
			'session.expires_at',
			'session.address',
			'session.agent',
		])
		.where('session.revoked_at', 'is', null)
		.where('session.expires_at', '>', at)
		.$if(personId !== undefined, (query) => query.where('session.person_id', '=', personId ?? ''))
		.orderBy('session.seen_at', 'desc')
		.limit(500)
		.execute();
	return rows.map((row) => ({
		id: row.id,
		personId: row.person_id,
		personName: row.name,
		login: row.login,
		createdAt: row.created_at,
		seenAt: row.seen_at,
		expiresAt: row.expires_at,
		address: row.address,
		agent: row.agent,
	}));
}

export async function personOfSession(db: Db, id: string): Promise<string | undefined> {
	const row = await db.selectFrom('session').select('person_id').where('id', '=', id).executeTakeFirst();
	return row?.person_id;
}
