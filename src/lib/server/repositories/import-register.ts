// The register as imports compare with it, in pages of JSON text that are handed on unread: a program that takes a
// hundred thousand rows apart stands still meanwhile.

import { sql, type RawBuilder } from 'kysely';
import type { ImportKind } from '#lib/domain/import/field.ts';
import type { RegisterRow } from '#lib/domain/import/register.ts';
import type { Db } from '../db/connection.ts';
import { asLngLat, asMillimetreGeoJson, asPointInside } from '../db/geo.ts';
import { asKey, keyOf, type Historic } from '../db/row-image.ts';

export interface Page {
	/** JSON array. */
	json: string;
	/** Where the next page begins; null after the last one. */
	after: string | null;
}

const PAGE = 1_000;

/** Before every id. */
export const FIRST = '00000000-0000-0000-0000-000000000000';

/** Objects of one kind in the words of its fields, from behind `after` on. */
export function registerPage(db: Db, kind: ImportKind, after: string): Promise<Page> {
	return page(db, REGISTER[kind](pageOf(TABLE[kind], after)));
}

/** Sites that rows may speak of. */
export function sitesPage(db: Db, after: string): Promise<Page> {
	return page(
		db,
		sql`select site.id::text as id, site.permit_no as "permitNo", site.name, ${asLngLat('site.location')} as at
			from site where site.id > ${after}::uuid order by site.id limit ${PAGE}`,
	);
}

export function pitsPage(db: Db, after: string): Promise<Page> {
	return page(
		db,
		sql`select pit.id::text as id, pit.site_id as "siteId", pit.name
			from pit where pit.id > ${after}::uuid order by pit.id limit ${PAGE}`,
	);
}

export function townsPage(db: Db, after: string): Promise<Page> {
	return page(
		db,
		sql`select town.code as id, town.code, town.name, ${asMillimetreGeoJson('town.boundary')} as boundary
			from town where town.valid_to is null and town.code > ${after} order by town.code limit ${PAGE}`,
	);
}

export function gridsPage(db: Db, after: string): Promise<Page> {
	return page(
		db,
		sql`select management_grid.id::text as id, management_grid.code, management_grid.town_code as "townCode",
				${asMillimetreGeoJson('management_grid.boundary')} as boundary
			from management_grid where valid_to is null and management_grid.id > ${after}::uuid order by management_grid.id limit ${PAGE}`,
	);
}

async function page(db: Db, query: RawBuilder<unknown>): Promise<Page> {
	const { rows } = await sql<{ json: string; last: string | null; count: string }>`
		select coalesce(json_agg(p order by p.id), '[]')::text as json, max(p.id) as last, count(*) as count
		from (${query}) p`.execute(db);
	const [row] = rows;
	return { json: row?.json ?? '[]', after: Number(row?.count ?? 0) < PAGE ? null : (row?.last ?? null) };
}

/** The next rows of a table, chosen before anything about them is computed. A grid that is closed has made room for its code. */
function pageOf(table: Historic, after: string): RawBuilder<unknown> {
	const key = sql.ref(keyOf(table));
	const open = table === 'management_grid' ? sql`valid_to is null and` : sql``;
	return sql`(select * from ${sql.table(table)} where ${open} ${key} > ${asKey(table, sql`${after}`)} order by ${key} limit ${PAGE}) ${sql.ref(table)}`;
}

/** One object as an edit by hand starts from it; undefined when there is none. */
export async function registerRow(db: Db, kind: ImportKind, id: string): Promise<RegisterRow | undefined> {
	const key = sql.ref(keyOf(TABLE[kind]));
	const one = sql`(select * from ${sql.table(TABLE[kind])} where ${key} = ${asKey(TABLE[kind], sql`${id}`)}) ${sql.ref(TABLE[kind])}`;
	const { rows } = await sql<RegisterRow>`${REGISTER[kind](one)}`.execute(db);
	return rows[0];
}

const TABLE: Record<ImportKind, Historic> = {
	sites: 'site',
	machines: 'machine',
	pits: 'pit',
	points: 'monitor_point',
	formworks: 'high_formwork',
	scaffolds: 'climbing_scaffold',
	towns: 'town',
	grids: 'management_grid',
};

