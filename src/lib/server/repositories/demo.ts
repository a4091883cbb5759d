// Questions about the demonstration as such: whether there is one, and where its people belong.

import { sql } from 'kysely';
import type { Db } from '../db/connection.ts';

/** Nothing was ever loaded or imported. */
export async function isRegisterEmpty(db: Db): Promise<boolean> {
	const source = await db.selectFrom('source').select('id').limit(1).executeTakeFirst();
	const town = await db.selectFrom('town').select('code').limit(1).executeTakeFirst();
	return source === undefined && town === undefined;
}

export async function holdsDemo(db: Db): Promise<boolean> {
	const source = await db
		.selectFrom('source')
		.select('id')
		.where('kind', '=', 'demo')
		.where('undone_at', 'is', null)
		.limit(1)
		.executeTakeFirst();
	return source !== undefined;
}

/** The town with most sites. */
export async function busiestTown(db: Db): Promise<string | undefined> {
	const row = await db
		.selectFrom('site')
		.select('town_code')
		.where('town_code', 'is not', null)
		.groupBy('town_code')
		.orderBy(sql`count(*)`, 'desc')
		.orderBy('town_code')
		.limit(1)
		.executeTakeFirst();
	return row?.town_code ?? undefined;
}

/** Sites, and all of them invented. */
export async function hasOnlyDemoSites(db: Db): Promise<boolean> {
	const row = await db
		.selectFrom('site')
		.innerJoin('source', 'source.id', 'site.source_id')
		.select((eb) => [
			eb.fn.countAll<string>().as('all'),
			eb.fn.countAll<string>().filterWhere('source.kind', '=', 'demo').as('demo'),
		])
		.executeTakeFirst();
	return row !== undefined && Number(row.all) > 0 && row.all === row.demo;
}
