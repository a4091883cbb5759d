// The exposure of a site is worked out again every ten minutes and goes with its site: an import whose sites have been
// judged meanwhile could not be undone, because nobody's record but the program's own stood upon it.

import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		alter table flood_exposure
			drop constraint flood_exposure_site_id_fkey,
			add constraint flood_exposure_site_id_fkey foreign key (site_id) references site (id) on delete cascade
	`.execute(db);
}
