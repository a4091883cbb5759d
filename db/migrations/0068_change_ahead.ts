// A lasting change of a rule may be switched on for a day to come while the one in force holds until then. So two without
// an end may stand beside each other, but never two that begin at one moment.

import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`drop index rule_change_active`.execute(db);
	await sql`create unique index rule_change_active on rule_change
		(rule_key, scope_kind, coalesce(scope_id, ''), valid_from) where state = 'active' and valid_to is null`.execute(db);
}
