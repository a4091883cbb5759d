// Whether every site of a list is the caller's to see. Plans and draws tell of all their sites or of none.

import { sql } from 'kysely';
import type { Scope } from '#lib/domain/access/scope.ts';
import type { Db } from '../db/connection.ts';
import { inScope } from '../db/scope.ts';

export async function reachesAll(db: Db, scope: Scope, siteIds: readonly string[]): Promise<boolean> {
	if (scope.kind === 'system' || (!scope.siteIds && scope.areas.some((area) => area.length === 6))) return true;
	const wanted = [...new Set(siteIds)];
	const { rows } = await sql<{ n: string }>`
		select count(*) as n from site s left join management_grid g on g.id = s.grid_id
		where s.id::text = any(${wanted}::text[]) and ${inScope(scope, 's.town_code', 's.id', 'g.code')}`.execute(db);
	return Number(rows[0]!.n) === wanted.length;
}
