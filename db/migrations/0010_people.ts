// What signing in needs beyond a password: a second factor, single sign-on, links for people, walls, and for keys the
// addresses they may come from.

import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`alter table session add column via text not null default 'password'`.execute(db);
	await sql`alter table session add column second_factor_at timestamptz`.execute(db);
	await sql`alter table session add column proven_at timestamptz`.execute(db);

	await sql`alter table sign_in_link drop constraint sign_in_link_purpose_check`.execute(db);
	await sql`alter table sign_in_link add constraint sign_in_link_purpose_check check (purpose in ('setup', 'demo', 'person', 'wall'))`.execute(
		db,
	);

	await sql`alter table api_token add column networks text[]`.execute(db);

	await sql`
		create table person_identity (
			issuer text not null,
			subject text not null,
			person_id uuid not null references person (id),
			bound_at timestamptz not null,
			bound_by text not null,
			primary key (issuer, subject)
		)`.execute(db);
	await sql`create index person_identity_by_person on person_identity (person_id)`.execute(db);

	await sql`
		create table totp (
			person_id uuid primary key references person (id),
			secret bytea not null,
			confirmed_at timestamptz,
			last_step bigint not null default 0
		)`.execute(db);

	await sql`
		create table passkey (
			credential_id text primary key,
			person_id uuid not null references person (id),
			public_key bytea not null,
			counter bigint not null,
			transports text[] not null,
			name text not null,
			created_at timestamptz not null,
			last_used_at timestamptz
		)`.execute(db);
	await sql`create index passkey_by_person on passkey (person_id)`.execute(db);

	await sql`
		create table recovery_code (
			person_id uuid not null references person (id),
			code_sha256 bytea not null,
			used_at timestamptz,
			primary key (person_id, code_sha256)
		)`.execute(db);

	await sql`
		create table sign_in_attempt (
			state_sha256 bytea primary key,
			browser_sha256 bytea not null,
			kind text not null,
			kept jsonb not null,
			expires_at timestamptz not null
		)`.execute(db);

	await sql`
		create table wall (
			id uuid primary key,
			name text not null,
			areas text[] not null,
			token_sha256 bytea unique,
			networks text[],
			created_at timestamptz not null,
			created_by text not null,
			seen_at timestamptz,
			revoked_at timestamptz
		)`.execute(db);
	await sql`alter table sign_in_link add column wall_id uuid references wall (id)`.execute(db);
}
