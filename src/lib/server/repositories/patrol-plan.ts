// Plans and their teams.

import { sql } from 'kysely';
import type { Scope } from '#lib/domain/access/scope.ts';
import type { Draft } from '#lib/domain/patrol/evaluate.ts';
import type { Problem } from '#lib/domain/patrol/problem.ts';
import type { Companion, CompanionRules } from '#lib/domain/planning/companions.ts';
import type { NotAsked, PlanVisit } from '#lib/domain/planning/plan-problem.ts';
import type { PlanTeam } from '#lib/domain/planning/team.ts';
import type { TemplateKey } from '#lib/domain/planning/template.ts';
import { grouped } from '#lib/domain/grouped.ts';
import type { LearntTravel } from '#lib/domain/travel/learn.ts';
import type { Db } from '../db/connection.ts';
import { asLngLat } from '../db/geo.ts';
import { hasAllSitesIn } from '../db/scope.ts';

/** What stands in the columns `teams` and `visits`. */
export interface StoredTeams {
	teams: PlanTeam[];
	base: { id?: string; name: string; at: [number, number] };
	estimate: LearntTravel;
	note: string | null;
	days: { on: string; from: number }[];
	/** Who can come along; only in plans that take somebody along. */
	companions?: { pool: Companion[]; rules: CompanionRules };
}
export interface StoredVisits {
	visits: PlanVisit[];
	notAsked: NotAsked[];
}

export interface StoredPlan {
	id: string;
	on: string;
	name: string;
	template: TemplateKey;
	state: 'draft' | 'issued' | 'closed';
	isSealed: boolean;
	drawId: string | null;
	roundId: string | null;
	sourceId: string | null;
	problem: Problem;
	teams: StoredTeams;
	visits: StoredVisits;
	drafts: Draft[];
	locked: string[];
	travel: 'estimate' | 'osrm';
	revision: number;
	createdAt: Date;
	createdBy: string;
}

/** A plan all whose sites are in scope; it is told of whole or not at all. */
export async function planById(db: Db, scope: Scope, id: string): Promise<StoredPlan | undefined> {
	const row = await db
		.selectFrom('patrol_plan')
		.selectAll()
		.where('id', '=', id)
		.where(hasAllSitesIn(scope, SITES_OF_PLAN))
		.executeTakeFirst();
	return row && fromRow(row);
}

/** Those it goes to and those it was asked not to. */
const SITES_OF_PLAN = sql`
	select jsonb_path_query(patrol_plan.visits, '$.visits[*].siteId')
	union all select jsonb_path_query(patrol_plan.visits, '$.notAsked[*].siteId')`;

/** A plan of whatever area, kept from others until the transaction ends; the command has asked whether the caller may. */
export async function planForChange(db: Db, id: string): Promise<StoredPlan | undefined> {
	const row = await db.selectFrom('patrol_plan').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
	return row && fromRow(row);
}

/** Plans all whose sites are in scope, newest day first. */
export async function plansBetween(db: Db, scope: Scope, fromOn: string, toOn: string): Promise<StoredPlan[]> {
	const rows = await db
		.selectFrom('patrol_plan')
		.selectAll()
		.where('plan_on', '>=', fromOn)
		.where('plan_on', '<=', toOn)
		.where(hasAllSitesIn(scope, SITES_OF_PLAN))
		.orderBy('plan_on', 'desc')
		.orderBy('created_at', 'desc')
		.limit(200)
		.execute();
	return rows.map(fromRow);
}

export async function insertPlan(
	db: Db,
	plan: Omit<StoredPlan, 'revision' | 'sourceId' | 'state'> & { seed: number },
): Promise<void> {
	await db
		.insertInto('patrol_plan')
		.values({
			id: plan.id,
			plan_on: plan.on,
			name: plan.name,
			template: plan.template,
			state: 'draft',
			is_sealed: plan.isSealed,
			draw_id: plan.drawId,
			round_id: plan.roundId,
			problem: JSON.stringify(plan.problem),
			teams: JSON.stringify(plan.teams),
			visits: JSON.stringify(plan.visits),
			drafts: JSON.stringify(plan.drafts),
			locked: plan.locked,
			travel: plan.travel,
			seed: plan.seed,
			created_at: plan.createdAt,
			created_by: plan.createdBy,
		})
		.execute();
}

