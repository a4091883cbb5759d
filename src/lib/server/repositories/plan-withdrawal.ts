// Plans that are withdrawn: an issued one becomes a draft again, a draft goes.

import { sql } from 'kysely';
import type { Db } from '../db/connection.ts';

/** Whether anybody has set out or recorded anything at one of its stops. */
export async function hasBegun(db: Db, planId: string): Promise<boolean> {
	const { rows } = await sql<{ begun: boolean }>`
		select exists (select from patrol_team where plan_id = ${planId} and departed_at is not null)
			or exists (
				select from patrol_stop stop
				where stop.plan_id = ${planId} and (
					stop.state not in ('planned', 'dropped')
					or exists (select from stop_hazard where stop_id = stop.id)
					or exists (select from evidence where stop_id = stop.id)
				)
			) as begun`.execute(db);
	return rows[0]!.begun;
}

/** Takes away what `issue` has made; what was planned stays as the draft. */
export async function backToDraft(db: Db, planId: string): Promise<void> {
	await db.deleteFrom('patrol_companion').where('plan_id', '=', planId).execute();
	await db.deleteFrom('patrol_stop').where('plan_id', '=', planId).execute();
	await db.deleteFrom('patrol_team').where('plan_id', '=', planId).execute();
	const { source_id } = await db
		.selectFrom('patrol_plan')
		.select('source_id')
		.where('id', '=', planId)
		.executeTakeFirstOrThrow();
	await db
		.updateTable('patrol_plan')
		.set({ state: 'draft', issued_at: null, issued_by: null, source_id: null, revision: sql<number>`revision + 1` })
		.where('id', '=', planId)
		.execute();
	if (source_id) await db.deleteFrom('source').where('id', '=', source_id).execute();
}

export async function deleteDraft(db: Db, planId: string): Promise<void> {
	await db.deleteFrom('patrol_plan').where('id', '=', planId).where('state', '=', 'draft').execute();
}
