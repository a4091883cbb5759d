// A site as a patrol has to know it: who to ask for, what is open, what stands there, where its red line runs.

import { sql } from 'kysely';
import type { MultiPolygon } from 'geojson';
import type { Scope } from '#lib/domain/access/scope.ts';
import type { LngLat } from '#lib/domain/geo.ts';
import type { Db } from '../db/connection.ts';
import { finders, photosOfHazard } from '../db/hazard-parts.ts';
import { asGeoJsonOrNull, asLngLat, distanceToM } from '../db/geo.ts';
import { peopleIn } from '../db/dossier-parts.ts';
import { inScope } from '../db/scope.ts';

export interface PatrolSite {
	id: string;
	no: number;
	name: string;
	address: string | null;
	at: LngLat;
	boundary: MultiPolygon | null;
	townCode: string | null;
	stage: string | null;
	riskGrade: 'high' | 'medium' | 'low' | null;
	contractor: string | null;
	owner: string | null;
	siteEngineer: string | null;
	/** `name phone`, as the register keeps it, masked without the class `personal`; null where it knows nobody. */
	contact: string | null;
	openHazards: number;
	openMajorHazards: number;
}

const openHazards = (isMajor: boolean) =>
	sql<string>`(select count(*) from hazard where site_id = site.id and closed_at is null and (not ${isMajor} or is_major))`;

export async function patrolSites(db: Db, scope: Scope, ids: readonly string[]): Promise<PatrolSite[]> {
	if (ids.length === 0) return [];
	const rows = await db
		.selectFrom('site')
		.leftJoin('firm as contractor', 'contractor.id', 'site.contractor_id')
		.leftJoin('firm as owner', 'owner.id', 'site.owner_id')
		.leftJoin('firm as engineer', 'engineer.id', 'site.site_engineer_id')
		.select([
			'site.id',
			'site.no',
			'site.name',
			'site.address',
			'site.town_code',
			'site.stage',
			'site.risk_grade',
			'contractor.name as contractor',
			'owner.name as owner',
			'engineer.name as engineer',
			asLngLat('site.location').as('at'),
			asGeoJsonOrNull<MultiPolygon>('site.boundary').as('boundary'),
			sql<string | null>`site.attributes ->> 'contact'`.as('contact'),
			openHazards(false).as('open'),
			openHazards(true).as('majors'),
		])
		.where(sql<boolean>`site.id = any(${ids}::uuid[])`)
		.where(inScope(scope, 'site.town_code', 'site.id'))
		.execute();
	const shown = peopleIn(scope);
	return rows.map((row) => ({
		id: row.id,
		no: row.no,
		name: row.name,
		address: row.address,
		at: row.at,
		boundary: row.boundary,
		townCode: row.town_code,
		stage: row.stage,
		riskGrade: row.risk_grade,
		contractor: row.contractor,
		owner: row.owner,
		siteEngineer: row.engineer,
		contact: shown.contact(row.contact),
		openHazards: Number(row.open),
		openMajorHazards: Number(row.majors),
	}));
}

export async function siteBrief(db: Db, scope: Scope, id: string): Promise<PatrolSite | undefined> {
	return (await patrolSites(db, scope, [id]))[0];
}

/** Sites within `radiusM` of a point, nearest first. */
export async function sitesAround(
	db: Db,
	at: LngLat,
	radiusM: number,
): Promise<{ id: string; name: string; meters: number }[]> {
	const rows = await db
		.selectFrom('site')
		.select([
			'id',
			'name',
			sql<number>`least(${distanceToM('location', at)}, coalesce(${distanceToM('boundary', at)}, 1e9))`.as('meters'),
		])
		.where('state', '!=', 'finished')
		.where(
			sql<boolean>`least(${distanceToM('location', at)}, coalesce(${distanceToM('boundary', at)}, 1e9)) <= ${radiusM}::float8`,
		)
		.orderBy('meters')
		.limit(5)
		.execute();
	return rows.map((row) => ({ ...row, meters: Math.round(Number(row.meters)) }));
}

