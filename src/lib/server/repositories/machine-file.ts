// What the register and the alarms know of a machine over its life: where it stood, what it raised, who stands near.

import { sql } from 'kysely';
import { machineRules } from '#db/rules/machine.ts';
import type { MachineFile } from '#lib/contract/machine-file.ts';
import type { Scope } from '#lib/domain/access/scope.ts';
import { distanceM, type LngLat } from '#lib/domain/geo.ts';
import { canMeet, standsTooNear, type CranePlace } from '#lib/domain/machine/jib-clearance.ts';
import type { Db } from '../db/connection.ts';
import { asLngLat } from '../db/geo.ts';
import { inScope } from '../db/scope.ts';

export async function placesOf(db: Db, scope: Scope, installationId: string): Promise<MachineFile['places']> {
	return db
		.selectFrom('installation')
		.innerJoin('site', 'site.id', 'installation.site_id')
		.leftJoin('management_grid as grid', 'grid.id', 'site.grid_id')
		.select([
			'site.name as siteName',
			'installation.site_no as siteNo',
			'installation.installed_on as installedOn',
			'installation.removed_on as removedOn',
		])
		.where('installation.machine_id', '=', (eb) =>
			eb.selectFrom('installation as this').select('this.machine_id').where('this.id', '=', installationId),
		)
		.where(inScope(scope, 'site.town_code', 'site.id', 'grid.code'))
		.orderBy('installation.installed_on', 'desc')
		.execute();
}

export async function alarmsOfYear(db: Db, deviceId: string, since: Date): Promise<MachineFile['alarms']> {
	const { rows } = await sql<{ condition: string; notice: number; warning: number; danger: number }>`
		select condition, (count(*) filter (where level = 'notice'))::integer as notice,
			(count(*) filter (where level = 'warning'))::integer as warning,
			(count(*) filter (where level = 'danger'))::integer as danger
		from alarm where device_id = ${deviceId} and raised_at >= ${since}
		group by condition order by count(*) desc`.execute(db);
	return rows;
}

/** Tower cranes in scope, of the same site and around it, whose jibs reach the jib of this one. */
export async function neighboursOf(db: Db, scope: Scope, installationId: string): Promise<MachineFile['neighbours']> {
	const rows = await db
		.selectFrom('installation')
		.innerJoin('machine', 'machine.id', 'installation.machine_id')
		.innerJoin('site', 'site.id', 'installation.site_id')
		.leftJoin('management_grid as grid', 'grid.id', 'site.grid_id')
		.select([
			'installation.id',
			'installation.no',
			'installation.site_no',
			'site.name as site_name',
			'installation.jib_radius_m as jib_m',
			'installation.counter_jib_m as counter_m',
			'installation.height_m as height_m',
			asLngLat('installation.location').as('at'),
		])
		.where('machine.kind', '=', 'towerCrane')
		.where('installation.removed_on', 'is', null)
		.where('installation.jib_radius_m', 'is not', null)
		.where('installation.height_m', 'is not', null)
		.where(inScope(scope, 'site.town_code', 'site.id', 'grid.code'))
		.execute();
	const place = (row: (typeof rows)[number]): CranePlace => ({
		at: row.at as LngLat,
		jibM: row.jib_m!,
		counterJibM: row.counter_m ?? 0,
		heightM: row.height_m!,
	});
	const own = rows.find(({ id }) => id === installationId);
	if (!own) return [];
	const here = place(own);
	return rows
		.filter((row) => row.id !== installationId && canMeet(here, place(row), 0))
		.map((row) => ({
			no: row.no,
			name: `${row.site_name === own.site_name ? '' : row.site_name} ${row.site_no ?? ''}`.trim(),
			apartM: distanceM(here.at, row.at as LngLat),
			gapM: Math.abs(row.height_m! - own.height_m!),
			faults: standsTooNear(here, place(row), machineRules.clearance),
		}))
		.sort((a, b) => b.faults.length - a.faults.length || a.apartM - b.apartM);
}
