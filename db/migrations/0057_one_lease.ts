// What exactly one process may do stands in one table: the seat of the judge and the jobs. A job’s lease lasts seconds and
// is taken over by whoever asks next, so nothing is lost with the table it stood in.

import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`insert into lease (name, holder, epoch, until) select name, holder, 1, until from job_lease`.execute(db);
	await sql`drop table job_lease`.execute(db);
}
