// A database as a whole: its shape, and every text in it that carries a mark.

import { sql } from 'kysely';
import type { Db } from '#lib/server/db/connection.ts';

/** Tables with their columns, days of readings left out. */
export async function shapeOf(db: Db): Promise<unknown> {
	const { rows } = await sql`
		select table_name, string_agg(column_name || ' ' || data_type, ', ' order by column_name) as columns
		from information_schema.columns where table_schema = 'public' and table_name !~ '_\\d{8}$'
		group by table_name order by table_name`.execute(db);
	return rows;
}

/** Every text with a mark (§) in it, in whatever table and however deep. */
export async function keptTexts(db: Db): Promise<string[]> {
	const { rows } = await sql<{ name: string }>`select table_name as name from information_schema.tables
		where table_schema = 'public' and table_type = 'BASE TABLE' and table_name <> 'spatial_ref_sys'`.execute(db);
	const found: string[] = [];
	const walk = (value: unknown): void => {
		if (typeof value === 'string') {
			if (value.includes('§')) found.push(value);
		} else if (typeof value === 'object' && value !== null) for (const part of Object.entries(value).flat()) walk(part);
	};
	for (const { name } of rows) {
		const held = await sql<{ row: unknown }>`select to_jsonb(t) as row from ${sql.table(name)} t
			where to_jsonb(t)::text like '%§%'`.execute(db);
		for (const { row } of held.rows) walk(row);
	}
	return found;
}
