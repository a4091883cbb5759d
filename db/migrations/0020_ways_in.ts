// What the ways in need: kinds of devices, three clocks and a quality per reading, frames nobody could read, names and
// settings of vendors, what was learned of a device, stills of cameras, and the thinned past with its ledger.

import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`alter table device drop constraint device_kind_check`.execute(db);
	await sql`
		alter table device add constraint device_kind_check check (kind in (
			'craneMonitor', 'hoistMonitor', 'pitSensor', 'dustStation', 'camera', 'tracker',
			'unloadingPlatform', 'gondola', 'hotWork'
		))`.execute(db);

	// The gateway's clock, where one stood between, and what is wrong with which value: {"windMs": "flatLined"}.
	await sql`alter table reading add column gateway_at timestamptz, add column quality jsonb`.execute(db);

	await sql`
		create table dead_letter (
			id bigint primary key generated always as identity,
			protocol text not null,
			source text not null,
			external_id text,
			reason text not null,
			detail text not null,
			raw bytea not null,
			size integer not null,
			fingerprint bytea not null unique,
			count integer not null default 1 check (count > 0),
			first_at timestamptz not null,
			last_at timestamptz not null,
			state text not null default 'open' check (state in ('open', 'replayed', 'discarded')),
			settled_at timestamptz,
			settled_by text,
			check ((state = 'open') = (settled_at is null))
		)`.execute(db);
	await sql`create index dead_letter_by_time on dead_letter (last_at desc, id desc)`.execute(db);

	// What a vendor calls a device, and how its frames are read. External id '*': everything of that protocol.
	await sql`
		create table device_mapping (
			protocol text not null,
			external_id text not null,
			device_id text references device (id),
			settings jsonb not null default '{}',
			reason text not null,
			changed_at timestamptz not null,
			changed_by text not null,
			primary key (protocol, external_id)
		)`.execute(db);

	await sql`
		create table device_habit (
			device_id text primary key references device (id) on delete cascade,
			interval_s double precision check (interval_s > 0),
			skew_s double precision,
			learned_at timestamptz not null
		)`.execute(db);

	await sql`
		create table still (
			id uuid primary key,
			device_id text not null references device (id),
			observed_at timestamptz not null,
			received_at timestamptz not null,
			event text not null,
			content_type text not null check (content_type in ('image/jpeg', 'image/png', 'image/webp')),
			sha256 bytea not null check (length(sha256) = 32),
			bytes bytea not null,
			unique (device_id, observed_at, event, sha256)
		)`.execute(db);
	await sql`create index still_by_device on still (device_id, observed_at desc)`.execute(db);

	// Per device, step of time and quantity: how many values, and their least, greatest, mean and last.
	for (const table of ['reading_minute', 'reading_hour']) {
		await sql`
			create table ${sql.table(table)} (
				device_no integer not null,
				begins_at timestamptz not null,
				quantity text not null,
				n integer not null,
				least double precision not null,
				greatest double precision not null,
				mean double precision not null,
				bad integer not null,
				primary key (device_no, quantity, begins_at)
			) partition by range (begins_at)`.execute(db);
		await sql`create table ${sql.table(`${table}_default`)} partition of ${sql.table(table)} default`.execute(db);
	}

	// As make_reading_partition, for any table partitioned by a moment.
	await sql`
		create function make_partition(parent text, column_name text, opens date, closes date) returns boolean
		language plpgsql as $$
		declare
			name text := parent || '_' || to_char(opens, 'YYYYMMDD');
			low timestamptz := opens::timestamp at time zone 'UTC';
			high timestamptz := closes::timestamp at time zone 'UTC';
			isTaken boolean;
		begin
			if to_regclass(name) is not null then
				return false;
			end if;
			execute format('select exists (select from %I where %I >= %L and %I < %L)', parent || '_default',
				column_name, low, column_name, high) into isTaken;
			if isTaken then
				return false;
			end if;
			execute format('create table %I partition of %I for values from (%L) to (%L)', name, parent, low, high);
			return true;
		end $$`.execute(db);

	// How far the thinning of each day has come; a job that was ended goes on from here.
	await sql`
		create table storage_day (
			day date primary key,
			readings bigint not null,
			rolled_up_at timestamptz,
			raw_dropped_at timestamptz,
			minutes_dropped_at timestamptz
		)`.execute(db);
}
