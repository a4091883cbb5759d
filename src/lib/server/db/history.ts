// Writes the history of the register: rows as they were and as they became, inside the transaction that changes them.

import { sql, type RawBuilder } from 'kysely';
import type { Db } from './connection.ts';
import { asKey, imageOf, keyOf, type Historic } from './row-image.ts';

/** Who changed something, when, and from which source. */
export interface Recording {
	at: Date;
	by: string;
	sourceId: string | null;
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
