// Who comes on duty may say something when taking a shift over, and may refuse it with a reason. A refused sheet stays as
// it was signed; the shift it told of is still to be handed over.

import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		alter table handover
			add column to_note text not null default '',
			add column is_refused boolean not null default false,
			add check (not is_refused or (to_person_id is not null and to_note <> ''))`.execute(db);
}
