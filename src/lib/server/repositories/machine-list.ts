// Lifting machines standing today: their installation, the monitor bound to them, their age grade.

import { sql } from 'kysely';
import { machineRules } from '#db/rules/machine.ts';
import type { MachineFeature, MachineProperties } from '#lib/contract/board.ts';
import type { Scope } from '#lib/domain/access/scope.ts';
import { gradeByAge } from '#lib/domain/machine/age-grade.ts';
import type { Db } from '../db/connection.ts';
import { asLngLat, intersectsBounds } from '../db/geo.ts';
import { inScope } from '../db/scope.ts';
import { anywhere, type ListFilter } from '../db/list-filter.ts';

const day = (text: string | null) => (text === null ? undefined : new Date(`${text}T00:00:00Z`));

/**
 * Machines in scope, by the number of their installation.
 *
 * @param on - the day to grade their age by
 */
export async function machineFeatures(db: Db, scope: Scope, filter: ListFilter, on: Date): Promise<MachineFeature[]> {
	const rows = await db
		.selectFrom('installation')
		.innerJoin('machine', 'machine.id', 'installation.machine_id')
		.innerJoin('site', 'site.id', 'installation.site_id')
		.leftJoin('management_grid', 'management_grid.id', 'site.grid_id')
		.leftJoin('device_binding', (join) =>
			join.onRef('device_binding.installation_id', '=', 'installation.id').on('device_binding.bound_to', 'is', null),
		)
		.leftJoin('device', 'device.id', 'device_binding.device_id')
		.select([
			'installation.no',
			'installation.id',
			'installation.site_id',
			'installation.site_no',
			'installation.jib_radius_m',
			'installation.height_m',
			'machine.kind',
			'machine.property_record_no',
			'machine.rated_moment_knm',
			'machine.manufactured_on',
			'machine.assessed_until',
			'device.id as device_id',
			'device.expected_interval_s',
			asLngLat('installation.location').as('at'),
		])
		.where('installation.removed_on', 'is', null)
		.where(inScope(scope, 'site.town_code', 'site.id', 'management_grid.code'))
		.where('installation.no', '>', filter.after)
		.$if(filter.state !== undefined, (query) => query.where(sql`machine.kind`, '=', filter.state!))
		.$if(filter.town !== undefined, (query) => query.where('site.town_code', '=', filter.town!))
		.$if(filter.bounds !== undefined, (query) => query.where(intersectsBounds('installation.location', filter.bounds!)))
		.$if(filter.q !== undefined, (query) =>
			query.where(
				sql<boolean>`lower(concat_ws(' ', machine.property_record_no, machine.factory_no, machine.model, installation.use_registration_no, device.id, site.name, site.name_pinyin)) like ${anywhere(filter.q!)}`,
			),
		)
		.orderBy('installation.no')
		.limit(filter.limit)
		.execute();

	return rows.map((row) => ({
		type: 'Feature',
		id: row.no,
		geometry: { type: 'Point', coordinates: row.at },
		properties: {
			no: row.no,
			id: row.id,
			siteId: row.site_id,
			kind: row.kind,
			siteNo: row.site_no,
			propertyRecordNo: row.property_record_no,
			deviceId: row.device_id,
			jibRadiusM: row.jib_radius_m,
			heightM: row.height_m,
			ageGrade:
				row.kind === 'towerCrane' || row.kind === 'hoist'
					? gradeByAge(
							{
								kind: row.kind,
								ratedMomentKnm: row.rated_moment_knm ?? undefined,
								manufacturedOn: day(row.manufactured_on),
								assessedUntil: day(row.assessed_until),
							},
							machineRules.age,
							on,
						)
					: 'unknown',
			expectedIntervalS: row.expected_interval_s,
		} satisfies MachineProperties,
	}));
}
