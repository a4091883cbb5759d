// What decides how much a flood would do to a site, as far as somebody has found it out (null: nobody has), and the
// exposure worked out of it. And the ledger: what a site keeps ready, who answers for it, and checks of the duty.

import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		create table flood_site (
			site_id uuid primary key references site (id),
			ground_m double precision,
			low_ground_m double precision,
			waterlogged_times integer check (waterlogged_times >= 0),
			water_m double precision check (water_m >= 0),
			spoil_height_m double precision check (spoil_height_m >= 0),
			has_underground boolean,
			temp_structures integer check (temp_structures >= 0),
			gondolas integer check (gondolas >= 0),
			people integer check (people >= 0),
			pump_m3h double precision check (pump_m3h >= 0),
			river_station_id uuid references flood_station (id),
			source text not null,
			changed_at timestamptz not null,
			changed_by text not null
		)`.execute(db);

	await sql`
		create table flood_exposure (
			site_id uuid primary key references site (id),
			judged_at timestamptz not null,
			rules text not null,
			score double precision not null,
			band text not null check (band in ('red', 'orange', 'yellow', 'blue')),
			hazard double precision not null,
			exposure double precision not null,
			vulnerability double precision not null,
			uncertainty double precision not null,
			factors jsonb not null
		)`.execute(db);

	await sql`
		create table flood_ledger_item (
			id uuid primary key,
			site_id uuid not null references site (id),
			kind text not null,
			name text not null,
			amount double precision,
			unit text not null default '',
			person text,
			phone text,
			place text,
			done_on date,
			valid_until date,
			changed_at timestamptz not null,
			changed_by text not null
		)`.execute(db);
	await sql`create index flood_ledger_item_by_site on flood_ledger_item (site_id)`.execute(db);

	await sql`
		create table duty_draw (
			id uuid primary key,
			drawn_at timestamptz not null,
			drawn_by text not null,
			seed text not null,
			seed_hash text not null,
			pool integer not null
		)`.execute(db);
	await sql`
		create table duty_check (
			id uuid primary key,
			draw_id uuid not null references duty_draw (id),
			site_id uuid not null references site (id),
			position integer not null,
			link_hash text not null unique,
			link text,
			asked_at timestamptz not null,
			answer_by timestamptz not null,
			answered_at timestamptz,
			answered_name text,
			location geometry(Point, 4326),
			distance_m double precision,
			photo_id uuid references flood_photo (id),
			result text not null default 'open' check (result in ('open', 'present', 'away', 'silent')),
			note text not null default ''
		)`.execute(db);
	await sql`create index duty_check_by_draw on duty_check (draw_id, position)`.execute(db);
}
