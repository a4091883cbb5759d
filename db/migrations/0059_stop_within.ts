// How long after a stop order cranes may still bring a lift to its end, where an event has its own time: the storm of the
// demonstration shows a day in minutes.

import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`alter table flood_event add column stop_within_s integer check (stop_within_s > 0)`.execute(db);
}
