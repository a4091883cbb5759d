// Terrain models somebody brought in: heights of the ground on a grid of square cells, for what-if. Without one no water
// surface is drawn.

import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		create table terrain (
			id uuid primary key,
			name text not null,
			height_datum text not null check (height_datum in ('1985', 'wusong', 'local')),
			crs integer not null,
			west double precision not null,
			south double precision not null,
			east double precision not null,
			north double precision not null,
			width integer not null check (width > 0),
			height integer not null check (height > 0),
			cell_m double precision not null check (cell_m > 0),
			known_share double precision not null check (known_share between 0 and 1),
			lowest_m double precision not null,
			highest_m double precision not null,
			ground bytea not null,
			sha256 text not null unique,
			taken_at timestamptz not null,
			taken_by text not null
		)`.execute(db);
}
