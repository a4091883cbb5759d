// What the ledger judges: sites with what is known of them, their visits, findings and machines. Closed sites are out.

import { sql } from 'kysely';
import type { Scope } from '#lib/domain/access/scope.ts';
import type { RiskGrade } from '#lib/domain/coverage/grade.ts';
import type { VisitResult } from '#lib/domain/coverage/due.ts';
import type { LngLat } from '#lib/domain/geo.ts';
import type { Db } from '../db/connection.ts';
import { asLngLat } from '../db/geo.ts';
import { peopleIn } from '../db/dossier-parts.ts';
import { inScope } from '../db/scope.ts';

export interface FactSite {
	id: string;
	no: number;
	name: string;
	at: LngLat;
	townCode: string | null;
	gridId: string | null;
	gridOwner: string | null;
	contractorId: string | null;
	contractor: string | null;
	stage: string | null;
	state: 'active' | 'stopped' | 'suspended';
	riskGrade: RiskGrade | null;
	startedOn: string | null;
	sign: 'red' | 'yellow' | 'green' | null;
	fatalOn: string | null;
	/** Deepest open pit; null: none; undefined: one without a depth. */
	pitDepthM: number | null | undefined;
	machineIds: string[];
	hasCrane: boolean;
	hasHoist: boolean;
	hasFormwork: boolean;
	hasScaffold: boolean;
	alarm: 'danger' | 'warning' | null;
	selfAssessedOn: string | null;
}

/** Sites that are owed visits: not finished, in scope. */
export async function coverageSites(db: Db, scope: Scope, on: string): Promise<FactSite[]> {
	const rows = await db
		.selectFrom('site')
		.leftJoin('management_grid as grid', 'grid.id', 'site.grid_id')
		.leftJoin('firm as contractor', 'contractor.id', 'site.contractor_id')
		.select([
			'site.id',
			'site.no',
			'site.name',
			'site.town_code',
			'site.grid_id',
			'grid.owner_name',
			'site.contractor_id',
			'contractor.name as contractor',
			'site.stage',
			'site.state',
			'site.risk_grade',
			'site.started_on',
			asLngLat('site.location').as('at'),
			sql<string | null>`site.attributes ->> 'fatalOn'`.as('fatal_on'),
			sql<
				'red' | 'yellow' | 'green' | null
			>`(select colour from site_sign where site_id = site.id and removed_on is null
				order by case colour when 'red' then 0 when 'yellow' then 1 else 2 end limit 1)`.as('sign'),
			sql<
				number | null
			>`(select max(depth_m) from pit where site_id = site.id and stage not in ('planned', 'backfilled'))`.as(
				'pit_depth',
			),
			sql<boolean>`exists (select 1 from pit where site_id = site.id and stage not in ('planned', 'backfilled') and depth_m is null)`.as(
				'has_unknown_pit',
			),
			sql<
				string[]
			>`array(select i.machine_id::text from installation i where i.site_id = site.id and i.removed_on is null)`.as(
				'machine_ids',
			),
			sql<string[]>`array(select distinct m.kind from installation i join machine m on m.id = i.machine_id
				where i.site_id = site.id and i.removed_on is null)`.as('machine_kinds'),
			sql<boolean>`exists (select 1 from high_formwork where site_id = site.id and removed_on is null)`.as(
				'has_formwork',
			),
			sql<boolean>`exists (select 1 from climbing_scaffold where site_id = site.id and removed_on is null)`.as(
				'has_scaffold',
			),
			sql<'danger' | 'warning' | null>`(select level from alarm where site_id = site.id and cleared_at is null
				and level in ('danger', 'warning') order by level limit 1)`.as('alarm'),
			sql<
				string | null
			>`(select max(assessed_on)::text from self_assessment where site_id = site.id and assessed_on <= ${on}::date)`.as(
				'self_assessed_on',
			),
		])
		.where('site.state', '!=', 'finished')
		.where(inScope(scope, 'site.town_code', 'site.id', 'grid.code'))
		.orderBy('site.no')
		.execute();
	return rows.map((row) => ({
		id: row.id,
		no: row.no,
		name: row.name,
		at: row.at,
		townCode: row.town_code,
		gridId: row.grid_id,
		gridOwner: peopleIn(scope).name(row.owner_name),
		contractorId: row.contractor_id,
		contractor: row.contractor,
		stage: row.stage,
		state: row.state === 'finished' ? 'active' : row.state,
		riskGrade: row.risk_grade,
		startedOn: row.started_on,
		sign: row.sign,
		fatalOn: row.fatal_on,
		pitDepthM: row.has_unknown_pit && (row.pit_depth ?? 0) < 5 ? undefined : row.pit_depth,
		machineIds: row.machine_ids,
		hasCrane: row.machine_kinds.some((kind) => kind === 'towerCrane'),
		hasHoist: row.machine_kinds.some((kind) => kind === 'hoist' || kind === 'materialHoist'),
		hasFormwork: row.has_formwork,
		hasScaffold: row.has_scaffold,
		alarm: row.alarm,
		selfAssessedOn: row.self_assessed_on,
	}));
}

