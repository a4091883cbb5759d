// Keeps what a planner has arranged: the order of visits, what is locked or promised, who comes along. Only drafts change this way.

import type { PlanChange } from '#lib/contract/patrol.ts';
import { authorize } from '#lib/domain/access/authorize.ts';
import { pinsOf, pinTimes } from '#lib/domain/planning/pin-times.ts';
import { TEMPLATE } from '#lib/domain/planning/template.ts';
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
		const before = pinsOf(plan.visits.visits);
		const pins = change.pins ?? before;
		const visits = {
			...plan.visits,
			visits: plan.visits.visits.map(({ pinnedAt: _before, ...visit }) => ({
				...visit,
				departments: change.departments[visit.key] ?? visit.departments,
				...(pins[visit.key] === undefined ? {} : { pinnedAt: pins[visit.key] }),
			})),
		};
		const problem = pinTimes(plan.problem, TEMPLATE[plan.template], pins, before);
		const { drafts, locked } = change;
		const revision = await writeChange(tx, id, {
			drafts,
			locked,
			visits,
			...(problem === plan.problem ? {} : { problem }),
		});
		await audit(tx, { ...signedBy(caller), action: 'patrol:plan', object: `plan ${id}`, outcome: 'done' });
		return { ok: true, revision, events: [] };
	});
}

/** Every name is one of the plan's, no visit or team stands in it twice, and a moment is promised on one day only. */
function isOfPlan({ problem, teams: { days } }: StoredPlan, { drafts, locked, pins = {} }: PlanChange): boolean {
	const teams = new Set(problem.teams.map((team) => team.id));
	const visits = new Set(problem.visits.map((visit) => visit.id));
	const placed = drafts.flatMap((draft) => draft.visits);
	return (
		drafts.every(({ team }) => teams.delete(team)) &&
		locked.every((key) => visits.has(key)) &&
		Object.keys(pins).every((key) => visits.has(key) && days.length === 0) &&
		placed.every((key) => visits.delete(key))
	);
}
