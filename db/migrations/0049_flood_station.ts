// What is measured of rain and water: stations with their readings, and grids of radar or forecast with their valid time.

import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		create table flood_station (
			id uuid primary key,
			code text not null unique,
			kind text not null check (kind in ('rain', 'river', 'waterlogging')),
			name text not null,
			location geometry(Point, 4326) not null,
			town_code text references town (code),
			height_datum text check (height_datum in ('1985', 'wusong', 'local')),
			offset_to_1985_m double precision,
			warning_m double precision,
			guaranteed_m double precision,
			expected_interval_s integer not null check (expected_interval_s > 0),
			source_id uuid not null references source (id),
			source_row integer,
			check (guaranteed_m > warning_m)
		)`.execute(db);
	await sql`create index flood_station_by_location on flood_station using gist (location)`.execute(db);

	await sql`
		create table flood_station_reading (
			station_id uuid not null references flood_station (id),
			observed_at timestamptz not null,
			period_s integer not null default 0 check (period_s >= 0),
			value double precision not null,
			received_at timestamptz not null,
			primary key (station_id, observed_at)
		)`.execute(db);

	await sql`
		create table rain_grid (
			id uuid primary key,
			product text not null,
			is_forecast boolean not null,
			issued_at timestamptz not null,
			valid_at timestamptz not null,
			period_s integer not null check (period_s > 0),
			west double precision not null,
			south double precision not null,
			east double precision not null,
			north double precision not null,
			width integer not null check (width between 1 and 2000),
			height integer not null check (height between 1 and 2000),
			mm bytea not null,
			source_name text not null,
			unique (product, issued_at, valid_at)
		)`.execute(db);
	await sql`create index rain_grid_by_valid on rain_grid (valid_at)`.execute(db);
}
