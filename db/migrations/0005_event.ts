// The event log: every change that matters, in one order without gaps. And alarms, one open row per device and condition.

import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
	// seq is given under an advisory transaction lock by server/events, so commit order is number order.
	await sql`
		create table event_log (
			seq bigint primary key,
			at timestamptz not null,
			type text not null,
			subject_kind text not null,
			subject_id text not null,
			object_no integer,
			site_id uuid,
			town_code text,
			data jsonb not null default '{}'
		)`.execute(db);
	await sql`create index event_log_by_at on event_log (at)`.execute(db);

	await sql`
		create table alarm (
			id uuid primary key,
			device_id text not null references device (id),
			condition text not null,
			site_id uuid references site (id),
			object_no integer,
			level text not null check (level in ('notice', 'warning', 'danger')),
			value double precision,
			peak double precision,
			limit_value double precision not null,
			unit text not null,
			rule_key text not null,
			count integer not null default 1,
			revision integer not null default 1,
			raised_at timestamptz not null,
			last_at timestamptz not null,
			cleared_at timestamptz,
			acknowledged_at timestamptz,
			acknowledged_by text,
			check (cleared_at >= raised_at)
		)`.execute(db);
	await sql`create unique index alarm_open on alarm (device_id, condition) where cleared_at is null`.execute(db);
	await sql`create index alarm_by_raised on alarm (raised_at desc)`.execute(db);
	await sql`create index alarm_by_site on alarm (site_id)`.execute(db);
}
