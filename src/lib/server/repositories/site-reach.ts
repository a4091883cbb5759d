// Whether every site of a list is the caller's to see. Plans and draws tell of all their sites or of none.

import { sql } from 'kysely';
import type { Scope } from '#lib/domain/access/scope.ts';
import type { Db } from '../db/connection.ts';
import { inScope } from '../db/scope.ts';

export async function reachesAll(db: Db, scope: Scope, siteIds: readonly string[]): Promise<boolean> {
	const [isReached] = await reachesEach(db, scope, [siteIds]);
	return isReached === true;
}

/** The same for many lists, in one question. */
export async function reachesEach(
	db: Db,
	scope: Scope,
	lists: readonly (readonly string[])[],
): Promise<readonly boolean[]> {
	if (scope.kind === 'system' || (!scope.siteIds && scope.areas.some((area) => area.length === 6)))
		return lists.map(() => true);
	const wanted = [...new Set(lists.flat())];
	const { rows } = await sql<{ id: string }>`
		select s.id::text as id from site s left join management_grid g on g.id = s.grid_id
		where s.id::text = any(${wanted}::text[]) and ${inScope(scope, 's.town_code', 's.id', 'g.code')}`.execute(db);
	const reached = new Set(rows.map(({ id }) => id));
	return lists.map((list) => list.every((id) => reached.has(id)));
}
