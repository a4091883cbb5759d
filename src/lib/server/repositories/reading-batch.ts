// What processes stored, for the other processes: read in the order of commits, each batch once, however long some
// other transaction takes. A snapshot says which transactions were seen; the next look takes those seen since.

import { sql } from 'kysely';
import type { Db } from '../db/connection.ts';

/** `[device number, µs since 1970, sequence, values]` */
export type SharedRow = [no: number, atUs: number, seq: number, values: Record<string, number | boolean | string>];

/** Where the next look begins. */
export type Snapshot = string;

export async function snapshotNow(db: Db): Promise<Snapshot> {
	const { rows } = await sql<{ snapshot: string }>`select pg_current_snapshot()::text as snapshot`.execute(db);
	return rows[0]!.snapshot;
}

/** Rows committed since a snapshot, by commit; and the snapshot they were seen with. */
export async function batchesSince(db: Db, after: Snapshot): Promise<{ rows: SharedRow[]; snapshot: Snapshot }> {
	// The lowest transaction that the snapshot had not seen ended; below it everything was.
	const lowest = after.slice(0, after.indexOf(':'));
	const { rows } = await sql<{ snapshot: string; batch: SharedRow[] | null }>`
		select pg_current_snapshot()::text as snapshot, batch.rows as batch
		from (select 1) as one left join reading_batch as batch
			on batch.xid >= ${lowest}::bigint and not pg_visible_in_snapshot(batch.xid::text::xid8, ${after}::pg_snapshot)
		order by batch.id`.execute(db);
	return { rows: rows.flatMap(({ batch }) => batch ?? []), snapshot: rows[0]!.snapshot };
}

/** Forgets what every process has had time to read. */
export async function trimBatches(db: Db, keepS: number): Promise<void> {
	await sql`delete from reading_batch where at < clock_timestamp() - ${keepS}::float8 * interval '1 second'`.execute(
		db,
	);
}
