// What the bureau did and found: visits, hazards, stop-work orders, its experts.

import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		create table visit (
			id uuid primary key,
			site_id uuid not null references site (id),
			visited_at timestamptz not null,
			minutes integer check (minutes > 0),
			supervisors text[] not null,
			occasion text not null check (occasion in ('routine', 'campaign', 'holiday', 'resumption', 'lookBack', 'night', 'flood', 'joint')),
			result text not null check (result in ('passed', 'rectify', 'stopWork')),
			source_id uuid not null references source (id),
			source_row integer
		)`.execute(db);
	await sql`create index visit_by_site on visit (site_id, visited_at desc)`.execute(db);

	await sql`
		create table hazard (
			id uuid primary key,
			site_id uuid not null references site (id),
			visit_id uuid references visit (id),
			found_at timestamptz not null,
			category text not null check (category in ('management', 'pit', 'formwork', 'scaffold', 'crane', 'height', 'power',
				'confinedSpace', 'demolition', 'tunnel', 'stacking', 'fire', 'other')),
			description text not null,
			is_major boolean not null default false,
			criterion jsonb,
			found_by text not null check (found_by in ('patrol', 'assessment', 'campaign', 'insurance', 'testing', 'firm')),
			due_on date,
			rectified_at timestamptz,
			accepted_at timestamptz,
			closed_at timestamptz,
			source_id uuid not null references source (id),
			source_row integer,
			check (rectified_at >= found_at),
			check (accepted_at >= rectified_at),
			check (closed_at >= accepted_at)
		)`.execute(db);
	await sql`create index hazard_by_site on hazard (site_id)`.execute(db);
	await sql`create index hazard_open on hazard (site_id) where closed_at is null`.execute(db);

	await sql`
		create table stop_work_order (
			id uuid primary key,
			site_id uuid not null references site (id),
			visit_id uuid references visit (id),
			ordered_on date not null,
			lifted_on date check (lifted_on >= ordered_on),
			reason text not null,
			source_id uuid not null references source (id),
			source_row integer
		)`.execute(db);
	await sql`create index stop_work_order_by_site on stop_work_order (site_id)`.execute(db);

	await sql`
		create table expert (
			id uuid primary key,
			name text not null,
			disciplines text[] not null,
			is_senior boolean not null,
			joined_on date not null,
			source_id uuid not null references source (id),
			source_row integer
		)`.execute(db);
}