/** @param rows - of the kind's table, under its name */
const REGISTER: Record<ImportKind, (rows: RawBuilder<unknown>) => RawBuilder<unknown>> = {
	sites: (rows) => sql`
		select site.id::text as id, md5(to_jsonb(site)::text) as md5, site.state <> 'finished' as "isOpen",
			source.kind = 'demo' as "isDemo", ${asLngLat('site.location')} as at,
			jsonb_build_object('permitNo', site.permit_no, 'projectCode', site.project_code, 'name', site.name,
				'address', site.address, 'townCode', site.town_code, 'gridId', site.grid_id, 'stage', site.stage,
				'state', site.state, 'floorAreaM2', site.floor_area_m2, 'riskGrade', site.risk_grade,
				'startedOn', site.started_on, 'plannedFinishOn', site.planned_finish_on, 'finishedOn', site.finished_on,
				'owner', o.name, 'ownerCreditCode', o.credit_code, 'contractor', c.name, 'contractorCreditCode', c.credit_code,
				'siteEngineer', e.name, 'siteEngineerCreditCode', e.credit_code,
				'location', ${asMillimetreGeoJson('site.location')}, 'boundary', ${asMillimetreGeoJson('site.boundary')}) as values
		from ${rows} join source on source.id = site.source_id
			left join firm o on o.id = site.owner_id
			left join firm c on c.id = site.contractor_id
			left join firm e on e.id = site.site_engineer_id`,
	machines: (rows) => sql`
		select machine.id::text as id, md5(to_jsonb(machine)::text || coalesce(to_jsonb(installation)::text, '')) as md5,
			installation.id is not null and installation.removed_on is null as "isOpen", source.kind = 'demo' as "isDemo",
			case when installation.id is not null then ${asLngLat('installation.location')} end as at,
			installation.id as "installationId",
			jsonb_build_object('propertyRecordNo', machine.property_record_no, 'kind', machine.kind,
				'factoryNo', machine.factory_no, 'manufacturer', machine.manufacturer, 'model', machine.model,
				'ratedMomentKnm', machine.rated_moment_knm, 'manufacturedOn', machine.manufactured_on,
				'assessedUntil', machine.assessed_until, 'testedOn', machine.tested_on, 'equipmentOwner', firm.name,
				'siteId', installation.site_id, 'useRegistrationNo', installation.use_registration_no,
				'siteNo', installation.site_no, 'location', ${asMillimetreGeoJson('installation.location')},
				'jibRadiusM', installation.jib_radius_m, 'counterJibM', installation.counter_jib_m,
				'heightM', installation.height_m, 'installedOn', installation.installed_on,
				'removedOn', installation.removed_on) as values
		from ${rows} join source on source.id = machine.source_id
			left join firm on firm.id = machine.equipment_owner_id
			left join lateral (
				select * from installation i where i.machine_id = machine.id
				order by i.removed_on is null desc, i.installed_on desc, i.no desc limit 1
			) installation on true`,
	pits: (rows) => sql`
		select pit.id::text as id, md5(to_jsonb(pit)::text) as md5, pit.finished_on is null as "isOpen",
			source.kind = 'demo' as "isDemo", ${asPointInside('pit.boundary')} as at,
			jsonb_build_object('siteId', pit.site_id, 'name', pit.name, 'depthM', pit.depth_m, 'dugM', pit.dug_m,
				'stage', pit.stage, 'baseSlabOn', pit.base_slab_on, 'startedOn', pit.started_on,
				'finishedOn', pit.finished_on, 'boundary', ${asMillimetreGeoJson('pit.boundary')}) as values
		from ${rows} join source on source.id = pit.source_id`,
	points: (rows) => sql`
		select monitor_point.id::text as id, md5(to_jsonb(monitor_point)::text) as md5, true as "isOpen",
			source.kind = 'demo' as "isDemo", ${asLngLat('monitor_point.location')} as at,
			jsonb_build_object('siteId', pit.site_id, 'pitId', monitor_point.pit_id, 'code', monitor_point.code,
				'quantity', monitor_point.quantity, 'designCumulativeMm', monitor_point.design_cumulative_mm,
				'designRateMmPerDay', monitor_point.design_rate_mm_per_day, 'designNote', monitor_point.design_note,
				'location', ${asMillimetreGeoJson('monitor_point.location')}) as values
		from ${rows} join pit on pit.id = monitor_point.pit_id join source on source.id = monitor_point.source_id`,
	formworks: (rows) => sql`
		select high_formwork.id::text as id, md5(to_jsonb(high_formwork)::text) as md5,
			high_formwork.removed_on is null as "isOpen", source.kind = 'demo' as "isDemo",
			${asLngLat('high_formwork.location')} as at,
			jsonb_build_object('siteId', high_formwork.site_id, 'name', high_formwork.name, 'heightM', high_formwork.height_m,
				'spanM', high_formwork.span_m, 'loadKnPerM2', high_formwork.load_kn_per_m2,
				'erectedOn', high_formwork.erected_on, 'removedOn', high_formwork.removed_on,
				'location', ${asMillimetreGeoJson('high_formwork.location')}) as values
		from ${rows} join source on source.id = high_formwork.source_id`,
	scaffolds: (rows) => sql`
		select climbing_scaffold.id::text as id, md5(to_jsonb(climbing_scaffold)::text) as md5,
			climbing_scaffold.removed_on is null as "isOpen", source.kind = 'demo' as "isDemo",
			${asLngLat('climbing_scaffold.location')} as at,
			jsonb_build_object('siteId', climbing_scaffold.site_id, 'name', climbing_scaffold.name,
				'liftHeightM', climbing_scaffold.lift_height_m, 'inspectedOn', climbing_scaffold.inspected_on,
				'erectedOn', climbing_scaffold.erected_on, 'removedOn', climbing_scaffold.removed_on,
				'location', ${asMillimetreGeoJson('climbing_scaffold.location')}) as values
		from ${rows} join source on source.id = climbing_scaffold.source_id`,
	towns: (rows) => sql`
		select town.code as id, md5(to_jsonb(town)::text) as md5, town.valid_to is null as "isOpen",
			source.kind = 'demo' as "isDemo", ${asPointInside('town.boundary')} as at,
			jsonb_build_object('code', town.code, 'name', town.name, 'nameEn', town.name_en, 'validFrom', town.valid_from,
				'validTo', town.valid_to, 'boundary', ${asMillimetreGeoJson('town.boundary')}) as values
		from ${rows} join source on source.id = town.source_id`,
	grids: (rows) => sql`
		select management_grid.id::text as id, md5(to_jsonb(management_grid)::text) as md5,
			management_grid.valid_to is null as "isOpen", source.kind = 'demo' as "isDemo",
			${asPointInside('management_grid.boundary')} as at,
			jsonb_build_object('code', management_grid.code, 'name', management_grid.name,
				'townCode', management_grid.town_code, 'ownerName', management_grid.owner_name,
				'backupName', management_grid.backup_name, 'validFrom', management_grid.valid_from,
				'validTo', management_grid.valid_to, 'boundary', ${asMillimetreGeoJson('management_grid.boundary')}) as values
		from ${rows} join source on source.id = management_grid.source_id`,
};
