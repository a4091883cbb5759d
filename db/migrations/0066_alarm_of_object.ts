// A box that is moved to another machine begins alarms of its own there: what it reported of the machine before stays the
// alarm of that machine until somebody has closed it. So there is one open alarm per device, condition and object.

import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`drop index alarm_open`.execute(db);
	await sql`
		create unique index alarm_open on alarm (device_id, condition, coalesce(object_no, 0))
		where handling <> 'closed'`.execute(db);
}
