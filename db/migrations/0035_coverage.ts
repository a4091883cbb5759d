// What the bureau owes: rounds of coverage, key periods, self-assessments, and which machines a visit has looked at.

import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		create table coverage_round (
			id uuid primary key,
			name text not null,
			kind text not null check (kind in ('fullCoverage', 'twoMonthly', 'selfAssessment', 'firmAssessment', 'campaign')),
			from_on date not null,
			to_on date not null check (to_on >= from_on),
			looks_back_to uuid references coverage_round (id),
			filter jsonb not null default '{}',
			quota integer check (quota > 0),
			checklist text[] not null default '{}',
			closed_at timestamptz,
			report jsonb,
			created_at timestamptz not null,
			created_by text not null
		)`.execute(db);
	await sql`create unique index coverage_round_once on coverage_round (kind, from_on, to_on, name)`.execute(db);

	await sql`
		create table key_period (
			id uuid primary key,
			name text not null,
			kind text not null check (kind in ('holiday', 'exam', 'event', 'resumption')),
			from_on date not null,
			to_on date not null check (to_on >= from_on),
			area text not null check (area ~ '^[0-9]{6}([0-9]{3})?$'),
			created_at timestamptz not null,
			created_by text not null
		)`.execute(db);

	await sql`
		create table self_assessment (
			id uuid primary key,
			site_id uuid references site (id),
			firm_id uuid references firm (id),
			assessed_on date not null,
			score double precision check (score between 0 and 100),
			source_id uuid not null references source (id),
			source_row integer,
			check (num_nonnulls(site_id, firm_id) = 1)
		)`.execute(db);
	await sql`create index self_assessment_by_site on self_assessment (site_id, assessed_on desc)`.execute(db);
	await sql`create index self_assessment_by_firm on self_assessment (firm_id, assessed_on desc)`.execute(db);

	await sql`
		create table visit_machine (
			visit_id uuid not null references visit (id),
			machine_id uuid not null references machine (id),
			primary key (visit_id, machine_id)
		)`.execute(db);
	await sql`create index visit_machine_by_machine on visit_machine (machine_id)`.execute(db);
	await sql`create index visit_by_day on visit (visited_at desc)`.execute(db);
}
