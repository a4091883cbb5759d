// Who is on duty, who was told of an alarm and how it reached them, and how a shift is handed over.

import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		create table duty_shift (
			id uuid primary key,
			role text not null check (role in ('gridSupervisor', 'dutyOfficer', 'leader')),
			area text not null check (area ~ '^[0-9]{6}([0-9]{3}([0-9]{6})?)?$'),
			person_id uuid not null references person (id),
			starts_at timestamptz not null,
			ends_at timestamptz not null check (ends_at > starts_at),
			created_by text not null,
			created_at timestamptz not null
		)`.execute(db);
	await sql`create index duty_shift_by_time on duty_shift (role, ends_at)`.execute(db);

	// A rung of the ladder that was told, once per time an alarm or incident began to ask for a person.
	await sql`
		create table escalation (
			id uuid primary key,
			subject_id uuid not null,
			alarm_id uuid references alarm (id),
			spoke_at timestamptz not null,
			rung integer not null,
			role text not null,
			person_id uuid references person (id),
			person_name text,
			told_at timestamptz not null,
			stopped_at timestamptz,
			stop_reason text,
			is_test boolean not null default false,
			unique (subject_id, spoke_at, rung)
		)`.execute(db);
	await sql`create index escalation_running on escalation (told_at) where stopped_at is null`.execute(db);

	// What is to be delivered, until it is or is given up.
	await sql`
		create table notice (
			id uuid primary key,
			escalation_id uuid not null references escalation (id),
			channel text not null check (channel in ('page', 'push', 'webhook')),
			address text not null,
			body jsonb not null,
			state text not null check (state in ('queued', 'sent', 'received', 'failed')),
			attempts integer not null default 0,
			next_at timestamptz not null,
			sent_at timestamptz,
			received_at timestamptz,
			error text
		)`.execute(db);
	await sql`create index notice_queued on notice (next_at) where state = 'queued'`.execute(db);
	await sql`create index notice_by_escalation on notice (escalation_id)`.execute(db);

	await sql`
		create table push_subscription (
			endpoint text primary key,
			person_id uuid not null references person (id),
			p256dh text not null,
			auth text not null,
			device text not null,
			created_at timestamptz not null
		)`.execute(db);

	await sql`
		create table server_key (
			name text primary key,
			public_key text not null,
			private_key text not null,
			created_at timestamptz not null
		)`.execute(db);

	// Work that one process does at a time.
	await sql`
		create table job_lease (
			name text primary key,
			holder uuid not null,
			until timestamptz not null
		)`.execute(db);

	await sql`
		create table handover (
			id uuid primary key,
			area text not null,
			from_at timestamptz not null,
			to_at timestamptz not null check (to_at > from_at),
			sheet jsonb not null,
			note text not null default '',
			from_person_id text not null,
			from_person text not null,
			from_signed_at timestamptz not null,
			to_person_id text,
			to_person text,
			to_signed_at timestamptz,
			check ((to_person_id is null) = (to_signed_at is null)),
			check (to_person_id <> from_person_id)
		)`.execute(db);
	await sql`create index handover_by_time on handover (to_at desc)`.execute(db);
}
