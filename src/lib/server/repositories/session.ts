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
	via: string;
	secondFactorAt: Date | null;
	/** When the person last proved to be itself in this session. */
	provenAt: Date | null;
	hasFactor: boolean;
	person: {
		id: string;
		name: string;
		isDemo: boolean;
		disabledAt: Date | null;
		passwordChangedAt: Date | null;
		grants: Grant[];
	};
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
	via: SignInWay;
	provenAt: Date | null;
}

/** How a session was opened. */
export type SignInWay = 'password' | 'demo-link' | 'setup-link' | 'person-link' | 'oidc' | 'zzd';

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
			via: session.via,
			proven_at: session.provenAt,
		})
		.execute();
}

/** Notes that the person proved to be itself; with a second factor, or by what it signed in with. */
export async function noteProof(db: Db, id: string, at: Date, bySecondFactor: boolean): Promise<void> {
	await db
		.updateTable('session')
		.set({ proven_at: at, ...(bySecondFactor && { second_factor_at: at }) })
		.where('id', '=', id)
		.execute();
}

/** Gives a session a new token, so that one noted before the sign-in was complete is worth nothing. */
export async function renewToken(db: Db, id: string, tokenSha256: Buffer): Promise<Date> {
	const { expires_at } = await db
		.updateTable('session')
		.set({ token_sha256: tokenSha256 })
		.where('id', '=', id)
		.returning('expires_at')
		.executeTakeFirstOrThrow();
	return expires_at;
}

/** One question for session, person and roles: it is asked with every request. */
export async function sessionByToken(db: Db, tokenSha256: Buffer): Promise<SessionRow | undefined> {
	const rows = await db
		.selectFrom('session')
		.innerJoin('person', 'person.id', 'session.person_id')
		.leftJoin('role_grant', 'role_grant.person_id', 'person.id')
		.select((eb) => [
			'session.id',
			'session.seen_at',
			'session.expires_at',
			'session.revoked_at',
			'session.via',
			'session.second_factor_at',
			'session.proven_at',
			'session.person_id',
			eb
				.or([
					eb.exists(
						eb
							.selectFrom('totp')
							.select('totp.person_id')
							.whereRef('totp.person_id', '=', 'person.id')
							.where('totp.confirmed_at', 'is not', null),
					),
					eb.exists(
						eb.selectFrom('passkey').select('passkey.person_id').whereRef('passkey.person_id', '=', 'person.id'),
					),
				])
				.as('has_factor'),
			'person.password_changed_at',
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
		via: first.via,
		secondFactorAt: first.second_factor_at,
		provenAt: first.proven_at,
		hasFactor: Boolean(first.has_factor),
		person: {
			id: first.person_id,
			name: first.name,
			isDemo: first.is_demo,
			disabledAt: first.disabled_at,
			passwordChangedAt: first.password_changed_at,
			grants,
		},
	};
}

export async function touchSession(db: Db, id: string, at: Date): Promise<void> {
	await db.updateTable('session').set({ seen_at: at }).where('id', '=', id).where('seen_at', '<', at).execute();
}

/** Ends sessions that are still open. Returns the ids of those it ended. */
export async function endSessions(
	db: Db,
	which: { id: string } | { personId: string; except?: string },
	at: Date,
): Promise<string[]> {
	const query = db.updateTable('session').set({ revoked_at: at }).where('revoked_at', 'is', null).returning('id');
	const those = 'id' in which ? query.where('id', '=', which.id) : query.where('person_id', '=', which.personId);
	const ended = await ('except' in which && which.except ? those.where('id', '!=', which.except) : those).execute();
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
	via: string;
	hasSecondFactor: boolean;
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
			'session.via',
			'session.second_factor_at',
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
		via: row.via,
		hasSecondFactor: row.second_factor_at !== null,
	}));
}

export async function personOfSession(db: Db, id: string): Promise<string | undefined> {
	const row = await db.selectFrom('session').select('person_id').where('id', '=', id).executeTakeFirst();
	return row?.person_id;
}

/** Sessions and links that ended before a moment. */
export async function forgetOldSessions(db: Db, before: Date): Promise<void> {
	await db
		.deleteFrom('session')
		.where((eb) => eb.or([eb('expires_at', '<', before), eb('revoked_at', '<', before)]))
		.execute();
	await db.deleteFrom('sign_in_link').where('expires_at', '<', before).execute();
}
