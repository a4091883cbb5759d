// Alarms: one open row per device and condition, counted instead of repeated.

import { sql } from 'kysely';
import type { AlarmMessage } from '#lib/contract/events.ts';
import { SYSTEM, type Scope } from '#lib/domain/access/scope.ts';
import type { AlarmLevel } from '#lib/domain/alarm/condition.ts';
import type { Db } from '../db/connection.ts';
import { intersectsBounds } from '../db/geo.ts';
import { anywhere, type ListFilter } from '../db/list-filter.ts';
import { inScope } from '../db/scope.ts';

export interface AlarmRow {
	id: string;
	deviceId: string;
	condition: string;
	siteId: string | null;
	objectNo: number | null;
	level: AlarmLevel;
	value: number | null;
	peak: number | null;
	limit: number;
	unit: string;
	ruleKey: string;
	count: number;
	revision: number;
	raisedAt: Date;
	lastAt: Date;
	clearedAt: Date | null;
	acknowledgedAt: Date | null;
	acknowledgedBy: string | null;
}

/** Writes the state of alarms: new ones are added, known ones brought up to date. Acknowledgement is left alone. */
export async function putAlarms(tx: Db, alarms: readonly AlarmRow[]): Promise<void> {
	if (alarms.length === 0) return;
	await tx
		.insertInto('alarm')
		.values(
			alarms.map((alarm) => ({
				id: alarm.id,
				device_id: alarm.deviceId,
				condition: alarm.condition,
				site_id: alarm.siteId,
				object_no: alarm.objectNo,
				level: alarm.level,
				value: alarm.value,
				peak: alarm.peak,
				limit_value: alarm.limit,
				unit: alarm.unit,
				rule_key: alarm.ruleKey,
				count: alarm.count,
				revision: alarm.revision,
				raised_at: alarm.raisedAt,
				last_at: alarm.lastAt,
				cleared_at: alarm.clearedAt,
			})),
		)
		.onConflict((conflict) =>
			conflict.column('id').doUpdateSet((eb) => ({
				level: eb.ref('excluded.level'),
				value: eb.ref('excluded.value'),
				peak: eb.ref('excluded.peak'),
				limit_value: eb.ref('excluded.limit_value'),
				count: eb.ref('excluded.count'),
				// An acknowledgement may have come between.
				revision: sql<number>`greatest(alarm.revision, excluded.revision)`,
				last_at: eb.ref('excluded.last_at'),
				cleared_at: eb.ref('excluded.cleared_at'),
			})),
		)
		.execute();
}

/** Alarms that are open, for the engine to go on with. */
export async function openAlarmRows(db: Db): Promise<AlarmRow[]> {
	const rows = await selectAlarms(db, SYSTEM).where('alarm.cleared_at', 'is', null).execute();
	return rows.map(fromRow);
}

/**
 * Alarms in scope, newest first. `state`: `open` (default all), `cleared`, or a level; `after` counts rows to pass over.
 */
export async function alarmsInScope(db: Db, scope: Scope, filter: ListFilter): Promise<AlarmRow[]> {
	const { state } = filter;
	const rows = await selectAlarms(db, scope)
		.$if(state === 'open', (query) => query.where('alarm.cleared_at', 'is', null))
		.$if(state === 'cleared', (query) => query.where('alarm.cleared_at', 'is not', null))
		.$if(state !== undefined && state !== 'open' && state !== 'cleared', (query) =>
			query.where(sql`alarm.level`, '=', state!),
		)
		.$if(filter.town !== undefined, (query) => query.where('site.town_code', '=', filter.town!))
		.$if(filter.bounds !== undefined, (query) => query.where(intersectsBounds('site.location', filter.bounds!)))
		.$if(filter.q !== undefined, (query) =>
			query.where(
				sql<boolean>`lower(concat_ws(' ', alarm.device_id, alarm.condition, site.name, site.name_pinyin)) like ${anywhere(filter.q!)}`,
			),
		)
		.orderBy('alarm.raised_at', 'desc')
		.orderBy('alarm.id')
		.offset(filter.after)
		.limit(filter.limit)
		.execute();
	return rows.map(fromRow);
}

/** One alarm in scope, locked until the transaction ends. */
export async function alarmForChange(
	tx: Db,
	scope: Scope,
	id: string,
): Promise<(AlarmRow & { townCode: string | null }) | undefined> {
	const row = await selectAlarms(tx, scope).where('alarm.id', '=', id).forUpdate('alarm').executeTakeFirst();
	return row && { ...fromRow(row), townCode: row.town_code };
}

export async function markAcknowledged(
	tx: Db,
	id: string,
	{ at, by }: { at: Date; by: string },
): Promise<{ revision: number }> {
	return tx
		.updateTable('alarm')
		.set((eb) => ({ acknowledged_at: at, acknowledged_by: by, revision: eb('revision', '+', 1) }))
		.where('id', '=', id)
		.returning('revision')
		.executeTakeFirstOrThrow();
}

function selectAlarms(db: Db, scope: Scope) {
	return db
		.selectFrom('alarm')
		.leftJoin('site', 'site.id', 'alarm.site_id')
		.selectAll('alarm')
		.select('site.town_code')
		.where(inScope(scope, 'site.town_code', 'site.id'));
}

type Selected = Awaited<ReturnType<ReturnType<typeof selectAlarms>['execute']>>[number];

function fromRow(row: Selected): AlarmRow {
	return {
		id: row.id,
		deviceId: row.device_id,
		condition: row.condition,
		siteId: row.site_id,
		objectNo: row.object_no,
		level: row.level,
		value: row.value,
		peak: row.peak,
		limit: row.limit_value,
		unit: row.unit,
		ruleKey: row.rule_key,
		count: row.count,
		revision: row.revision,
		raisedAt: row.raised_at,
		lastAt: row.last_at,
		clearedAt: row.cleared_at,
		acknowledgedAt: row.acknowledged_at,
		acknowledgedBy: row.acknowledged_by,
	};
}

/** @param subject - what the alarm is about, as people call it and where it stands */
export function alarmMessage(
	alarm: AlarmRow,
	subject: { subjectName: string; siteName: string | null; at: [number, number] | null },
): AlarmMessage {
	return {
		id: alarm.id,
		deviceId: alarm.deviceId,
		condition: alarm.condition,
		level: alarm.level,
		objectNo: alarm.objectNo,
		siteId: alarm.siteId,
		...subject,
		value: alarm.value,
		peak: alarm.peak,
		limit: alarm.limit,
		unit: alarm.unit,
		ruleKey: alarm.ruleKey,
		count: alarm.count,
		revision: alarm.revision,
		raisedAt: alarm.raisedAt.toISOString(),
		lastAt: alarm.lastAt.toISOString(),
		clearedAt: alarm.clearedAt?.toISOString() ?? null,
		acknowledgedAt: alarm.acknowledgedAt?.toISOString() ?? null,
		acknowledgedBy: alarm.acknowledgedBy,
	};
}
