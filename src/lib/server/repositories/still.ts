// Stills of cameras, each beside the event it came with.

import type { Db } from '../db/connection.ts';
import type { StillTable } from '#db/schema.ts';

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

/** Newest first, without their bytes. @param events - only those; all when not given */
export async function stillsOf(
	db: Db,
	deviceId: string,
	from: Date,
	to: Date,
	events?: readonly string[],
): Promise<StillNote[]> {
	const rows = await db
		.selectFrom('still')
		.select(['id', 'observed_at', 'event', 'sha256'])
		.where('device_id', '=', deviceId)
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

export async function stillWithBytes(
	db: Db,
	id: string,
): Promise<{ deviceId: string; contentType: string; sha256: string; bytes: Buffer } | undefined> {
	const row = await db
		.selectFrom('still')
		.select(['device_id', 'content_type', 'sha256', 'bytes'])
		.where('id', '=', id)
		.executeTakeFirst();
	return (
		row && {
			deviceId: row.device_id,
			contentType: row.content_type,
			sha256: row.sha256.toString('hex'),
			bytes: row.bytes,
		}
	);
}

export async function trimStills(db: Db, before: Date): Promise<void> {
	await db.deleteFrom('still').where('observed_at', '<', before).execute();
}
