// Copies that were made of the data, and whether they could be restored.

import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		create table backup (
			id uuid primary key,
			kind text not null check (kind in ('folder', 'pg_dump', 'tables')),
			path text not null,
			taken_at timestamptz not null,
			bytes bigint not null,
			tables jsonb not null default '{}',
			verified_at timestamptz,
			fault text
		)`.execute(db);
	await sql`create index backup_by_taken on backup (taken_at desc)`.execute(db);
}
