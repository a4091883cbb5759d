// Contract quotas of experts and agencies: what was set, and how much of it has been used.

import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { QuotaRow, QuotaWish } from '#lib/contract/staff.ts';
import type { Db } from '../db/connection.ts';

/** Visits of issued plans within the days of the quota; one that nobody made is not counted. */
const used = sql<string>`(
	select count(distinct (ride.plan_id, ride.visit_key)) from patrol_companion ride
		join patrol_plan plan on plan.id = ride.plan_id
		left join patrol_stop stop on stop.plan_id = ride.plan_id and stop.visit_key = ride.visit_key
	where (ride.expert_id = companion_quota.expert_id or ride.firm_id = companion_quota.firm_id)
		and plan.plan_on between companion_quota.from_on and companion_quota.to_on
		and coalesce(stop.state, 'planned') not in ('skipped', 'dropped'))`;

/** Those that hold on some day from `from` to `to`, the first to end first; without `to` also all that are to come. */
export async function companionQuotas(db: Db, from: string, to?: string): Promise<QuotaRow[]> {
	const rows = await db
		.selectFrom('companion_quota')
		.leftJoin('expert', 'expert.id', 'companion_quota.expert_id')
		.leftJoin('firm', 'firm.id', 'companion_quota.firm_id')
		.selectAll('companion_quota')
		.select(['expert.name as expert', 'firm.name as agency', used.as('used')])
		.where('ended_at', 'is', null)
		.where('to_on', '>=', from)
		.$if(to !== undefined, (query) => query.where('from_on', '<=', to!))
		.orderBy('to_on')
		.orderBy('companion_quota.id')
		.execute();
	return rows.map((row) => ({
		...{ id: row.id, kind: row.expert_id ? ('expert' as const) : ('agency' as const) },
		companionId: (row.expert_id ?? row.firm_id)!,
		name: row.expert ?? row.agency ?? '',
		...{ fromOn: row.from_on, toOn: row.to_on, most: row.most, used: Number(row.used) },
		...{ source: row.source, setBy: row.set_by_name, setAt: row.set_at.toISOString() },
	}));
}

/** Nobody else counts on what is left of a quota until this transaction is over. */
export async function lockQuotas(db: Db, on: string): Promise<void> {
	await db
		.selectFrom('companion_quota')
		.select('id')
		.where('ended_at', 'is', null)
		.where('from_on', '<=', on)
		.where('to_on', '>=', on)
		.orderBy('id')
		.forUpdate()
		.execute();
}

export async function insertQuota(
	db: Db,
	wish: QuotaWish,
	by: { at: Date; id: string; name: string },
): Promise<string> {
	const id = randomUUID();
	const { kind, companionId, fromOn, toOn, most, source } = wish;
	await db
		.insertInto('companion_quota')
		.values({
			...{ id, from_on: fromOn, to_on: toOn, most, source },
			expert_id: kind === 'expert' ? companionId : null,
			firm_id: kind === 'agency' ? companionId : null,
			...{ set_at: by.at, set_by: by.id, set_by_name: by.name },
		})
		.execute();
	return id;
}

/** @returns undefined for one that is not there, or has been ended */
export async function endedQuota(
	db: Db,
	id: string,
	by: { at: Date; id: string },
): Promise<{ most: number; source: string } | undefined> {
	return db
		.updateTable('companion_quota')
		.set({ ended_at: by.at, ended_by: by.id })
		.where('id', '=', id)
		.where('ended_at', 'is', null)
		.returning(['most', 'source'])
		.executeTakeFirst();
}
