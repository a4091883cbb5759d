// How many visits an expert or a testing agency takes over a span of days, as its contract says: set by somebody, with
// the paper it comes from. One that is changed is ended and another set in its place.

import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		create table companion_quota (
			id uuid primary key,
			expert_id uuid references expert (id),
			firm_id uuid references firm (id),
			from_on date not null,
			to_on date not null,
			most integer not null check (most >= 0),
			source text not null check (source <> ''),
			set_at timestamptz not null,
			set_by text not null,
			set_by_name text not null,
			ended_at timestamptz,
			ended_by text,
			check (to_on >= from_on),
			check ((expert_id is null) <> (firm_id is null)),
			check ((ended_at is null) = (ended_by is null))
		)`.execute(db);
	await sql`create index companion_quota_by_day on companion_quota (to_on) where ended_at is null`.execute(db);
}
