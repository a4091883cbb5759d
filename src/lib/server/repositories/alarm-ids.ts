// Which alarms a scope reaches, by id only.

import { sql } from 'kysely';
import type { Scope } from '#lib/domain/access/scope.ts';
import type { Db } from '../db/connection.ts';
import { inScope } from '../db/scope.ts';

export async function idsInScope(db: Db, scope: Scope, ids: readonly string[]): Promise<string[]> {
	if (ids.length === 0) return [];
	const rows = await db
		.selectFrom('alarm')
		.leftJoin('site', 'site.id', 'alarm.site_id')
		.select('alarm.id')
		.where(sql<boolean>`alarm.id = any(${ids}::uuid[])`)
		.where(inScope(scope, 'site.town_code', 'site.id'))
		.execute();
	return rows.map(({ id }) => id);
}
