// When and where a process of the product was born, so that another on the same machine knows whether it has ended, and
// waits for nobody who cannot answer. Empty where the system does not tell, and of programs before this one.

import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`alter table app_process add column birth text not null default ''`.execute(db);
}
