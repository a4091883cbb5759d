// Cranes have moved although their sites were told to stop: the orders show it, an alarm rises for each, and many at once
// are one incident.

import { sql } from 'kysely';
import { incidentRules } from '#db/rules/alarm-life.ts';
import type { EventMessage } from '#lib/contract/events.ts';
import type { Movement } from '#lib/domain/flood/movement.ts';
import type { Describe } from '../alarms/alarm-row.ts';
import type { Finding } from '../alarms/outbox.ts';
import { lockAlarmsOf, writeFindings } from '../alarms/write-findings.ts';
import { audit } from '../audit/audit.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { standingStopAlarms, stopNoticed } from '../flood/stop-alarm.ts';
import { logFlood } from '../repositories/flood-response.ts';
import { groupsSince } from '../repositories/incident.ts';

export interface Moved {
	noticeId: string;
	deviceId: string;
	objectNo: number | null;
	movement: Movement;
}

/** One at a time over all processes, so that what belongs together becomes one incident; any constant nothing else uses. */
const LOCK = 0x0f10_0d02;

/** @param moved - each crane once */
export async function noteMovements(
	db: Db,
	moved: readonly Moved[],
	describe: Describe,
	at: Date,
): Promise<EventMessage[]> {
	return transaction(db, async (tx) => {
		await sql`select pg_advisory_xact_lock(${LOCK})`.execute(tx);
		const deviceIds = moved.map(({ deviceId }) => deviceId);
		const standing = new Map((await standingStopAlarms(tx, { deviceIds })).map((row) => [row.deviceId, row]));
		const findings: Finding[] = [];
		const caught: Moved[] = [];
		for (const one of moved) {
			const { noticeId, deviceId, objectNo, movement } = one;
			const notice = await markMoved(tx, noticeId, deviceId, at);
			if (!notice) continue;
			const { event_id: eventId, site_id: siteId, town_code: townCode } = notice;
			const subject = describe(deviceId, objectNo);
			const noticed = stopNoticed(standing.get(deviceId), { deviceId, objectNo, siteId }, subject, at);
			if (!noticed) continue;
			await logFlood(tx, [{ eventId, at, kind: 'moved', siteId, actor: deviceId, facts: { movement } }]);
			const place = { kind: 'site', id: siteId, siteId, ...(townCode ? { townCode } : {}) };
			const event = { at, type: 'flood:movement' as const, subject: place, data: { noticeId, deviceId, movement } };
			findings.push({ event, noticed });
			caught.push(one);
		}
		if (findings.length === 0) return [];
		const lately = new Date(+at - incidentRules.window.value * 60_000);
		const known = await lockAlarmsOf(tx, findings);
		const { events } = await writeFindings(tx, findings, known, await groupsSince(tx, lately), describe);
		for (const { noticeId, deviceId, movement } of caught)
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

/** @returns undefined when the order has ended meanwhile */
function markMoved(tx: Db, noticeId: string, deviceId: string, at: Date) {
	return tx
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
}
