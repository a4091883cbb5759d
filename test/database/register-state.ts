// The state of every table of the register in one word each, for saying that nothing has changed.

import { sql } from 'kysely';
import type { Db } from '#lib/server/db/connection.ts';

const TABLES = [
	'source',
	'firm',
	'site',
	'machine',
	'installation',
	'pit',
	'monitor_point',
	'high_formwork',
	'climbing_scaffold',
	'town',
	'management_grid',
] as const;

/** Rows and checksum per table; with `history` the revisions and remembered mappings count too. */
export async function registerState(db: Db, history = true): Promise<Record<string, string>> {
	const state: Record<string, string> = {};
	for (const table of history
		? ([...TABLES, 'revision', 'import_mapping', 'event_log', 'import_draft', 'import_draft_row'] as const)
		: TABLES) {
		const { rows } = await sql<{ count: string; sum: string | null }>`
			select count(*) as count, md5(string_agg(to_jsonb(t)::text, '|' order by to_jsonb(t)::text)) as sum
			from ${sql.table(table)} t`.execute(db);
		state[table] = `${rows[0]?.count} ${rows[0]?.sum ?? ''}`;
	}
	return state;
}
