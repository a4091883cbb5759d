// Who may see what: people, their grants and sessions, tokens of programs and devices, sign-in links, the audit trail.

import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		create table person (
			id uuid primary key,
			login text not null unique,
			name text not null,
			is_demo boolean not null default false,
			password_hash text,
			password_changed_at timestamptz,
			disabled_at timestamptz,
			principal_version integer not null default 1,
			created_at timestamptz not null
		)`.execute(db);

	await sql`
		create table role_grant (
			id uuid primary key,
			person_id uuid not null references person (id),
			role text not null check (role in ('dutyOfficer', 'supervisor', 'leader', 'analyst', 'systemAdmin', 'securityAdmin', 'auditor')),
			area text not null check (area ~ '^[0-9]{6}([0-9]{3}([0-9]{6})?)?$'),
			layer_classes text[] not null,
			granted_at timestamptz not null,
			granted_by text not null,
			unique (person_id, role, area)
		)`.execute(db);

	await sql`
		create table session (
			id uuid primary key,
			token_sha256 bytea not null unique,
			person_id uuid not null references person (id),
			principal_version integer not null,
			created_at timestamptz not null,
			seen_at timestamptz not null,
			expires_at timestamptz not null,
			revoked_at timestamptz,
			address text,
			agent text
		)`.execute(db);
	await sql`create index session_by_person on session (person_id)`.execute(db);

	await sql`
		create table sign_in_link (
			token_sha256 bytea primary key,
			purpose text not null check (purpose in ('setup', 'demo')),
			person_id uuid references person (id),
			created_at timestamptz not null,
			expires_at timestamptz not null,
			used_at timestamptz
		)`.execute(db);

	await sql`
		create table api_token (
			id uuid primary key,
			name text not null,
			token_sha256 bytea not null unique,
			scope text not null check (scope in ('ingest', 'read', 'plan', 'admin')),
			site_ids uuid[],
			device_ids text[],
			quantities text[],
			created_at timestamptz not null,
			created_by text not null,
			last_used_at timestamptz,
			revoked_at timestamptz
		)`.execute(db);

	await sql`
		create table audit (
			seq bigint primary key,
			at timestamptz not null,
			actor text not null,
			actor_kind text not null,
			address text,
			action text not null,
			object text not null,
			detail jsonb not null default '{}',
			outcome text not null check (outcome in ('done', 'denied', 'failed')),
			prev_hash bytea not null,
			hash bytea not null
		)`.execute(db);
}