/** What rounds are counted by, of a site that is not owed visits any more. */
export type LeftSite = Pick<FactSite, 'id' | 'contractorId' | 'machineIds'>;

/** Sites by their ids, in scope, finished ones too. */
export async function leftSites(db: Db, scope: Scope, ids: readonly string[]): Promise<LeftSite[]> {
	if (ids.length === 0) return [];
	const rows = await db
		.selectFrom('site')
		.leftJoin('management_grid as grid', 'grid.id', 'site.grid_id')
		.select(['site.id', 'site.contractor_id as contractorId'])
		.where(sql<boolean>`site.id = any(${[...ids]}::uuid[])`)
		.where(inScope(scope, 'site.town_code', 'site.id', 'grid.code'))
		.execute();
	return rows.map((row) => ({ ...row, machineIds: [] }));
}

export interface FactVisit {
	id: string;
	siteId: string;
	/** Day in Shanghai. */
	on: string;
	result: VisitResult;
	occasion: string;
	officers: string[];
	machineIds: string[];
}

/** Visits since a day, newest first. */
export async function coverageVisits(db: Db, scope: Scope, sinceOn: string): Promise<FactVisit[]> {
	const rows = await db
		.selectFrom('visit')
		.innerJoin('site', 'site.id', 'visit.site_id')
		.leftJoin('management_grid as grid', 'grid.id', 'site.grid_id')
		.select([
			'visit.id',
			'visit.site_id',
			'visit.result',
			'visit.occasion',
			'visit.supervisors',
			sql<string>`((visit.visited_at at time zone 'Asia/Shanghai')::date)::text`.as('on'),
			sql<string[]>`array(select machine_id::text from visit_machine where visit_id = visit.id)`.as('machine_ids'),
		])
		.where('visit.visited_at', '>=', new Date(`${sinceOn}T00:00:00+08:00`))
		.where(inScope(scope, 'site.town_code', 'site.id', 'grid.code'))
		.orderBy('visit.visited_at', 'desc')
		.execute();
	return rows.map((row) => ({
		id: row.id,
		siteId: row.site_id,
		on: row.on,
		result: row.result,
		occasion: row.occasion,
		officers: row.supervisors,
		machineIds: row.machine_ids,
	}));
}

export interface FactHazard {
	id: string;
	siteId: string;
	category: string;
	description: string;
	foundOn: string;
	isMajor: boolean;
	dueOn: string | null;
	rectifiedOn: string | null;
	closedOn: string | null;
	foundBy: string[];
}

/** Hazards that are open, or were found since a day. */
export async function coverageHazards(db: Db, scope: Scope, sinceOn: string): Promise<FactHazard[]> {
	const rows = await db
		.selectFrom('hazard')
		.innerJoin('site', 'site.id', 'hazard.site_id')
		.leftJoin('management_grid as grid', 'grid.id', 'site.grid_id')
		.leftJoin('visit', 'visit.id', 'hazard.visit_id')
		.select([
			'hazard.id',
			'hazard.site_id',
			'hazard.category',
			'hazard.description',
			'hazard.is_major',
			'hazard.due_on',
			'visit.supervisors',
			sql<string>`((hazard.found_at at time zone 'Asia/Shanghai')::date)::text`.as('found_on'),
			sql<string | null>`((hazard.rectified_at at time zone 'Asia/Shanghai')::date)::text`.as('rectified_on'),
			sql<string | null>`((hazard.closed_at at time zone 'Asia/Shanghai')::date)::text`.as('closed_on'),
		])
		.where((eb) =>
			eb.or([eb('hazard.closed_at', 'is', null), eb('hazard.found_at', '>=', new Date(`${sinceOn}T00:00:00+08:00`))]),
		)
		.where(inScope(scope, 'site.town_code', 'site.id', 'grid.code'))
		.execute();
	return rows.map((row) => ({
		id: row.id,
		siteId: row.site_id,
		category: row.category,
		description: row.description,
		foundOn: row.found_on,
		isMajor: row.is_major,
		dueOn: row.due_on,
		rectifiedOn: row.rectified_on,
		closedOn: row.closed_on,
		foundBy: row.supervisors ?? [],
	}));
}

/** Day of the last visit of each site in scope, whenever that was. */
export async function lastVisits(db: Db, scope: Scope): Promise<Map<string, { on: string; result: VisitResult }>> {
	const { rows } = await sql<{ site_id: string; on: string; result: VisitResult }>`
		select distinct on (v.site_id) v.site_id,
			((v.visited_at at time zone 'Asia/Shanghai')::date)::text as on, v.result
		from visit v join site s on s.id = v.site_id left join management_grid g on g.id = s.grid_id
		where ${inScope(scope, 's.town_code', 's.id', 'g.code')}
		order by v.site_id, v.visited_at desc`.execute(db);
	return new Map(rows.map(({ site_id, on, result }) => [site_id, { on, result }]));
}
