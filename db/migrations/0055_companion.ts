// Who from outside comes along on a patrol: experts with the firm they belong to and those they must keep away from, and
// where experts and agencies went, so that the load can be shared.

import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		alter table expert
			add column firm_id uuid references firm (id),
			add column is_active boolean not null default true`.execute(db);
	await sql`
		create table expert_avoidance (
			expert_id uuid not null references expert (id),
			firm_id uuid not null references firm (id),
			reason text not null,
			primary key (expert_id, firm_id)
		)`.execute(db);
	await sql`
		create table patrol_companion (
			plan_id uuid not null references patrol_plan (id),
			visit_key text not null,
			team text not null,
			need text not null check (need in ('deepPit', 'lifting', 'formwork', 'scaffold')),
			kind text not null check (kind in ('expert', 'agency')),
			expert_id uuid references expert (id),
			firm_id uuid references firm (id),
			discipline text,
			load integer not null check (load >= 0),
			primary key (plan_id, visit_key, need, kind),
			check ((kind = 'expert') = (expert_id is not null) and (kind = 'agency') = (firm_id is not null))
		)`.execute(db);
	await sql`create index patrol_companion_by_expert on patrol_companion (expert_id) where expert_id is not null`.execute(
		db,
	);
}
