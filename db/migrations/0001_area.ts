// Where rows come from, and the areas everything lies in: the district's towns and the management grids.

import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`create extension if not exists postgis`.execute(db);

	await sql`
		create table source (
			id uuid primary key,
			kind text not null check (kind in ('demo', 'import', 'hand', 'upstream')),
			subject text not null,
			name text not null,
			file_sha256 text,
			datum text,
			created_at timestamptz not null,
			created_by text not null,
			undone_at timestamptz,
			summary jsonb not null default '{}'
		)`.execute(db);

	await sql`
		create table town (
			code text primary key,
			name text not null,
			name_en text,
			boundary geometry(MultiPolygon, 4326) not null,
			seat geometry(Point, 4326),
			valid_from date not null,
			valid_to date,
			source_id uuid not null references source (id),
			source_row integer
		)`.execute(db);
	await sql`create index town_by_boundary on town using gist (boundary)`.execute(db);

	await sql`
		create table management_grid (
			id uuid primary key,
			code text not null check (code ~ '^[0-9]{15}$'),
			name text not null,
			town_code text not null references town (code),
			boundary geometry(MultiPolygon, 4326) not null,
			owner_name text,
			backup_name text,
			valid_from date not null,
			valid_to date,
			source_id uuid not null references source (id),
			source_row integer
		)`.execute(db);
	await sql`create unique index management_grid_code_current on management_grid (code) where valid_to is null`.execute(
		db,
	);
	await sql`create index management_grid_by_boundary on management_grid using gist (boundary)`.execute(db);
}
