// The daily partitions of the readings. Days are days in UTC; partitions are made ahead, so that nothing lands in the
// default one, which is watched.

import { sql } from 'kysely';
import type { Db } from './connection.ts';
import { transaction } from './transaction.ts';

/** Any number of our own: two processes never make partitions at once. */
const LOCK = 7_483_920_116;

/**
 * Makes the partitions of `days` days from `fromDay` on; those that exist stay. A day that already has readings in the
 * default partition is left there: they stay readable, and `readingsInDefaultPartition` tells of them.
 *
 * @param fromDay - `YYYY-MM-DD`
 * @returns the days that were made
 */
export async function ensureReadingPartitions(db: Db, fromDay: string, days: number): Promise<string[]> {
	const first = /^\d{4}-\d{2}-\d{2}$/.test(fromDay) ? Date.parse(`${fromDay}T00:00:00Z`) : NaN;
	if (Number.isNaN(first)) throw new RangeError(`Not a day: ${fromDay}.`);
	return transaction(db, async (tx) => {
		await sql`select pg_advisory_xact_lock(${LOCK})`.execute(tx);
		const { rows } = await sql<{ day: string }>`
			select day from (
				select day, make_reading_partition(day) as made
				from (select ${fromDay}::date + n as day from generate_series(0, ${days}::int - 1) as n) as wanted
			) as tried
			where made`.execute(tx);
		return rows.map((row) => row.day);
	});
}

/** Readings of days that had no partition when they came; above zero somebody must look. */
export async function readingsInDefaultPartition(db: Db): Promise<number> {
	const { rows } = await sql<{ count: string }>`select count(*) as count from reading_default`.execute(db);
	return Number(rows[0]!.count);
}
