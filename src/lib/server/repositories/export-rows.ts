// The register and what was found in it, row by row, for files that go out.

import { sql, type RawBuilder } from 'kysely';
import type { Geometry } from 'geojson';
import type { Scope } from '#lib/domain/access/scope.ts';
import type { Db } from '../db/connection.ts';
import { asMillimetreGeoJson } from '../db/geo.ts';
import { inScope } from '../db/scope.ts';

export const EXPORT_KINDS = ['sites', 'machines', 'pits', 'towns', 'grids', 'alarms', 'hazards'] as const;
export type ExportKind = (typeof EXPORT_KINDS)[number];

export interface ExportRow {
	values: Record<string, string | number | boolean | null>;
	geometry: Geometry | null;
	/** Where an object with an area is said to be, for files that hold points only. */
	place?: Geometry | null;
}

const PAGE = 1_000;

/** All rows of a kind that a scope may reach, page by page; keys are the words of imports where both know them. */
export async function* exportRows(db: Db, scope: Scope, kind: ExportKind): AsyncGenerator<ExportRow[]> {
	for (let after = ''; ;) {
		const { rows } = await sql<ExportRow & { id: string }>`
			select * from (${QUERY[kind](scope)}) x where x.id > ${after} order by x.id limit ${PAGE}`.execute(db);
		if (rows.length > 0)
			yield rows.map(({ values, geometry, place }) => ({ values, geometry, ...(place && { place }) }));
		if (rows.length < PAGE) return;
		after = rows.at(-1)!.id;
	}
}

const moment = (column: string): RawBuilder<string> =>
	sql<string>`to_char(${sql.ref(column)} at time zone 'Asia/Shanghai', 'YYYY-MM-DD"T"HH24:MI:SS"+08:00"')`;

const QUERY: Record<ExportKind, (scope: Scope) => RawBuilder<unknown>> = {
	sites: (scope) => sql`
		select site.id::text as id, coalesce(${asMillimetreGeoJson('site.boundary')}, ${asMillimetreGeoJson('site.location')}) as geometry,
			${asMillimetreGeoJson('site.location')} as place,
			json_build_object('permitNo', site.permit_no, 'projectCode', site.project_code, 'name', site.name,
				'address', site.address, 'townCode', site.town_code, 'stage', site.stage, 'state', site.state,
				'floorAreaM2', site.floor_area_m2, 'owner', o.name, 'ownerCreditCode', o.credit_code, 'contractor', c.name,
				'contractorCreditCode', c.credit_code, 'siteEngineer', e.name, 'siteEngineerCreditCode', e.credit_code,
				'riskGrade', site.risk_grade, 'startedOn', site.started_on, 'plannedFinishOn', site.planned_finish_on,
				'finishedOn', site.finished_on) as values
		from site
			left join firm o on o.id = site.owner_id
			left join firm c on c.id = site.contractor_id
			left join firm e on e.id = site.site_engineer_id
		where ${inScope(scope, 'site.town_code', 'site.id')}`,
	machines: (scope) => sql`
		select installation.id::text as id, ${asMillimetreGeoJson('installation.location')} as geometry,
			json_build_object('propertyRecordNo', machine.property_record_no, 'kind', machine.kind, 'factoryNo', machine.factory_no,
				'manufacturer', machine.manufacturer, 'model', machine.model, 'ratedMomentKnm', machine.rated_moment_knm,
				'manufacturedOn', machine.manufactured_on, 'assessedUntil', machine.assessed_until, 'testedOn', machine.tested_on,
				'equipmentOwner', firm.name, 'sitePermitNo', site.permit_no, 'siteName', site.name,
				'useRegistrationNo', installation.use_registration_no, 'siteNo', installation.site_no,
				'jibRadiusM', installation.jib_radius_m, 'counterJibM', installation.counter_jib_m,
				'heightM', installation.height_m, 'installedOn', installation.installed_on,
				'removedOn', installation.removed_on) as values
		from installation join machine on machine.id = installation.machine_id join site on site.id = installation.site_id
			left join firm on firm.id = machine.equipment_owner_id
		where installation.removed_on is null and ${inScope(scope, 'site.town_code', 'site.id')}`,
	pits: (scope) => sql`
		select pit.id::text as id, ${asMillimetreGeoJson('pit.boundary')} as geometry,
			json_build_object('sitePermitNo', site.permit_no, 'siteName', site.name, 'name', pit.name, 'depthM', pit.depth_m,
				'dugM', pit.dug_m, 'stage', pit.stage, 'baseSlabOn', pit.base_slab_on, 'startedOn', pit.started_on,
				'finishedOn', pit.finished_on) as values
		from pit join site on site.id = pit.site_id
		where ${inScope(scope, 'site.town_code', 'site.id')}`,
	towns: (scope) => sql`
		select town.code as id, ${asMillimetreGeoJson('town.boundary')} as geometry,
			json_build_object('code', town.code, 'name', town.name, 'nameEn', town.name_en,
				'validFrom', town.valid_from) as values
		from town where town.valid_to is null and ${inScope(scope, 'town.code')}`,
	// Without the people who answer for them: a list does not need their names to come back.
	grids: (scope) => sql`
		select g.code as id, ${asMillimetreGeoJson('g.boundary')} as geometry,
			json_build_object('code', g.code, 'name', g.name, 'townCode', g.town_code, 'validFrom', g.valid_from) as values
		from management_grid g where g.valid_to is null and ${inScope(scope, 'g.town_code', undefined, 'g.code')}`,
	alarms: (scope) => sql`
		select alarm.id::text as id, ${asMillimetreGeoJson('site.location')} as geometry,
			json_build_object('sitePermitNo', site.permit_no, 'siteName', site.name, 'device', alarm.device_id,
				'condition', alarm.condition, 'level', alarm.level, 'value', alarm.value, 'peak', alarm.peak,
				'limit', alarm.limit_value, 'unit', alarm.unit, 'rule', alarm.rule_key, 'count', alarm.count,
				'raisedAt', ${moment('alarm.raised_at')}, 'lastAt', ${moment('alarm.last_at')},
				'clearedAt', ${moment('alarm.cleared_at')}, 'acknowledgedAt', ${moment('alarm.acknowledged_at')},
				'acknowledgedBy', alarm.acknowledged_by) as values
		from alarm left join site on site.id = alarm.site_id
		where ${inScope(scope, 'site.town_code', 'site.id')}`,
	hazards: (scope) => sql`
		select hazard.id::text as id, ${asMillimetreGeoJson('site.location')} as geometry,
			json_build_object('sitePermitNo', site.permit_no, 'siteName', site.name, 'category', hazard.category,
				'description', hazard.description, 'isMajor', hazard.is_major, 'foundBy', hazard.found_by,
				'foundAt', ${moment('hazard.found_at')}, 'dueOn', hazard.due_on, 'rectifiedAt', ${moment('hazard.rectified_at')},
				'acceptedAt', ${moment('hazard.accepted_at')}, 'closedAt', ${moment('hazard.closed_at')}) as values
		from hazard join site on site.id = hazard.site_id
		where ${inScope(scope, 'site.town_code', 'site.id')}`,
};
