// A plan as its readers may see it. A sealed plan shows nothing of where it goes until every team has departed: not to
// its planner either, for he did not choose and cannot leak.

import type { PlanSummary, PlanView, TeamState } from '#lib/contract/patrol.ts';
import { shanghaiDay } from '#lib/domain/day.ts';
import { changesOf, type RouteChanges } from '#lib/domain/field/route-change.ts';
import type { Db } from '../db/connection.ts';
import { ridersOf, withQuotas } from './ride-along.ts';
import { planTeams, type StoredPlan } from '../repositories/patrol-plan.ts';
import { stopStates } from '../repositories/patrol-stop.ts';

/** Whether everything about the plan may be told: a team that never set out keeps its secret no longer than the day. */
export function isOpen(
	plan: Pick<StoredPlan, 'isSealed' | 'on'>,
	teams: readonly { departed_at: Date | null }[],
	now: Date,
): boolean {
	if (!plan.isSealed || plan.on < shanghaiDay(now)) return true;
	return teams.length > 0 && teams.every(({ departed_at }) => departed_at !== null);
}

export async function viewPlan(db: Db, plan: StoredPlan, now: Date): Promise<PlanView> {
	const teams = await planTeams(db, plan.id);
	const stops = await stopStates(db, plan.id);
	const open = isOpen(plan, teams, now);
	const { companions } = plan.teams;
	const sealed = <T>(value: T, hidden: T): T => (open ? value : hidden);
	return {
		...summaryOf(plan, stops, teams, now),
		revision: plan.revision,
		drawId: plan.drawId,
		travel: { kind: plan.travel, estimate: plan.teams.estimate, note: plan.teams.note },
		base: plan.teams.base,
		problem: sealed(plan.problem, { places: [], teams: [], visits: [] }),
		planTeams: sealed(plan.teams.teams, []),
		visits: sealed(plan.visits.visits, []),
		notAsked: sealed(plan.visits.notAsked, []),
		companions:
			companions && open
				? {
						...(await withQuotas(db, companions, plan.on)),
						seats: plan.state === 'draft' ? null : await ridersOf(db, plan),
					}
				: null,
		drafts: sealed(plan.drafts, []),
		locked: sealed(plan.locked, []),
		stopStates: sealed(stops, []),
		teamStates: teams.map((row) => teamState(row, open)),
		days: sealed(plan.teams.days, []),
	};
}

function teamState(row: Awaited<ReturnType<typeof planTeams>>[number], isOpen: boolean): TeamState {
	return {
		team: row.team,
		departedAt: row.departed_at?.toISOString() ?? null,
		returnedAt: row.returned_at?.toISOString() ?? null,
		minutes: isOpen ? (row.minutes as TeamState['minutes']) : null,
		changes: isOpen
			? changesOf(row.change as RouteChanges | null).map(({ at, why, key, answer, back }) => ({
					...{ at, why, key, answer: answer ?? null },
					...(back && { back }),
				}))
			: [],
	};
}

/** Sealed is a plan that keeps something back still: once it is open it is one like any other. */
export function summaryOf(
	plan: StoredPlan,
	stops: readonly { state: string }[],
	teams: readonly { departed_at: Date | null }[],
	now: Date,
): PlanSummary {
	const made = stops.filter(({ state }) => state !== 'dropped');
	return {
		id: plan.id,
		on: plan.on,
		name: plan.name,
		template: plan.template,
		state: plan.state,
		isSealed: !isOpen(plan, teams, now),
		stops: made.length || plan.drafts.reduce((sum, { visits }) => sum + visits.length, 0),
		done: made.filter(({ state }) => state === 'done').length,
		teams: plan.teams.teams.length,
		createdAt: plan.createdAt.toISOString(),
	};
}
