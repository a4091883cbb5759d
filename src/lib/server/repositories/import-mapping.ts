// Which column of a file meant which field the last time a file with the same header came in.

import type { Db } from '../db/connection.ts';

export interface RememberedMapping {
	mapping: Record<string, string | null>;
	datum: string | null;
}

export async function rememberedMapping(
	db: Db,
	subject: string,
	headerSha256: string,
): Promise<RememberedMapping | undefined> {
	const row = await db
		.selectFrom('import_mapping')
		.select(['mapping', 'datum'])
		.where('subject', '=', subject)
		.where('header_sha256', '=', headerSha256)
		.executeTakeFirst();
	return row && { mapping: row.mapping as Record<string, string | null>, datum: row.datum };
}

export async function rememberMapping(
	db: Db,
	subject: string,
	headerSha256: string,
	{ mapping, datum }: RememberedMapping,
	at: Date,
): Promise<void> {
	const values = { mapping: JSON.stringify(mapping), datum, used_at: at };
	await db
		.insertInto('import_mapping')
		.values({ subject, header_sha256: headerSha256, ...values })
		.onConflict((conflict) => conflict.columns(['subject', 'header_sha256']).doUpdateSet(values))
		.execute();
}
