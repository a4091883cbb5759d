// What the live part of the program has to know of the register: every object on the map with its place, and which
// device is bound to which. The whole district; who may see what is decided when it is shown.

import { sql } from 'kysely';
import type { DeviceTable } from '#db/schema.ts';
import type { Flat } from '#lib/domain/device/flats.ts';
import type { LngLat } from '#lib/domain/geo.ts';
import type { PitGrade } from '#lib/domain/pit/limit.ts';
import { zeroingsIn, type StoredZeroing, type Zeroing } from '#lib/domain/pit/zeroing.ts';
import type { Db } from '../db/connection.ts';
import { asLngLat } from '../db/geo.ts';

export interface RegisterSite {
	no: number;
	id: string;
	name: string;
	townCode: string | null;
	gridCode: string | null;
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
	jibM: number | null;
	counterJibM: number | null;
	heightM: number | null;
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
	sideId: string | null;
	code: string;
	quantity: string;
	/** Of its side; of the gravest side of the pit for a point inside. */
	grade: PitGrade | null;
	support: string | null;
	depthM: number | null;
	baseSlabOn: string | null;
	designMm: number | null;
	designMmPerDay: number | null;
	/** Oldest first. */
	zeroings: readonly Zeroing[];
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
	kind: DeviceTable['kind'];
	/** As learned of it, else as registered. */
	intervalS: number;
	registeredS: number;
	/** Since when it is bound to what it is bound to now; null where it is bound to nothing. */
	boundFrom: Date | null;
	gateway: string | null;
	installationId: string | null;
	pointId: string | null;
	siteId: string | null;
	/** The pit whose danger button it is: danger signs are reported by people in its name. */
	pitId: string | null;
	/** Signs of danger reported and not over. */
	dangers: number;
	/** Values of it that had not moved for a while when this was noted last; null for none. */
	flats: Readonly<Record<string, Flat>> | null;
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
			.leftJoin('management_grid', 'management_grid.id', 'site.grid_id')
			.select([
				'site.no',
				'site.id',
				'site.name',
				'site.town_code as townCode',
				'management_grid.code as gridCode',
				'site.state',
				asLngLat('site.location').as('at'),
			])
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
				'installation.jib_radius_m as jibM',
				'installation.counter_jib_m as counterJibM',
				'installation.height_m as heightM',
				asLngLat('installation.location').as('at'),
			])
			.where('installation.removed_on', 'is', null)
			.execute(),
		pits: await db
			.selectFrom('pit')
			.select(['no', 'id', 'site_id as siteId', 'name', centreOf('boundary').as('at')])
			.execute(),
		points: (
			await db
				.selectFrom('monitor_point')
				.innerJoin('pit', 'pit.id', 'monitor_point.pit_id')
				.leftJoin('pit_side', 'pit_side.id', 'monitor_point.side_id')
				.select([
					'monitor_point.no',
					'monitor_point.id',
					'monitor_point.pit_id as pitId',
					'monitor_point.side_id as sideId',
					'monitor_point.code',
					'monitor_point.quantity',
					'pit_side.support',
					'pit.depth_m as depthM',
					'pit.base_slab_on as baseSlabOn',
					'monitor_point.design_cumulative_mm as designMm',
					'monitor_point.design_rate_mm_per_day as designMmPerDay',
					asLngLat('monitor_point.location').as('at'),
					gradeOfPoint.as('grade'),
					'monitor_point.zeroings',
				])
				.execute()
		).map((point) => ({ ...point, zeroings: zeroingsIn(point.zeroings as StoredZeroing[]) })),
		works: [...(await works(db, 'high_formwork')), ...(await works(db, 'climbing_scaffold'))],
		devices: await db
			.selectFrom('device')
			.leftJoin('device_binding', (join) =>
				join.onRef('device_binding.device_id', '=', 'device.id').on('device_binding.bound_to', 'is', null),
			)
			.leftJoin('device_habit', 'device_habit.device_id', 'device.id')
			.leftJoin('pit_button', 'pit_button.device_id', 'device.id')
			.select((eb) => [
				eb
					.selectFrom('pit_danger')
					.whereRef('pit_danger.pit_id', '=', 'pit_button.pit_id')
					.where('pit_danger.ended_at', 'is', null)
					.select((count) => count.fn.countAll<number>().as('count'))
					.as('dangerCount'),
			])
			.select([
				'pit_button.pit_id as pitId',
				'device.id',
				'device.no',
				'device.kind',
				(e) => e.fn.coalesce('device_habit.interval_s', 'device.expected_interval_s').as('intervalS'),
				'device.expected_interval_s as registeredS',
				'device_binding.bound_from as boundFrom',
				'device.gateway',
				'device_binding.installation_id as installationId',
				'device_binding.monitor_point_id as pointId',
				'device_binding.site_id as siteId',
				sql<RegisterDevice['flats']>`nullif(device_habit.flats, '{}')`.as('flats'),
			])
			.execute()
			.then((rows) => rows.map(({ dangerCount, ...row }) => ({ ...row, dangers: Number(dangerCount ?? 0) }))),
	};
}

/** 'I' < 'II' < 'III' also as text: a point inside the pit has the gravest grade of its sides. */
export const gradeOfPoint = sql<PitGrade | null>`coalesce(pit_side.grade,
	case when monitor_point.side_id is null
		then (select min(side.grade) from pit_side as side where side.pit_id = monitor_point.pit_id) end)`;

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
