// When the sensor of a pit point was set to zero anew, as it stands with the point.

import { sql } from 'kysely';
import type { Scope } from '#lib/domain/access/scope.ts';
import type { StoredZeroing } from '#lib/domain/pit/zeroing.ts';
import type { Db } from '../db/connection.ts';
import { recordAfter, recordBefore, type Recording } from '../db/history.ts';
import { inScope } from '../db/scope.ts';

export interface ZeroedPoint {
	id: string;
	no: number;
	name: string;
	siteId: string;
	townCode: string | null;
	gridCode: string | null;
	zeroings: StoredZeroing[];
}

/** Locked until the transaction ends. @returns undefined when there is none, or none in scope */
export async function pointForZeroing(tx: Db, scope: Scope, id: string): Promise<ZeroedPoint | undefined> {
	const { rows } = await sql<ZeroedPoint>`
		select point.id, point.no, point.code as name, point.zeroings, site.id as "siteId",
			site.town_code as "townCode", management_grid.code as "gridCode"
		from monitor_point as point join pit on pit.id = point.pit_id join site on site.id = pit.site_id
			left join management_grid on management_grid.id = site.grid_id
		where point.id = ${id}::uuid and ${inScope(scope, 'site.town_code', 'site.id', 'management_grid.code')}
		for update of point`.execute(tx);
	return rows[0];
}

/** What the point said last before a moment, by the device it had then; undefined when it said nothing. */
export async function saidBefore(tx: Db, id: string, at: Date): Promise<{ at: Date; value: number } | undefined> {
	const { rows } = await sql<{ at: Date; value: number }>`
		select reading.observed_at as at,
			coalesce(values->>'cumulativeMm', values->>'levelM', values->>'forceKn')::float8 as value
		from device_binding as binding
			join device on device.id = binding.device_id
			join reading on reading.device_no = device.no
		where binding.monitor_point_id = ${id}::uuid and reading.observed_at < ${at}
			and reading.observed_at >= binding.bound_from
			and (binding.bound_to is null or reading.observed_at < binding.bound_to)
			and jsonb_typeof(coalesce(values->'cumulativeMm', values->'levelM', values->'forceKn')) = 'number'
		order by reading.observed_at desc limit 1`.execute(tx);
	return rows[0];
}

export async function putZeroings(
	tx: Db,
	id: string,
	zeroings: readonly StoredZeroing[],
	recording: Recording,
): Promise<void> {
	const ids = sql`select ${id}::text`;
	await recordBefore(tx, 'monitor_point', ids, recording);
	await tx
		.updateTable('monitor_point')
		.set({ zeroings: JSON.stringify(zeroings) })
		.where('id', '=', id)
		.execute();
	await recordAfter(tx, 'monitor_point', ids, recording);
}
