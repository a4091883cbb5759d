// Takes a source out of the register again: rows it added go, rows it changed become what they were.

import { sql } from 'kysely';
import type { Db } from '../db/connection.ts';
import { asKey, imageOf, keyOf, type Historic } from '../db/row-image.ts';

/** Part of a source's revisions, both ends included. */
export interface Part {
	sourceId: string;
	from: string;
	to: string;
}

/** Revisions of a source in parts small enough for one statement each. */
export async function partsOf(tx: Db, sourceId: string): Promise<Part[]> {
	const { rows } = await sql<{ from: string; to: string }>`
		select min(seq)::text as from, max(seq)::text as to from (
			select seq, (row_number() over (order by seq) - 1) / 2000 as part from revision where source_id = ${sourceId}::uuid
		) numbered group by part order by part`.execute(tx);
	return rows.map(({ from, to }) => ({ sourceId, from, to }));
}

const isIn = (table: Historic, { sourceId, from, to }: Part) =>
	sql`r.source_id = ${sourceId}::uuid and r.seq between ${from}::bigint and ${to}::bigint and r.subject = ${table}::text`;

/** Rows of a source that are not any more what it left, by number and with an example. */
export async function changedSince(
	tx: Db,
	table: Historic,
	part: Part,
): Promise<{ count: number; example: string | null }> {
	const { rows } = await sql<{ count: string; example: string | null }>`
		select count(*) as count, min(r.subject_id) as example
		from revision r left join ${sql.table(table)} t on ${sql.ref(`t.${keyOf(table)}`)} = ${asKey(table, sql`r.subject_id`)}
		where ${isIn(table, part)} and ${imageOf(table, 't')} is distinct from r.after`.execute(tx);
	return { count: Number(rows[0]?.count ?? 0), example: rows[0]?.example ?? null };
}

export async function removeAdded(tx: Db, table: Historic, part: Part): Promise<number> {
	const { numAffectedRows } = await sql`
		delete from ${sql.table(table)} t using revision r
		where ${isIn(table, part)} and r.before is null
			and ${sql.ref(`t.${keyOf(table)}`)} = ${asKey(table, sql`r.subject_id`)}`.execute(tx);
	return Number(numAffectedRows ?? 0);
}

export async function restoreChanged(tx: Db, table: Historic, part: Part): Promise<number> {
	const columns = await columnsOf(tx, table);
	const names = sql.join(columns.map((column) => sql.ref(column)));
	const values = sql.join(columns.map((column) => sql.ref(`p.${column}`)));
	const { numAffectedRows } = await sql`
		update ${sql.table(table)} t set (${names}) = row(${values})
		from revision r cross join lateral jsonb_populate_record(null::${sql.table(table)}, r.before) p
		where ${isIn(table, part)} and r.before is not null
			and ${sql.ref(`t.${keyOf(table)}`)} = ${asKey(table, sql`r.subject_id`)}`.execute(tx);
	return Number(numAffectedRows ?? 0);
}

/** Rows the source took away come back as they were. */
export async function bringBackRemoved(tx: Db, table: Historic, part: Part): Promise<number> {
	const { numAffectedRows } = await sql`
		insert into ${sql.table(table)}
		select p.* from revision r cross join lateral jsonb_populate_record(null::${sql.table(table)}, r.before) p
		where ${isIn(table, part)} and r.before is not null and r.after is null`.execute(tx);
	return Number(numAffectedRows ?? 0);
}

/** Notes the way back as a change of its own. */
export async function recordUndo(tx: Db, sourceId: string, at: Date, by: string): Promise<void> {
	await sql`
		insert into revision (subject, subject_id, valid_from, recorded_at, recorded_by, before, after)
		select subject, subject_id, ${at}::timestamptz, ${at}::timestamptz, ${by}::text, after, before
		from revision where source_id = ${sourceId}::uuid order by seq desc`.execute(tx);
}

async function columnsOf(tx: Db, table: Historic): Promise<string[]> {
	const { rows } = await sql<{ name: string }>`
		select column_name as name from information_schema.columns
		where table_schema = current_schema() and table_name = ${table} and column_name <> ${keyOf(table)}
		order by ordinal_position`.execute(tx);
	return rows.map(({ name }) => name);
}
