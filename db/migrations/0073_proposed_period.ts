// A key period that somebody of the bureau proposes holds once a leader has switched it on, as every other change of the
// coverage rules does. Those that are there already go on holding.

import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`alter table key_period add column is_proposed boolean not null default false`.execute(db);
}
