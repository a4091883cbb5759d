// What a look-back looks at: findings of the round before, closed and open. Whether that holds, somebody else sees for
// himself.

import { sql } from 'kysely';
import type { LookedBackAt } from '#lib/contract/field.ts';
import type { Db } from '../db/connection.ts';
import { finders, photosOfHazard } from '../db/hazard-parts.ts';

export type FirstRoundFinding = LookedBackAt & { siteId: string };

/** @param rounds - those that are looked back at on the day of the visit */
export async function firstRoundFindings(
	db: Db,
	siteIds: readonly string[],
	rounds: readonly { fromOn: string; toOn: string }[],
): Promise<FirstRoundFinding[]> {
	if (siteIds.length === 0 || rounds.length === 0) return [];
	const [from, to] = [rounds.map(({ fromOn }) => fromOn), rounds.map(({ toOn }) => toOn)];
	const { rows } = await sql<FirstRoundFinding>`
		with finding as (
			select id, site_id, visit_id, category, description, is_major, due_on, rectified_at,
				(found_at at time zone 'Asia/Shanghai')::date as found_on,
				(closed_at at time zone 'Asia/Shanghai')::date as closed_on
			from hazard
			where site_id = any(${siteIds}::uuid[])
		)
		select id, site_id as "siteId", category, description, is_major as "isMajor",
			found_on::text as "foundOn", closed_on::text as "closedOn", due_on::text as "dueOn",
			rectified_at is not null or closed_on is not null as "isRectified",
			${finders('finding')} as "foundBy", ${photosOfHazard('finding')} as photos
		from finding
		where exists (
			select from unnest(${from}::date[], ${to}::date[]) as round (from_on, to_on)
			where found_on between round.from_on and round.to_on
		)
		order by closed_on is not null, is_major desc, found_on, id`.execute(db);
	return rows;
}
