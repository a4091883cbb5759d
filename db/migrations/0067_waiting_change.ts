// A change of a rule for a while no longer ends the lasting one of the same scope: that one waits, and holds again when the
// other has run out. So several of one scope may be switched on, but only one of them without an end.

import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`drop index rule_change_active`.execute(db);
	await sql`create unique index rule_change_active on rule_change (rule_key, scope_kind, coalesce(scope_id, ''))
		where state = 'active' and valid_to is null`.execute(db);
}
