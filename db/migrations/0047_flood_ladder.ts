// The response ladder: which trigger asks which measure of which kind of work, one set per bureau, each line with its basis.

import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		create table flood_ladder_line (
			id uuid primary key,
			bureau text not null,
			position integer not null,
			trigger text not null,
			from_level text not null,
			work text not null,
			measure text not null,
			every_hours double precision check (every_hours > 0),
			answer_minutes integer check (answer_minutes > 0),
			note text not null default '',
			basis text not null,
			source text not null,
			confidence text not null check (confidence in ('verified', 'reported', 'assumed', 'local')),
			is_template boolean not null default false,
			is_on boolean not null default true,
			changed_at timestamptz,
			changed_by text
		)`.execute(db);
	await sql`create index flood_ladder_line_by_bureau on flood_ladder_line (bureau, position)`.execute(db);
}
