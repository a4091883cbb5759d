// Several processes of the program on one database: who runs, who judges, and what was stored by whom, so that the
// others learn of it. One process alone needs none of it and writes next to nothing here.

import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		create table app_process (
			id uuid primary key,
			role text not null check (role in ('both', 'ingest', 'web')),
			host text not null,
			pid integer not null,
			started_at timestamptz not null,
			beat_at timestamptz not null,
			shares boolean not null default false
		)`.execute(db);

	// One row per thing that exactly one process may do. The epoch grows with every new holder: whoever writes with an
	// old one is turned away.
	await sql`
		create table lease (
			name text primary key,
			holder uuid,
			epoch bigint not null,
			until timestamptz not null,
			judged_at timestamptz
		)`.execute(db);

	// What a process stored, for the others. Kept for minutes. xid is the transaction: numbers are no commit order, but
	// a snapshot tells exactly which transactions have been seen.
	await sql`
		create table reading_batch (
			id bigint generated always as identity primary key,
			xid bigint not null default pg_current_xact_id()::text::bigint,
			at timestamptz not null default now(),
			rows jsonb not null
		)`.execute(db);
	await sql`create index reading_batch_by_xid on reading_batch (xid)`.execute(db);
}
