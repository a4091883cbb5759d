// A crane has moved although its site was told to stop: the order shows it, an alarm rises.

import type { EventMessage } from '#lib/contract/events.ts';
import type { Movement } from '#lib/domain/flood/movement.ts';
import { sql } from 'kysely';
import type { Subject } from '../alarms/alarm-row.ts';
import { audit } from '../audit/audit.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { appendEvents, type NewEvent } from '../events/log.ts';
import { logFlood } from '../repositories/flood-response.ts';
import { raiseStopAlarm } from '../flood/stop-alarm.ts';

export interface Moved {
	noticeId: string;
	deviceId: string;
	objectNo: number | null;
	movement: Movement;
	at: Date;
	described: Subject;
}

export async function noteMovement(db: Db, moved: Moved): Promise<EventMessage[]> {
	const { noticeId, deviceId, movement, at } = moved;
	return transaction(db, async (tx) => {
		const notice = await tx
			.updateTable('flood_notice')
			.from('site')
			.set({
				moved_at: sql<Date>`coalesce(flood_notice.moved_at, ${at}::timestamptz)`,
				moved_devices: sql<string[]>`case when ${deviceId}::text = any(flood_notice.moved_devices)
					then flood_notice.moved_devices else flood_notice.moved_devices || ${deviceId}::text end`,
			})
			.whereRef('site.id', '=', 'flood_notice.site_id')
			.where('flood_notice.id', '=', noticeId)
			.where('flood_notice.ended_at', 'is', null)
			.returning(['flood_notice.event_id', 'flood_notice.site_id', 'site.town_code'])
			.executeTakeFirst();
		if (!notice) return [];
		const place = { siteId: notice.site_id, ...(notice.town_code ? { townCode: notice.town_code } : {}) };
		const alarm = await raiseStopAlarm(tx, deviceId, moved.objectNo, place, moved.described, at);
		if (!alarm) return [];
		await logFlood(tx, [
			{ eventId: notice.event_id, at, kind: 'moved', siteId: notice.site_id, actor: deviceId, facts: { movement } },
		]);
		const told: NewEvent[] = [
			{
				at,
				type: 'flood:movement',
				subject: { kind: 'site', id: notice.site_id, ...place },
				data: { noticeId, deviceId, movement },
			},
			alarm,
		];
		const events = await appendEvents(tx, told);
		await audit(tx, {
			...{ at, actor: 'system', actorKind: 'system' },
			action: 'flood:movement',
			object: `device ${deviceId}`,
			detail: { noticeId, movement },
			outcome: 'done',
		});
		return events;
	});
}
