// Emergency response levels, which another body declares and which end by themselves, not with a signal; and the flood
// events that gather everything from the first signal to the summary.

import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		create table flood_event (
			id uuid primary key,
			name text not null,
			began_at timestamptz not null,
			ended_at timestamptz check (ended_at >= began_at),
			lessons text not null default ''
		)`.execute(db);
	await sql`create unique index flood_event_open on flood_event ((true)) where ended_at is null`.execute(db);

	await sql`
		create table emergency_response (
			id uuid primary key,
			event_id uuid references flood_event (id),
			issuer text not null,
			level text not null check (level in ('IV', 'III', 'II', 'I')),
			area_codes text[] not null default '{}',
			note text not null default '',
			began_at timestamptz not null,
			ended_at timestamptz check (ended_at >= began_at),
			declared_by text not null,
			ended_by text
		)`.execute(db);
	await sql`create index emergency_response_open on emergency_response (began_at) where ended_at is null`.execute(db);

	await sql`
		create table flood_log (
			id bigint generated always as identity primary key,
			event_id uuid not null references flood_event (id),
			at timestamptz not null,
			kind text not null,
			site_id uuid references site (id),
			actor text not null,
			facts jsonb not null default '{}'
		)`.execute(db);
	await sql`create index flood_log_by_event on flood_log (event_id, at)`.execute(db);
}
