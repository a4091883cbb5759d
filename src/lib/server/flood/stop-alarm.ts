// The alarm of a crane that works although it was told to stop: raised once per device, over when the site confirms the
// stop again, is cleared, or the event is closed. Its life is that of any alarm: acknowledged, assigned, shelved, closed.

import { randomUUID } from 'node:crypto';
import { STOP_CONDITION } from '#lib/domain/flood/movement.ts';
import { alarmEvent, type AlarmRow, type Subject } from '../alarms/alarm-row.ts';
import { mergeNoticed, type Noticed } from '../alarms/merge-finding.ts';
import type { Db } from '../db/connection.ts';
import type { NewEvent } from '../events/log.ts';
import { lockAlarms, putAlarms } from '../repositories/alarm.ts';
import { addSteps } from '../repositories/alarm-step.ts';

export interface StoppedSite {
	siteId: string;
	siteName: string;
	townCode: string | null;
}

/** @returns undefined when the alarm of the crane is up already */
export function stopNoticed(
	standing: AlarmRow | undefined,
	{ deviceId, objectNo, siteId }: { deviceId: string; objectNo: number | null; siteId: string },
	subject: Subject,
	at: Date,
): Noticed | undefined {
	if (standing?.clearedAt === null) return undefined;
	return {
		measured: {
			id: standing?.id ?? randomUUID(),
			...{ deviceId, objectNo, siteId, condition: STOP_CONDITION, origin: 'device', level: 'danger' },
			...{ value: null, peak: null, limit: 0, unit: '', ruleKey: 'flood.movement' },
			count: (standing?.count ?? 0) + 1,
			revision: standing?.revision ?? 1,
			...{ raisedAt: at, lastAt: at, clearedAt: null },
		},
		happening: { kind: 'raised', level: 'danger', calmMs: standing?.clearedAt ? +at - +standing.clearedAt : 0 },
		...{ subject, at },
	};
}

/** Ends the open ones of some sites. */
export async function clearStopAlarms(tx: Db, sites: readonly StoppedSite[], at: Date): Promise<NewEvent[]> {
	const siteOf = new Map(sites.map((site) => [site.siteId, site]));
	const open = (await standingStopAlarms(tx, { siteIds: [...siteOf.keys()] })).filter(
		({ clearedAt }) => clearedAt === null,
	);
	const ended = open.map((row) => {
		const { siteName, townCode } = siteOf.get(row.siteId!)!;
		const subject: Subject = { subjectName: row.deviceId, siteName, at: null, townCode };
		const measured = { ...row, clearedAt: at, lastAt: at };
		return { subject, ...mergeNoticed(row, { measured, happening: { kind: 'cleared' }, subject, at }) };
	});
	await putAlarms(
		tx,
		ended.map(({ row }) => row),
	);
	await addSteps(
		tx,
		ended.flatMap(({ step }) => step ?? []),
	);
	return ended.flatMap(({ type, row, subject }) => (type ? [alarmEvent(type, row, subject, at)] : []));
}

/** Alarms of this condition that nobody closed, locked. */
export async function standingStopAlarms(
	tx: Db,
	of: { deviceIds: readonly string[] } | { siteIds: readonly string[] },
): Promise<AlarmRow[]> {
	const [column, ids] = 'deviceIds' in of ? (['device_id', of.deviceIds] as const) : (['site_id', of.siteIds] as const);
	if (ids.length === 0) return [];
	const rows = await tx
		.selectFrom('alarm')
		.select('id')
		.where('condition', '=', STOP_CONDITION)
		.where('handling', '<>', 'closed')
		.where(column, 'in', [...ids])
		.execute();
	return lockAlarms(
		tx,
		rows.map(({ id }) => id),
	);
}