export async function changePlan(
	db: Db,
	id: string,
	change: Partial<Pick<StoredPlan, 'drafts' | 'locked' | 'visits' | 'problem'>>,
): Promise<number> {
	const { revision } = await db
		.updateTable('patrol_plan')
		.set({
			...(change.drafts && { drafts: JSON.stringify(change.drafts) }),
			...(change.locked && { locked: change.locked }),
			...(change.visits && { visits: JSON.stringify(change.visits) }),
			...(change.problem && { problem: JSON.stringify(change.problem) }),
			revision: sql<number>`revision + 1`,
		})
		.where('id', '=', id)
		.returning('revision')
		.executeTakeFirstOrThrow();
	return revision;
}

export async function markIssued(db: Db, id: string, at: Date, by: string, sourceId: string): Promise<void> {
	await db
		.updateTable('patrol_plan')
		.set({ state: 'issued', issued_at: at, issued_by: by, source_id: sourceId })
		.where('id', '=', id)
		.execute();
}

export async function insertPlanTeams(db: Db, planId: string, teams: readonly PlanTeam[]): Promise<void> {
	if (teams.length === 0) return;
	await db
		.insertInto('patrol_team')
		.values(teams.map(({ id, officerIds }) => ({ plan_id: planId, team: id, officer_ids: officerIds })))
		.execute();
}

export async function planTeams(db: Db, planId: string) {
	return db.selectFrom('patrol_team').selectAll().where('plan_id', '=', planId).orderBy('team').execute();
}

/** When the teams of plans set out, plan by plan. */
export async function departuresByPlan(
	db: Db,
	planIds: readonly string[],
): Promise<ReadonlyMap<string, { departed_at: Date | null }[]>> {
	const rows = await db
		.selectFrom('patrol_team')
		.select(['plan_id', 'departed_at'])
		.where(sql<boolean>`plan_id = any(${planIds}::uuid[])`)
		.execute();
	return grouped(rows, ({ plan_id }) => plan_id);
}

/** Sites that plans of other days or teams go to already, with the first such day. */
export async function plannedSites(db: Db, fromOn: string, toOn: string): Promise<Map<string, string>> {
	const rows = await db
		.selectFrom('patrol_stop')
		.innerJoin('patrol_plan', 'patrol_plan.id', 'patrol_stop.plan_id')
		.select(['patrol_stop.site_id', 'patrol_plan.plan_on'])
		.where('patrol_plan.state', '=', 'issued')
		.where('patrol_plan.is_sealed', '=', false)
		.where('patrol_stop.state', 'in', ['planned', 'arrived'])
		.where('patrol_plan.plan_on', '>=', fromOn)
		.where('patrol_plan.plan_on', '<=', toOn)
		.orderBy('patrol_plan.plan_on', 'desc')
		.execute();
	return new Map(rows.map(({ site_id, plan_on }) => [site_id, plan_on]));
}

export async function basesOf(
	db: Db,
): Promise<{ id: string; name: string; at: [number, number]; isDefault: boolean }[]> {
	const rows = await db
		.selectFrom('patrol_base')
		.select(['id', 'name', 'is_default', asLngLat('location').as('at')])
		.orderBy('is_default', 'desc')
		.orderBy('name')
		.execute();
	return rows.map(({ is_default, ...row }) => ({ ...row, isDefault: is_default }));
}

function fromRow(row: {
	id: string;
	plan_on: string;
	name: string;
	template: TemplateKey;
	state: 'draft' | 'issued' | 'closed';
	is_sealed: boolean;
	draw_id: string | null;
	round_id: string | null;
	source_id: string | null;
	problem: unknown;
	teams: unknown;
	visits: unknown;
	drafts: unknown;
	locked: string[];
	travel: 'estimate' | 'osrm';
	revision: number;
	created_at: Date;
	created_by: string;
}): StoredPlan {
	return {
		id: row.id,
		on: row.plan_on,
		name: row.name,
		template: row.template,
		state: row.state,
		isSealed: row.is_sealed,
		drawId: row.draw_id,
		roundId: row.round_id,
		sourceId: row.source_id,
		problem: row.problem as Problem,
		teams: row.teams as StoredTeams,
		visits: row.visits as StoredVisits,
		drafts: row.drafts as Draft[],
		locked: row.locked,
		travel: row.travel,
		revision: row.revision,
		createdAt: row.created_at,
		createdBy: row.created_by,
	};
}
