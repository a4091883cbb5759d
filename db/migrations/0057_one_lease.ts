// What exactly one process may do stands in one table: the seat of the judge and the jobs. A job’s lease lasts seconds and
// is taken over by whoever asks next. The table of before goes in a later release; until then its leases are held by
// nobody for ever, so that a program of the release before that still runs leaves the jobs alone.

import { sql, type Kysely } from 'kysely';

const NOBODY = '00000000-0000-0000-0000-000000000000';

export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`insert into lease (name, holder, epoch, until) select name, holder, 1, until from job_lease`.execute(db);
	await sql`update job_lease set holder = ${NOBODY}::uuid, until = '9999-12-31'`.execute(db);
}
