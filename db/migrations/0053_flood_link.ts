// Links of flood orders go to sites by the bureau's gateway: a message belongs to a rung of an escalation or to an order,
// and an order knows since when its site has been told.

import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		alter table notice
			alter column escalation_id drop not null,
			add column flood_notice_id uuid references flood_notice (id),
			add constraint notice_belongs check (num_nonnulls(escalation_id, flood_notice_id) = 1)`.execute(db);
	await sql`create index notice_by_flood_notice on notice (flood_notice_id) where flood_notice_id is not null`.execute(
		db,
	);
	await sql`alter table flood_notice add column link_told_at timestamptz`.execute(db);
}
