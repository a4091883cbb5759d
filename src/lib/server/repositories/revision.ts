// The history of the register: each row as it was and as it became, from when, recorded when, by whom, from which source.

import { sql, type RawBuilder } from 'kysely';
import type { Db } from '../db/connection.ts';
import { asKey, HISTORIC, imageOf, keyOf, type Historic } from './image.ts';

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

type Ids = RawBuilder<unknown>;

/** Notes rows as they are now, before they are changed. `ids` is a query of one column of texts, each once. */
export function recordBefore(tx: Db, table: Historic, ids: Ids, recording: Recording): Promise<void> {
	return note(tx, table, ids, recording, 'before');
}

/** Notes rows that have been added. */
export function recordAdded(tx: Db, table: Historic, ids: Ids, recording: Recording): Promise<void> {
	return note(tx, table, ids, recording, 'after');
}

async function note(
	tx: Db,
	table: Historic,
	ids: Ids,
	{ at, by, sourceId }: Recording,
	as: 'before' | 'after',
): Promise<void> {
	const key = sql.ref(`t.${keyOf(table)}`);
	await sql`
		insert into revision (subject, subject_id, valid_from, recorded_at, recorded_by, source_id, ${sql.ref(as)})
		select ${table}::text, ${key}::text, ${at}::timestamptz, ${at}::timestamptz, ${by}::text, ${sourceId}::uuid,
			${imageOf(table, 't')}
		from (${ids}) as ids(id) join ${sql.table(table)} t on ${key} = ${asKey(table, sql`ids.id`)}`.execute(tx);
}

/** Notes what rows have become that were noted before. */
export async function recordAfter(tx: Db, table: Historic, ids: Ids, { sourceId }: Recording): Promise<void> {
	await sql`
		update revision r set after = ${imageOf(table, 't')}
		from (${ids}) as ids(id) join ${sql.table(table)} t on ${sql.ref(`t.${keyOf(table)}`)} = ${asKey(table, sql`ids.id`)}
		where r.source_id = ${sourceId}::uuid and r.subject = ${table}::text and r.subject_id = ids.id`.execute(tx);
}

/** Lets the database count what a large change has written so far, or it takes a hundred thousand rows for one. */
export async function countRevisions(tx: Db): Promise<void> {
	await sql`analyze revision (source_id, subject, subject_id)`.execute(tx);
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
