// Keeps what a planner has arranged: the order of visits, what is locked, who comes along. Only drafts change this way.

import type { PlanChange } from '#lib/contract/patrol.ts';
import { authorize } from '#lib/domain/access/authorize.ts';
import { audit } from '../audit/audit.ts';
import { signedBy, type Caller } from '../auth/caller.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { changePlan as writeChange, planForChange, type StoredPlan } from '../repositories/patrol-plan.ts';

export type ChangePlan =
	| { ok: true; revision: number; events: [] }
	| { ok: false; reason: 'forbidden' | 'not-found' | 'not-a-draft' | 'changed-meanwhile' | 'bad-draft' };

export async function changePlan(db: Db, caller: Caller, id: string, change: PlanChange): Promise<ChangePlan> {
	if (!authorize(caller.principal, 'patrol:plan').ok) return { ok: false, reason: 'forbidden' };
	return transaction(db, async (tx): Promise<ChangePlan> => {
		const plan = await planForChange(tx, id);
		if (!plan) return { ok: false, reason: 'not-found' };
		if (plan.state !== 'draft' || plan.isSealed) return { ok: false, reason: 'not-a-draft' };
		if (plan.revision !== change.revision) return { ok: false, reason: 'changed-meanwhile' };
		if (!isOfPlan(plan, change)) return { ok: false, reason: 'bad-draft' };
		const visits = {
			...plan.visits,
			visits: plan.visits.visits.map((visit) => ({
				...visit,
				departments: change.departments[visit.key] ?? visit.departments,
			})),
		};
		const revision = await writeChange(tx, id, { drafts: change.drafts, locked: change.locked, visits });
		await audit(tx, { ...signedBy(caller), action: 'patrol:plan', object: `plan ${id}`, outcome: 'done' });
		return { ok: true, revision, events: [] };
	});
}

/** Every name is one of the plan's, and no visit or team stands in it twice. */
function isOfPlan({ problem }: StoredPlan, { drafts, locked }: PlanChange): boolean {
	const teams = new Set(problem.teams.map((team) => team.id));
	const visits = new Set(problem.visits.map((visit) => visit.id));
	const placed = drafts.flatMap((draft) => draft.visits);
	return (
		drafts.every(({ team }) => teams.delete(team)) &&
		locked.every((key) => visits.has(key)) &&
		placed.every((key) => visits.delete(key))
	);
}
