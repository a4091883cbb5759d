// What stands on every site today, as far as the flood rules ask: counts of the register and what a survey found out.

import { sql } from 'kysely';
import type { SiteToday } from '#lib/domain/flood/ladder.ts';
import type { SiteSurvey } from '#lib/contract/flood-entry.ts';
import type { Scope } from '#lib/domain/access/scope.ts';
import type { LngLat } from '#lib/domain/geo.ts';
import type { Db } from '../db/connection.ts';
import { areaM2, asLngLat } from '../db/geo.ts';
import { inScope } from '../db/scope.ts';

export interface FloodSite extends SiteToday {
	id: string;
	no: number;
	name: string;
	townCode: string | null;
	at: LngLat;
	/** Null fields: nobody has found out. */
	survey: SiteSurvey | null;
}

/**
 * Counts of what stands on sites, each table read once: a question per site would be answered by reading whole tables
 * thousands of times where the database has no statistics yet, as right after an import, or expects few sites to be left
 * behind the second wall.
 */
function countsBySite(ids: readonly string[] | undefined) {
	const wanted = ids === undefined ? sql`true` : sql`site_id = any(${[...ids]}::uuid[])`;
	const machines = sql<{ site_id: string; tower_cranes: number; hoists: number; other_lifting: number }>`
		(select site_id, (count(*) filter (where kind = 'towerCrane'))::int as tower_cranes,
			(count(*) filter (where kind in ('hoist', 'materialHoist')))::int as hoists,
			(count(*) filter (where kind in ('mobileCrane', 'gantryCrane')))::int as other_lifting
		from installation join machine on machine.id = installation.machine_id
		where removed_on is null and ${wanted} group by site_id)`;
	const of = (table: string, condition: ReturnType<typeof sql>) =>
		sql<{ site_id: string; n: number }>`
			(select site_id, count(*)::int as n from ${sql.table(table)} where ${condition} and ${wanted} group by site_id)`;
	return {
		machines,
		scaffolds: of('climbing_scaffold', sql`removed_on is null`),
		formworks: of('high_formwork', sql`removed_on is null`),
		pits: of('pit', sql`finished_on is null and stage in ('retaining', 'digging', 'slab')`),
	};
}

/** Sites that are not finished, by number. @param ids - only these */
export async function floodSites(db: Db, scope: Scope, ids?: readonly string[]): Promise<FloodSite[]> {
	const { machines, scaffolds, formworks, pits } = countsBySite(ids);
	const rows = await db
		.with(
			(cte) => cte('machines').materialized(),
			() => machines,
		)
		.with(
			(cte) => cte('scaffolds').materialized(),
			() => scaffolds,
		)
		.with(
			(cte) => cte('formworks').materialized(),
			() => formworks,
		)
		.with(
			(cte) => cte('pits').materialized(),
			() => pits,
		)
		.selectFrom('site')
		.leftJoin('flood_site', 'flood_site.site_id', 'site.id')
		.leftJoin('machines', 'machines.site_id', 'site.id')
		.leftJoin('scaffolds', 'scaffolds.site_id', 'site.id')
		.leftJoin('formworks', 'formworks.site_id', 'site.id')
		.leftJoin('pits', 'pits.site_id', 'site.id')
		.selectAll('flood_site')
		.select(['site.id', 'site.no', 'site.name', 'site.town_code', 'site.state', 'site.stage'])
		.select([
			asLngLat('site.location').as('at'),
			sql<number>`coalesce(machines.tower_cranes, 0)`.as('tower_cranes'),
			sql<number>`coalesce(machines.hoists, 0)`.as('hoists'),
			sql<number>`coalesce(machines.other_lifting, 0)`.as('other_lifting'),
			sql<number>`coalesce(scaffolds.n, 0)`.as('climbing_scaffolds'),
			sql<number>`coalesce(formworks.n, 0)`.as('formworks'),
			sql<number>`coalesce(pits.n, 0)`.as('open_pits'),
		])
		.where('site.state', '!=', 'finished')
		.where(inScope(scope, 'site.town_code', 'site.id'))
		.$if(ids !== undefined, (query) => query.where('site.id', 'in', ids!.length > 0 ? [...ids!] : [NOBODY]))
		.orderBy('site.no')
		.execute();
	return rows.map((row) => ({
		id: row.id,
		no: row.no,
		name: row.name,
		townCode: row.town_code,
		at: row.at,
		state: row.state,
		stage: row.stage,
		towerCranes: row.tower_cranes,
		hoists: row.hoists,
		otherLifting: row.other_lifting,
		climbingScaffolds: row.climbing_scaffolds,
		formworks: row.formworks,
		openPits: row.open_pits,
		gondolas: row.gondolas,
		hasUnderground: row.has_underground,
		spoilHeightM: row.spoil_height_m,
		tempStructures: row.temp_structures,
		survey: row.site_id
			? {
					groundM: row.ground_m,
					lowGroundM: row.low_ground_m,
					waterloggedTimes: row.waterlogged_times,
					waterM: row.water_m,
					spoilHeightM: row.spoil_height_m,
					hasUnderground: row.has_underground,
					tempStructures: row.temp_structures,
					gondolas: row.gondolas,
					people: row.people,
					pumpM3h: row.pump_m3h,
					riverStationId: row.river_station_id,
					source: row.source ?? '',
				}
			: null,
	}));
}

const NOBODY = '00000000-0000-0000-0000-000000000000';

export interface OpenPit {
	siteId: string;
	depthM: number | null;
	areaM2: number;
	isSlabbed: boolean;
	grade: 'I' | 'II' | 'III' | null;
}

/** Pits that are dug and not backfilled; the grade is the gravest of their sides. */
export async function openPits(db: Db): Promise<OpenPit[]> {
	const rows = await db
		.selectFrom('pit')
		.select(['pit.site_id', 'pit.depth_m', 'pit.stage', areaM2('pit.boundary').as('area')])
		.select((eb) => [
			eb
				.selectFrom('pit_side')
				.select((side) => side.fn.min('grade').as('grade'))
				.whereRef('pit_side.pit_id', '=', 'pit.id')
				.as('grade'),
		])
		.where('pit.finished_on', 'is', null)
		.where('pit.stage', 'in', ['retaining', 'digging', 'slab'])
		.execute();
	return rows.map((row) => ({
		siteId: row.site_id,
		depthM: row.depth_m,
		areaM2: row.area,
		isSlabbed: row.stage === 'slab',
		grade: row.grade,
	}));
}

export async function isRiverStation(db: Db, id: string): Promise<boolean> {
	const found = await db
		.selectFrom('flood_station')
		.select('id')
		.where('id', '=', id)
		.where('kind', '=', 'river')
		.executeTakeFirst();
	return found !== undefined;
}

export async function putSurvey(tx: Db, siteId: string, survey: SiteSurvey, at: Date, by: string): Promise<void> {
	const values = {
		ground_m: survey.groundM,
		low_ground_m: survey.lowGroundM,
		waterlogged_times: survey.waterloggedTimes,
		water_m: survey.waterM,
		spoil_height_m: survey.spoilHeightM,
		has_underground: survey.hasUnderground,
		temp_structures: survey.tempStructures,
		gondolas: survey.gondolas,
		people: survey.people,
		pump_m3h: survey.pumpM3h,
		river_station_id: survey.riverStationId,
		source: survey.source,
		changed_at: at,
		changed_by: by,
	};
	await tx
		.insertInto('flood_site')
		.values({ site_id: siteId, ...values })
		.onConflict((conflict) => conflict.column('site_id').doUpdateSet(values))
		.execute();
}
