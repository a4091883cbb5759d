// What a site has been told to do and what it answered. A notice is one order to one site with a link of its own; its
// measures are the lines that apply there, as they read when they were ordered; receipts are what came back.

import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		create table flood_notice (
			id uuid primary key,
			event_id uuid not null references flood_event (id),
			site_id uuid not null references site (id),
			link_hash text not null unique,
			link text,
			reason text not null,
			sent_at timestamptz not null,
			answer_by timestamptz not null,
			seen_at timestamptz,
			stopped_at timestamptz,
			checked_at timestamptz,
			check_every_s integer,
			check_due_at timestamptz,
			moved_at timestamptz,
			moved_devices text[] not null default '{}',
			ended_at timestamptz,
			unique (event_id, site_id)
		)`.execute(db);
	await sql`create index flood_notice_open on flood_notice (site_id) where ended_at is null`.execute(db);

	await sql`
		create table site_measure (
			id uuid primary key,
			notice_id uuid not null references flood_notice (id),
			line_id uuid references flood_ladder_line (id) on delete set null,
			work text not null,
			measure text not null,
			is_conditional boolean not null,
			every_hours double precision,
			note text not null,
			basis text not null,
			source text not null,
			confidence text not null,
			trigger text not null,
			trigger_level text not null,
			ordered_at timestamptz not null,
			is_over boolean not null default false,
			ended_at timestamptz
		)`.execute(db);
	await sql`create index site_measure_by_notice on site_measure (notice_id)`.execute(db);

	await sql`
		create table flood_photo (
			id uuid primary key,
			sha256 text not null,
			media_type text not null,
			bytes bytea not null,
			taken_at timestamptz not null
		)`.execute(db);

	await sql`
		create table flood_receipt (
			id uuid primary key,
			notice_id uuid not null references flood_notice (id),
			kind text not null check (kind in ('seen', 'stopped', 'checked')),
			at timestamptz not null,
			by_name text not null,
			note text not null default '',
			answers jsonb not null default '{}',
			photo_id uuid references flood_photo (id)
		)`.execute(db);
	await sql`create index flood_receipt_by_notice on flood_receipt (notice_id, at)`.execute(db);

	await sql`
		create table flood_resume (
			id uuid primary key,
			notice_id uuid not null references flood_notice (id),
			state text not null check (state in ('asked', 'cleared', 'refused')),
			asked_at timestamptz not null,
			asked_by text not null,
			items jsonb not null,
			decided_at timestamptz,
			decided_by text,
			reason text not null default ''
		)`.execute(db);
	await sql`create unique index flood_resume_open on flood_resume (notice_id) where state = 'asked'`.execute(db);
}
