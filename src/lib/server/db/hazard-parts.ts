// What several lists tell of a finding, spelled once: who found it, and the photos that show it.

import { sql } from 'kysely';

/** Names of the officers of the visit it was found on; none where no visit is known. @param of - the table or its name here */
export const finders = (of: string) =>
	sql<string[]>`coalesce((select visit.supervisors from visit where visit.id = ${sql.ref(`${of}.visit_id`)}), '{}')`;

/** Ids of the photos that can still be looked at, the first first. */
export const photosOfHazard = (of: string) =>
	sql<string[]>`array(select evidence.id::text from evidence
		where evidence.hazard_id = ${sql.ref(`${of}.id`)} and evidence.expired_at is null
		order by evidence.taken_at, evidence.id)`;
