// Sensors of pit points that were set to zero anew: when, what the point had reached before, why, and who says so. Few,
// always read with their point, and part of its history.

import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		alter table monitor_point add column zeroings jsonb not null default '[]'
			check (jsonb_typeof(zeroings) = 'array')`.execute(db);
}
