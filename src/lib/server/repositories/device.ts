// One device: what it is, what it was bound to when, its last frames. Whoever may see the site it is bound to, or was
// bound to last, may see it.

import { sql } from 'kysely';
import type { SiteDevice } from '#lib/contract/board.ts';
import type { DeviceBindingNote, DeviceFrame } from '#lib/contract/devices.ts';
import type { DeviceKind } from '#lib/contract/register.ts';
import type { Scope } from '#lib/domain/access/scope.ts';
import type { Db } from '../db/connection.ts';
import { inScope } from '../db/scope.ts';

export interface DeviceRow {
	id: string;
	no: number;
	kind: DeviceKind;
	vendor: string | null;
	registeredS: number;
	/** Newest first. */
	bindings: DeviceBindingNote[];
}

/** @returns undefined when there is no such device, or none in scope */
export async function deviceRow(db: Db, scope: Scope, id: string): Promise<DeviceRow | undefined> {
	const device = await db
		.selectFrom('device')
		.select(['id', 'no', 'kind', 'vendor', 'expected_interval_s as registeredS'])
		.where('id', '=', id)
		.executeTakeFirst();
	if (!device) return undefined;
	const { rows } = await sql<Bound>`
		select b.bound_from, b.bound_to, s.name as site_name,
			case when b.installation_id is not null then 'machine' when b.monitor_point_id is not null then 'point'
				else 'site' end as kind,
			coalesce(i.site_no, machine.property_record_no, p.code, s.name) as name,
			coalesce(i.no, p.no, s.no) as no
		from device_binding b
		left join installation i on i.id = b.installation_id
		left join machine on machine.id = i.machine_id
		left join monitor_point p on p.id = b.monitor_point_id
		left join pit on pit.id = p.pit_id
		join site s on s.id = coalesce(i.site_id, pit.site_id, b.site_id)
		left join management_grid g on g.id = s.grid_id
		where b.device_id = ${id} and ${inScope(scope, 's.town_code', 's.id', 'g.code')}
		order by b.bound_from desc limit 50`.execute(db);
	// One that was never fastened to anything belongs to the district, and to no site.
	const isWhole = scope.kind === 'system' || (!scope.siteIds && scope.areas.some((area) => area.length === 6));
	if (rows.length === 0 && !isWhole) return undefined;
	return {
		...device,
		bindings: rows.map((row) => ({
			kind: row.kind,
			name: row.name,
			siteName: row.site_name,
			from: row.bound_from.toISOString(),
			to: row.bound_to?.toISOString() ?? null,
			no: row.bound_to === null ? row.no : null,
		})),
	};
}

interface Bound {
	bound_from: Date;
	bound_to: Date | null;
	site_name: string;
	kind: 'machine' | 'point' | 'site';
	name: string;
	no: number;
}

/** Frames as they were stored, newest first. */
export async function lastFrames(db: Db, deviceNo: number, since: Date, limit: number): Promise<DeviceFrame[]> {
	const rows = await db
		.selectFrom('reading')
		.select(['observed_at', 'gateway_at', 'received_at', 'seq', 'values', 'quality', 'raw'])
		.where('device_no', '=', deviceNo)
		.where('observed_at', '>=', since)
		.orderBy('observed_at', 'desc')
		.orderBy('seq', 'desc')
		.limit(limit)
		.execute();
	return rows.map((row) => ({
		at: row.observed_at.toISOString(),
		gatewayAt: row.gateway_at?.toISOString() ?? null,
		receivedAt: row.received_at.toISOString(),
		seq: row.seq,
		values: row.values as DeviceFrame['values'],
		quality: row.quality as DeviceFrame['quality'],
		raw: row.raw,
	}));
}

/** Cameras and monitors of welding machines, by the site they are bound to now. */
export async function siteDevices(db: Db, scope: Scope): Promise<SiteDevice[]> {
	return db
		.selectFrom('device')
		.innerJoin('device_binding', (join) =>
			join.onRef('device_binding.device_id', '=', 'device.id').on('device_binding.bound_to', 'is', null),
		)
		.innerJoin('site', 'site.id', 'device_binding.site_id')
		.select(['device.id', sql<SiteDevice['kind']>`device.kind`.as('kind'), 'site.id as siteId'])
		.where('device.kind', 'in', ['camera', 'hotWork'])
		.where(inScope(scope, 'site.town_code', 'site.id'))
		.orderBy('device.id')
		.execute();
}
