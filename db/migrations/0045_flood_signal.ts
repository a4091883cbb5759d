// Warning signals. Every message is kept as it came; the signal is what all messages about it together say, so a late
// or repeated one changes nothing. Feeds are the places signals are fetched from.

import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		create table weather_feed (
			id uuid primary key,
			name text not null unique,
			form text not null check (form in ('cap', 'json')),
			url text,
			every_s integer not null default 300 check (every_s >= 30),
			mapping jsonb not null default '{}',
			is_on boolean not null default true,
			asked_at timestamptz,
			answered_at timestamptz,
			fault text
		)`.execute(db);

	await sql`
		create table weather_signal (
			id uuid primary key,
			source text not null,
			issuer text not null,
			kind text not null,
			colour text check (colour in ('blue', 'yellow', 'orange', 'red')),
			event text not null,
			headline text not null,
			body text not null default '',
			instruction text not null default '',
			state text not null check (state in ('active', 'lifted', 'expired', 'empty')),
			is_exercise boolean not null default false,
			area_text text not null default '',
			area geometry(MultiPolygon, 4326),
			area_codes text[] not null default '{}',
			is_whole boolean not null default false,
			issued_at timestamptz not null,
			changed_at timestamptz,
			lifted_at timestamptz,
			expires_at timestamptz,
			problems jsonb not null default '[]'
		)`.execute(db);
	await sql`create index weather_signal_active on weather_signal (issued_at) where state = 'active'`.execute(db);
	await sql`create index weather_signal_by_area on weather_signal using gist (area)`.execute(db);

	await sql`
		create table weather_signal_message (
			source text not null,
			external_id text not null,
			revision bigint not null,
			signal_id uuid not null references weather_signal (id),
			act text not null check (act in ('issue', 'change', 'lift')),
			refs text[] not null default '{}',
			sent_at timestamptz not null,
			received_at timestamptz not null,
			channel text not null check (channel in ('file', 'push', 'poll', 'hand')),
			received_by text not null,
			body jsonb not null,
			primary key (source, external_id, revision)
		)`.execute(db);
	await sql`create index weather_signal_message_by_signal on weather_signal_message (signal_id)`.execute(db);
	await sql`create index weather_signal_message_refs on weather_signal_message using gin (refs)`.execute(db);
}
