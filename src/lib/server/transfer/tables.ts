// Which tables there are, in an order in which each comes after those it refers to, and how a table's rows are told as
// text: the same text on both databases, so that a checksum over it says whether two tables are equal.

import { sql } from 'kysely';
import type { Db } from '../db/connection.ts';

export interface MovedTable {
	name: string;
	/** Columns that are stored, not computed. */
	columns: string[];
	/** Columns of the primary key: the order of the rows. */
	key: string[];
}

/** Kept by the program of the moment, not data. */
const NOT_DATA = new Set(['migration', 'app_process', 'lease', 'reading_batch', 'spatial_ref_sys', 'backup']);

/** @throws Error when tables refer to each other in a circle */
export async function movedTables(db: Db): Promise<MovedTable[]> {
	const { rows } = await sql<{ name: string; columns: string[]; key: string[] | null; refers: string[] | null }>`
		select c.relname as name,
			(select array_agg(a.attname::text order by a.attnum) from pg_attribute a
				where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
			(select array_agg(a.attname::text order by k.n)
				from pg_index i cross join lateral unnest(i.indkey::int2[]) with ordinality as k (attnum, n)
				join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
				where i.indrelid = c.oid and i.indisprimary) as key,
			(select array_agg(distinct r.relname::text) from pg_constraint f join pg_class r on r.oid = f.confrelid
				where f.conrelid = c.oid and f.contype = 'f' and f.confrelid <> c.oid) as refers
		from pg_class c
		where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
		order by c.relname`.execute(db);
	const open = new Map(rows.filter(({ name }) => !NOT_DATA.has(name)).map((row) => [row.name, row]));
	const ordered: MovedTable[] = [];
	while (open.size > 0) {
		const free = [...open.values()].filter(({ refers }) => !(refers ?? []).some((other) => open.has(other)));
		if (free.length === 0) throw new Error(`Tables refer to each other in a circle: ${[...open.keys()].join()}.`);
		for (const { name, columns, key } of free) {
			open.delete(name);
			ordered.push({ name, columns, key: key ?? columns });
		}
	}
	return ordered;
}

/** Statement that gives the rows of a table in their order; of the readings, those of one day in UTC. */
export function selectRows({ name, columns, key }: MovedTable, day?: string): string {
	const quoted = (names: readonly string[]): string => names.map(identifier).join();
	const where = day
		? ` where observed_at >= timestamptz '${day} 00:00Z' and observed_at < timestamptz '${day} 00:00Z' + interval '1 day'`
		: '';
	// By bytes: two servers may sort the same texts differently.
	const order = day ? quoted(key) : key.map((column) => `${identifier(column)}::text collate "C"`).join();
	return `select ${quoted(columns)} from ${identifier(name)}${where} order by ${order}`;
}

export function identifier(name: string): string {
	return `"${name.replaceAll('"', '""')}"`;
}

/** Days that have readings, in UTC; readings are moved day by day. */
export async function readingDays(db: Db): Promise<string[]> {
	const { rows } = await sql<{ day: string }>`
		select distinct to_char(observed_at at time zone 'UTC', 'YYYY-MM-DD') as day from reading order by day`.execute(db);
	return rows.map(({ day }) => day);
}
