// What the history of the register says about a source, and help for the database while much of it is written.

import { sql } from 'kysely';
import type { Db } from '../db/connection.ts';
import { HISTORIC, type Historic } from '../db/row-image.ts';

/** Lets the database count what a large change has written so far, or it takes a hundred thousand rows for one. */
export async function countRevisions(tx: Db): Promise<void> {
	await sql`select refresh_statistics('revision')`.execute(tx);
}

export interface SourceChange {
	subject: Historic;
	added: number;
	changed: number;
}

export async function changesOfSource(db: Db, sourceId: string): Promise<SourceChange[]> {
	const { rows } = await sql<{ subject: Historic; added: string; changed: string }>`
		select subject, count(*) filter (where before is null) as added, count(*) filter (where before is not null) as changed
		from revision where source_id = ${sourceId}::uuid group by subject`.execute(db);
	return HISTORIC.flatMap((subject) => {
		const row = rows.find((found) => found.subject === subject);
		return row ? [{ subject, added: Number(row.added), changed: Number(row.changed) }] : [];
	});
}
