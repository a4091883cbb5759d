// The history of the register: each row as it was and as it became, from when, recorded when, by whom, from which source.

import { sql } from 'kysely';
import type { Db } from '../db/connection.ts';
import { HISTORIC, imageOf, keyOf, type Historic } from './image.ts';

export interface Revision {
	subject: Historic;
	subjectId: string;
	/** Null: the row was added. */
	before: unknown;
	/** Null: the row was removed. */
	after: unknown;
}

/** Who changed something, when, and from which source. */
export interface Recording {
	at: Date;
	by: string;
	sourceId: string | null;
}

/** Inside the transaction of the change. */
export async function recordRevisions(
	tx: Db,
	revisions: readonly Revision[],
	{ at, by, sourceId }: Recording,
): Promise<void> {
	if (revisions.length === 0) return;
	await tx
		.insertInto('revision')
		.values(
			revisions.map(({ subject, subjectId, before, after }) => ({
				subject,
				subject_id: subjectId,
				valid_from: at,
				recorded_at: at,
				recorded_by: by,
				source_id: sourceId,
				before: before === null ? null : JSON.stringify(before),
				after: after === null ? null : JSON.stringify(after),
			})),
		)
		.execute();
}

/** Notes rows as they are now, before they are changed. `ids` is a query of one text column `id`. */
export async function recordBefore(
	tx: Db,
	table: Historic,
	ids: ReturnType<typeof sql>,
	recording: Recording,
): Promise<void> {
	await sql`
		insert into revision (subject, subject_id, valid_from, recorded_at, recorded_by, source_id, before)
		select ${table}::text, t.${sql.ref(keyOf(table))}::text, ${recording.at}::timestamptz, ${recording.at}::timestamptz, ${recording.by}::text, ${recording.sourceId}::uuid,
			${imageOf(table, 't')}
		from ${sql.table(table)} t
		where t.${sql.ref(keyOf(table))}::text in (${ids})
			and not exists (
				select from revision r
				where r.source_id = ${recording.sourceId}::uuid and r.subject = ${table}::text and r.subject_id = t.${sql.ref(keyOf(table))}::text
			)`.execute(tx);
}

/** Notes what the rows of a source have become, and the rows it has added. */
export async function recordAfter(tx: Db, table: Historic, recording: Recording): Promise<void> {
	const key = sql.ref(keyOf(table));
	await sql`
		update revision r set after = ${imageOf(table, 't')}
		from ${sql.table(table)} t
		where r.source_id = ${recording.sourceId}::uuid and r.subject = ${table}::text and r.subject_id = t.${key}::text and r.after is null`.execute(
		tx,
	);
	await sql`
		insert into revision (subject, subject_id, valid_from, recorded_at, recorded_by, source_id, after)
		select ${table}::text, t.${key}::text, ${recording.at}::timestamptz, ${recording.at}::timestamptz, ${recording.by}::text, ${recording.sourceId}::uuid, ${imageOf(table, 't')}
		from ${sql.table(table)} t
		where t.source_id = ${recording.sourceId}::uuid
			and not exists (
				select from revision r
				where r.source_id = ${recording.sourceId}::uuid and r.subject = ${table}::text and r.subject_id = t.${key}::text
			)`.execute(tx);
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