export interface OpenHazard {
	id: string;
	siteId: string;
	category: string;
	description: string;
	isMajor: boolean;
	foundOn: string;
	dueOn: string | null;
	isRectified: boolean;
	photos: string[];
	/** Names of the officers who found it; none where no visit is known. */
	foundBy: string[];
	/** Null where it was not found on patrol. */
	foundAtStop: string | null;
}

export async function openHazardsOf(db: Db, siteIds: readonly string[]): Promise<OpenHazard[]> {
	if (siteIds.length === 0) return [];
	const rows = await db
		.selectFrom('hazard')
		.select([
			'id',
			'site_id',
			'category',
			'description',
			'is_major',
			'due_on',
			'rectified_at',
			sql<string>`((found_at at time zone 'Asia/Shanghai')::date)::text`.as('found_on'),
			photosOfHazard('hazard').as('photos'),
			finders('hazard').as('found_by_names'),
			sql<string | null>`(select min(stop_id::text) from stop_hazard where hazard_id = hazard.id)`.as('found_at_stop'),
		])
		.where(sql<boolean>`site_id = any(${siteIds}::uuid[])`)
		.where('closed_at', 'is', null)
		.orderBy('is_major', 'desc')
		.orderBy('due_on')
		.execute();
	return rows.map((row) => ({
		id: row.id,
		siteId: row.site_id,
		category: row.category,
		description: row.description,
		isMajor: row.is_major,
		foundOn: row.found_on,
		dueOn: row.due_on,
		foundAtStop: row.found_at_stop,
		isRectified: row.rectified_at !== null,
		photos: row.photos,
		foundBy: row.found_by_names,
	}));
}

export interface StandingMachine {
	id: string;
	siteId: string;
	kind: string;
	siteNo: string | null;
	record: string | null;
	ratedMomentKnm: number | null;
	manufacturedOn: string | null;
	assessedUntil: string | null;
	testedOn: string | null;
}

export async function standingMachines(db: Db, siteIds: readonly string[]): Promise<StandingMachine[]> {
	if (siteIds.length === 0) return [];
	return db
		.selectFrom('installation')
		.innerJoin('machine', 'machine.id', 'installation.machine_id')
		.select([
			'machine.id',
			'installation.site_id as siteId',
			'machine.kind',
			'installation.site_no as siteNo',
			'machine.property_record_no as record',
			'machine.rated_moment_knm as ratedMomentKnm',
			'machine.manufactured_on as manufacturedOn',
			'machine.assessed_until as assessedUntil',
			'machine.tested_on as testedOn',
		])
		.where('installation.removed_on', 'is', null)
		.where(sql<boolean>`installation.site_id = any(${siteIds}::uuid[])`)
		.orderBy('installation.site_no')
		.execute();
}

/** Dangerous works that stand or are open today, by site. */
export async function dangerousWorks(
	db: Db,
	siteIds: readonly string[],
): Promise<{ siteId: string; kind: 'pit' | 'formwork' | 'scaffold'; name: string; depthM: number | null }[]> {
	if (siteIds.length === 0) return [];
	const { rows } = await sql<{
		site_id: string;
		kind: 'pit' | 'formwork' | 'scaffold';
		name: string;
		depth_m: number | null;
	}>`
		select site_id, 'pit' as kind, name, depth_m from pit
			where site_id = any(${siteIds}::uuid[]) and stage not in ('planned', 'backfilled')
		union all select site_id, 'formwork', name, height_m from high_formwork
			where site_id = any(${siteIds}::uuid[]) and removed_on is null
		union all select site_id, 'scaffold', name, lift_height_m from climbing_scaffold
			where site_id = any(${siteIds}::uuid[]) and removed_on is null`.execute(db);
	return rows.map(({ site_id, kind, name, depth_m }) => ({ siteId: site_id, kind, name, depthM: depth_m }));
}
