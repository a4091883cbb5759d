// Stills of cameras, each beside the event it came with.

import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { StillTable } from '#db/schema.ts';
import type { Scope } from '#lib/domain/access/scope.ts';
import type { Db } from '../db/connection.ts';
import { inScope } from '../db/scope.ts';

export interface NewStill {
	id: string;
	deviceId: string;
	observedAt: Date;
	receivedAt: Date;
	event: string;
	contentType: StillTable['content_type'];
	sha256: Buffer;
	bytes: Buffer;
}

/** The same still again changes nothing. */
export async function addStill(db: Db, still: NewStill): Promise<void> {
	await db
		.insertInto('still')
		.values({
			id: still.id,
			device_id: still.deviceId,
			observed_at: still.observedAt,
			received_at: still.receivedAt,
			event: still.event,
			content_type: still.contentType,
			sha256: still.sha256,
			bytes: still.bytes,
		})
		.onConflict((conflict) => conflict.doNothing())
		.execute();
}

export interface StillNote {
	id: string;
	observedAt: Date;
	event: string;
	sha256: string;
}

/** Of a camera that hangs, or hung, in scope, newest first, without their bytes. @param events - only those; all when not given */
export async function stillsOf(
	db: Db,
	scope: Scope,
	deviceId: string,
	from: Date,
	to: Date,
	events?: readonly string[],
): Promise<StillNote[]> {
	const rows = await db
		.selectFrom('still')
		.select(['id', 'observed_at', 'event', 'sha256'])
		.where('device_id', '=', deviceId)
		.where(hangsIn(scope))
		.$if(events !== undefined, (query) => query.where('event', 'in', events!))
		.where('observed_at', '>=', from)
		.where('observed_at', '<=', to)
		.orderBy('observed_at', 'desc')
		.limit(50)
		.execute();
	return rows.map((row) => ({
		id: row.id,
		observedAt: row.observed_at,
		event: row.event,
		sha256: row.sha256.toString('hex'),
	}));
}

/** A still of a camera that hangs, or hung, in scope; one that never hung anywhere is the district's. */
export async function stillWithBytes(
	db: Db,
	scope: Scope,
	id: string,
): Promise<{ contentType: string; sha256: string; bytes: Buffer } | undefined> {
	const row = await db
		.selectFrom('still')
		.select(['content_type', 'sha256', 'bytes'])
		.where('id', '=', id)
		.where(hangsIn(scope))
		.executeTakeFirst();
	return (
		row && {
			contentType: row.content_type,
			sha256: row.sha256.toString('hex'),
			bytes: row.bytes,
		}
	);
}

function hangsIn(scope: Scope): RawBuilder<SqlBool> {
	const isWhole = scope.kind === 'system' || (!scope.siteIds && scope.areas.some((area) => area.length === 6));
	return sql<SqlBool>`(${isWhole} or exists (
		select from device_binding b
		left join installation i on i.id = b.installation_id
		left join monitor_point p on p.id = b.monitor_point_id
		left join pit on pit.id = p.pit_id
		join site s on s.id = coalesce(i.site_id, pit.site_id, b.site_id)
		left join management_grid g on g.id = s.grid_id
		where b.device_id = still.device_id and ${inScope(scope, 's.town_code', 's.id', 'g.code')}
	))`;
}
