// When a photograph reached its age: its picture and place are gone, its hash and moment stay. And what the trail says of
// one thing is found by that thing.

import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
	for (const table of ['evidence', 'flood_photo'])
		await sql`alter table ${sql.table(table)} add column expired_at timestamptz`.execute(db);
	await sql`create index evidence_by_age on evidence (taken_at) where expired_at is null`.execute(db);
	await sql`create index flood_photo_by_age on flood_photo (taken_at) where expired_at is null`.execute(db);
	await sql`create index still_by_age on still (observed_at)`.execute(db);
	await sql`create index field_item_by_age on field_item (received_at)`.execute(db);
	await sql`create index audit_by_object on audit (object, at desc)`.execute(db);
}
