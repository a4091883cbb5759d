// The alarm of a crane that works although it was told to stop: raised once per device, over when the site confirms the
// stop again or is cleared. Its life is that of any alarm: acknowledged, assigned, shelved, closed.

import { randomUUID } from 'node:crypto';
import { STOP_CONDITION } from '#lib/domain/flood/movement.ts';
import { alarmMessage, type AlarmMeasured, type AlarmRow, type Subject } from '../alarms/alarm-row.ts';
import { mergeNoticed } from '../alarms/merge-finding.ts';
import type { Db } from '../db/connection.ts';
import type { NewEvent } from '../events/log.ts';
import { lockAlarms, putAlarms } from '../repositories/alarm.ts';
import { addSteps } from '../repositories/alarm-step.ts';

interface Place {
	siteId: string;
	townCode?: string;
}

/** @returns the event to append; undefined when the alarm is raised already */
export async function raiseStopAlarm(
	tx: Db,
	deviceId: string,
	objectNo: number | null,
	place: Place,
	subject: Subject,
	at: Date,
): Promise<NewEvent | undefined> {
	const [standing] = await standingOf(tx, { deviceId });
	if (standing?.clearedAt === null) return undefined;
	const measured: AlarmMeasured = {
		id: standing?.id ?? randomUUID(),
		deviceId,
		condition: STOP_CONDITION,
		origin: 'device',
		siteId: place.siteId,
		objectNo,
		level: 'danger',
		value: null,
		peak: null,
		limit: 0,
		unit: '',
		ruleKey: 'flood.movement',
		count: (standing?.count ?? 0) + 1,
		revision: standing?.revision ?? 1,
		raisedAt: at,
		lastAt: at,
		clearedAt: null,
	};
	const calmMs = standing?.clearedAt ? +at - +standing.clearedAt : 0;
	return written(tx, standing, measured, { kind: 'raised', level: 'danger', calmMs }, place, subject, at);
}

/** Ends the open ones of a site. */
export async function clearStopAlarms(
	tx: Db,
	siteId: string,
	place: Place,
	siteName: string,
	at: Date,
): Promise<NewEvent[]> {
	const events: NewEvent[] = [];
	for (const row of await standingOf(tx, { siteId })) {
		if (row.clearedAt) continue;
		const subject = { subjectName: row.deviceId, siteName, at: null, townCode: place.townCode ?? null };
		const event = await written(
			tx,
			row,
			{ ...row, clearedAt: at, lastAt: at },
			{ kind: 'cleared' },
			place,
			subject,
			at,
		);
		if (event) events.push(event);
	}
	return events;
}

async function written(
	tx: Db,
	stored: AlarmRow | undefined,
	measured: AlarmMeasured,
	happening: Parameters<typeof mergeNoticed>[1]['happening'],
	place: Place,
	subject: Subject,
	at: Date,
): Promise<NewEvent | undefined> {
	const { row, step, type } = mergeNoticed(stored, { measured, happening, subject, at });
	await putAlarms(tx, [row]);
	if (step) await addSteps(tx, [step]);
	if (!type) return undefined;
	return {
		at,
		type,
		subject: { kind: 'alarm', id: row.id, ...(row.objectNo === null ? {} : { no: row.objectNo }), ...place },
		data: { ...alarmMessage(row, subject) },
	};
}

/** Alarms of this condition that nobody closed, locked. */
async function standingOf(tx: Db, of: { deviceId: string } | { siteId: string }): Promise<AlarmRow[]> {
	const rows = await tx
		.selectFrom('alarm')
		.select('id')
		.where('condition', '=', STOP_CONDITION)
		.where('handling', '<>', 'closed')
		.$if('deviceId' in of, (query) => query.where('device_id', '=', 'deviceId' in of ? of.deviceId : ''))
		.$if('siteId' in of, (query) => query.where('site_id', '=', 'siteId' in of ? of.siteId : ''))
		.execute();
	return lockAlarms(
		tx,
		rows.map(({ id }) => id),
	);
}
