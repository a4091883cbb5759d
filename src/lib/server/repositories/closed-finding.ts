// What a look-back looks at: findings of the round before that were closed. Whether that holds, somebody else sees for
// himself.

import { sql } from 'kysely';
import type { LookedBackAt } from '#lib/contract/field.ts';
import type { Db } from '../db/connection.ts';

export type ClosedFinding = LookedBackAt & { siteId: string };

/** @param on - the day of the visit: the rounds that run then say which rounds they look back to */
export async function closedFindingsOf(db: Db, siteIds: readonly string[], on: string): Promise<ClosedFinding[]> {
	if (siteIds.length === 0) return [];
	const { rows } = await sql<ClosedFinding>`
		with finding as (
			select id, site_id, category, description, is_major,
				(found_at at time zone 'Asia/Shanghai')::date as found_on,
				(closed_at at time zone 'Asia/Shanghai')::date as closed_on
			from hazard
			where site_id = any(${siteIds}::uuid[]) and closed_at is not null
		)
		select id, site_id as "siteId", category, description, is_major as "isMajor",
			found_on::text as "foundOn", closed_on::text as "closedOn"
		from finding
		where exists (
			select from coverage_round as second
			join coverage_round as first on first.id = second.looks_back_to
			where ${on}::date between second.from_on and second.to_on and found_on between first.from_on and first.to_on
		)
		order by is_major desc, found_on, id`.execute(db);
	return rows;
}
