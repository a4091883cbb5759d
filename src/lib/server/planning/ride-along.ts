// Who rides along on a plan: before it is issued by looking at its routes, afterwards as it was issued.

import { AGENCY_ROLE, companionRules } from '#db/rules/companion.ts';
import { rollingDays } from '#db/rules/planning.ts';
import { dayAfter } from '#lib/domain/day.ts';
import { grouped } from '#lib/domain/grouped.ts';
import { allotPlan, type Companion, type CompanionRules, type Seat } from '#lib/domain/planning/companions.ts';
import type { Db } from '../db/connection.ts';
import { companionPool, companionsOf } from '../repositories/companion.ts';
import { companionQuotas } from '../repositories/companion-quota.ts';
import type { StoredPlan } from '../repositories/patrol-plan.ts';

export interface CompanionPool {
	pool: Companion[];
	rules: CompanionRules;
}

/** Who can be asked on a day, with the rules they are chosen by; kept with the plan, so that it can be judged again. */
export async function poolFor(db: Db, on: string): Promise<CompanionPool> {
	return {
		pool: await companionPool(db, AGENCY_ROLE, on, dayAfter(on, -rollingDays.value)),
		rules: companionRules,
	};
}

/** The same with what their contracts leave today: other plans have used of it since this one was drafted. */
export async function withQuotas(db: Db, { pool, rules }: CompanionPool, on: string): Promise<CompanionPool> {
	const quotas = grouped(await companionQuotas(db, on, on), ({ companionId }) => companionId);
	return { pool: pool.map((one) => ({ ...one, quotas: quotas.get(one.id) ?? [] })), rules };
}

export async function ridersOf(db: Db, plan: StoredPlan): Promise<Seat[]> {
	if (plan.state !== 'draft') return companionsOf(db, plan.id);
	const { companions } = plan.teams;
	if (!companions) return [];
	return allotPlan(plan.drafts, plan.visits.visits, await withQuotas(db, companions, plan.on)).seats;
}
