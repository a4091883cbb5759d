// How many rows every table holds: noted with a copy, and compared when it is restored.

import { sql } from 'kysely';
import type { Db } from '../db/connection.ts';
import { movedTables } from '../transfer/tables.ts';

export type Counts = Record<string, number>;

export async function countRows(db: Db): Promise<Counts> {
	const counts: Counts = {};
	for (const { name } of await movedTables(db)) {
		const { rows } = await sql<{ n: string }>`select count(*) as n from ${sql.table(name)}`.execute(db);
		counts[name] = Number(rows[0]!.n);
	}
	return counts;
}

/** Tables that do not hold at least what was counted, in words. A copy of a running database may hold more. */
export function missingRows(noted: Counts, found: Counts): string[] {
	return Object.entries(noted)
		.filter(([table, rows]) => (found[table] ?? 0) < rows)
		.map(([table, rows]) => `${table}: ${found[table] ?? 0} < ${rows}`);
}
