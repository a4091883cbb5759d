// What the live part of the program has to know of the register: every object on the map with its place, and which
// device is bound to which. The whole district; who may see what is decided when it is shown.

import { sql } from 'kysely';
import type { LngLat } from '#lib/domain/geo.ts';
import type { Db } from '../db/connection.ts';
import { asLngLat } from '../db/geo.ts';

export interface RegisterSite {
	no: number;
	id: string;
	name: string;
	townCode: string | null;
	state: 'active' | 'stopped' | 'suspended' | 'finished';
	at: LngLat;
}
export interface RegisterInstallation {
	no: number;
	id: string;
	siteId: string;
	kind: 'towerCrane' | 'hoist' | 'materialHoist' | 'mobileCrane' | 'gantryCrane';
	siteNo: string | null;
	recordNo: string | null;
	at: LngLat;
}
export interface RegisterPit {
	no: number;
	id: string;
	siteId: string;
	name: string;
	at: LngLat;
}
export interface RegisterPoint {
	no: number;
	id: string;
	pitId: string;
	code: string;
	designMm: number | null;
	designMmPerDay: number | null;
	at: LngLat;
}
export interface RegisterWork {
	no: number;
	id: string;
	siteId: string;
	kind: 'highFormwork' | 'climbingScaffold';
	name: string;
	at: LngLat;
}
export interface RegisterDevice {
	id: string;
	no: number;
	kind: 'craneMonitor' | 'hoistMonitor' | 'pitSensor' | 'dustStation' | 'camera' | 'tracker';
	intervalS: number;
	installationId: string | null;
	pointId: string | null;
	siteId: string | null;
}
export interface LiveRegister {
	sites: RegisterSite[];
	installations: RegisterInstallation[];
	pits: RegisterPit[];
	points: RegisterPoint[];
	works: RegisterWork[];
	devices: RegisterDevice[];
}

export async function liveRegister(db: Db): Promise<LiveRegister> {
	return {
		sites: await db
			.selectFrom('site')
			.select(['no', 'id', 'name', 'town_code as townCode', 'state', asLngLat('location').as('at')])
			.execute(),
		installations: await db
			.selectFrom('installation')
			.innerJoin('machine', 'machine.id', 'installation.machine_id')
			.select([
				'installation.no',
				'installation.id',
				'installation.site_id as siteId',
				'machine.kind',
				'installation.site_no as siteNo',
				'machine.property_record_no as recordNo',
				asLngLat('installation.location').as('at'),
			])
			.where('installation.removed_on', 'is', null)
			.execute(),
		pits: await db
			.selectFrom('pit')
			.select(['no', 'id', 'site_id as siteId', 'name', centreOf('boundary').as('at')])
			.execute(),
		points: await db
			.selectFrom('monitor_point')
			.select([
				'no',
				'id',
				'pit_id as pitId',
				'code',
				'design_cumulative_mm as designMm',
				'design_rate_mm_per_day as designMmPerDay',
				asLngLat('location').as('at'),
			])
			.execute(),
		works: [...(await works(db, 'high_formwork')), ...(await works(db, 'climbing_scaffold'))],
		devices: await db
			.selectFrom('device')
			.leftJoin('device_binding', (join) =>
				join.onRef('device_binding.device_id', '=', 'device.id').on('device_binding.bound_to', 'is', null),
			)
			.select([
				'device.id',
				'device.no',
				'device.kind',
				'device.expected_interval_s as intervalS',
				'device_binding.installation_id as installationId',
				'device_binding.monitor_point_id as pointId',
				'device_binding.site_id as siteId',
			])
			.execute(),
	};
}

async function works(db: Db, table: 'high_formwork' | 'climbing_scaffold'): Promise<RegisterWork[]> {
	const kind = table === 'high_formwork' ? 'highFormwork' : 'climbingScaffold';
	const rows = await db
		.selectFrom(table)
		.select(['no', 'id', 'site_id as siteId', 'name', asLngLat('location').as('at')])
		.where('removed_on', 'is', null)
		.execute();
	return rows.map((row) => ({ ...row, kind }));
}

/** The middle of the box around a shape: cheap, and near enough for a symbol. */
function centreOf(column: string) {
	return sql<LngLat>`json_build_array(
		(st_xmin(${sql.ref(column)}) + st_xmax(${sql.ref(column)})) / 2,
		(st_ymin(${sql.ref(column)}) + st_ymax(${sql.ref(column)})) / 2)`;
}
