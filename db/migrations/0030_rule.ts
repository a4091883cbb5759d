// Changes of shipped rules by the bureau, each with reason, span of time and who: drafted, back-tested, switched on,
// ended. Rows are never deleted, so that they are the history. And the back-tests, kept with the change they tried.

import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		create table rule_change (
			id uuid primary key,
			rule_key text not null,
			scope_kind text not null check (scope_kind in ('bureau', 'site', 'machine', 'point')),
			scope_id text,
			values jsonb not null,
			valid_from timestamptz not null,
			valid_to timestamptz check (valid_to > valid_from),
			reason text not null check (length(trim(reason)) > 0),
			state text not null check (state in ('draft', 'active', 'ended', 'discarded')),
			created_at timestamptz not null,
			created_by text not null,
			created_by_name text not null,
			activated_at timestamptz,
			activated_by_name text,
			ended_at timestamptz,
			ended_by_name text,
			end_reason text,
			replaces uuid references rule_change (id),
			check ((scope_kind = 'bureau') = (scope_id is null)),
			check ((state in ('active', 'ended')) = (activated_at is not null)),
			check ((state in ('ended', 'discarded')) = (ended_at is not null))
		)`.execute(db);
	await sql`create unique index rule_change_active on rule_change (rule_key, scope_kind, coalesce(scope_id, ''))
		where state = 'active'`.execute(db);
	await sql`create index rule_change_by_key on rule_change (rule_key, created_at desc)`.execute(db);

	await sql`
		create table rule_backtest (
			id uuid primary key,
			change_id uuid not null references rule_change (id),
			state text not null check (state in ('running', 'done', 'failed', 'cancelled')),
			started_at timestamptz not null,
			started_by_name text not null,
			ended_at timestamptz,
			result jsonb,
			fault text
		)`.execute(db);
	await sql`create index rule_backtest_by_change on rule_backtest (change_id, started_at desc)`.execute(db);
}
