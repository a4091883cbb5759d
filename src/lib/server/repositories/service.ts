// Devices taken out of service for maintenance, each for a time and a reason.

import { randomUUID } from 'node:crypto';
import type { Who } from '#lib/domain/alarm/life.ts';
import type { Db } from '../db/connection.ts';

export interface OutOfService {
	deviceId: string;
	reason: string;
	by: string;
	from: Date;
	until: Date;
}

/** Those nobody has put back; whose time is up is back by itself. */
export async function outOfService(db: Db): Promise<OutOfService[]> {
	return select(db).orderBy('until').execute();
}

export async function serviceOf(db: Db, deviceId: string, at: Date): Promise<OutOfService | undefined> {
	return select(db).where('device_id', '=', deviceId).where('until', '>', at).executeTakeFirst();
}

function select(db: Db) {
	return db
		.selectFrom('device_out_of_service')
		.select(['device_id as deviceId', 'reason', 'by_name as by', 'from_at as from', 'until'])
		.where('ended_at', 'is', null);
}

export async function endService(tx: Db, deviceId: string, at: Date): Promise<boolean> {
	const { numUpdatedRows } = await tx
		.updateTable('device_out_of_service')
		.set({ ended_at: at })
		.where('device_id', '=', deviceId)
		.where('ended_at', 'is', null)
		.executeTakeFirst();
	return numUpdatedRows > 0n;
}

export async function addService(
	tx: Db,
	{ deviceId, reason, by, from, until }: Omit<OutOfService, 'by'> & { by: Who },
): Promise<void> {
	await tx
		.insertInto('device_out_of_service')
		.values({ id: randomUUID(), device_id: deviceId, reason, by_id: by.id, by_name: by.name, from_at: from, until })
		.execute();
}

/** Where a device stands, for asking whether somebody may touch it. */
export async function placeOfDevice(
	tx: Db,
	deviceId: string,
): Promise<{ siteId: string | null; townCode: string | null; gridCode: string | null } | undefined> {
	return tx
		.selectFrom('device')
		.leftJoin('device_binding', (join) =>
			join.onRef('device_binding.device_id', '=', 'device.id').on('device_binding.bound_to', 'is', null),
		)
		.leftJoin('installation', 'installation.id', 'device_binding.installation_id')
		.leftJoin('monitor_point', 'monitor_point.id', 'device_binding.monitor_point_id')
		.leftJoin('pit', 'pit.id', 'monitor_point.pit_id')
		.leftJoin('site', (join) =>
			join.on((eb) =>
				eb('site.id', '=', eb.fn.coalesce('device_binding.site_id', 'installation.site_id', 'pit.site_id')),
			),
		)
		.leftJoin('management_grid', 'management_grid.id', 'site.grid_id')
		.select(['site.id as siteId', 'site.town_code as townCode', 'management_grid.code as gridCode'])
		.where('device.id', '=', deviceId)
		.executeTakeFirst();
}
