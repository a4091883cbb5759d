// What the quality of the alarm system is worked out from.

import { sql } from 'kysely';
import type { Scope } from '#lib/domain/access/scope.ts';
import type { Raise } from '#lib/domain/alarm/quality.ts';
import type { Db } from '../db/connection.ts';
import { inScope } from '../db/scope.ts';

const MOST = 200_000;

export interface RaisedLine extends Raise {
	deviceId: string;
	objectNo: number | null;
	condition: string;
}

/** Alarms raised in a span of time, and when somebody took notice of each. */
export async function raisesBetween(db: Db, scope: Scope, from: Date, to: Date): Promise<RaisedLine[]> {
	const { rows } = await sql<{
		at: Date;
		row_id: string;
		device_id: string;
		object_no: number | null;
		condition: string;
		level: Raise['level'];
		answered: Date | null;
	}>`
		select step.at, coalesce(alarm.incident_id, alarm.id) as row_id, alarm.device_id, alarm.object_no, alarm.condition,
			alarm.worst_level as level,
			(select min(answer.at) from alarm_step as answer
				where answer.alarm_id = alarm.id and answer.move in ('acknowledge', 'assign') and answer.at >= step.at) as answered
		from alarm_step as step
		join alarm on alarm.id = step.alarm_id
		left join site on site.id = alarm.site_id
		where step.move = 'raised' and step.at >= ${from} and step.at < ${to} and ${inScope(scope, 'site.town_code', 'site.id')}
		order by step.at
		limit ${MOST}`.execute(db);
	return rows.map((row) => ({
		atMs: row.at.getTime(),
		rowId: row.row_id,
		source: `${row.device_id} ${row.condition}`,
		level: row.level,
		answeredMs: row.answered && row.answered.getTime() - row.at.getTime(),
		deviceId: row.device_id,
		objectNo: row.object_no,
		condition: row.condition,
	}));
}

/** Since when there is a record of alarms at all; undefined: none yet. */
export async function recordedSince(db: Db): Promise<Date | undefined> {
	const row = await db.selectFrom('alarm_step').select('at').orderBy('at').limit(1).executeTakeFirst();
	return row?.at;
}

/** How many moves of some kinds were made in a span of time. */
export async function countSteps(db: Db, scope: Scope, from: Date, to: Date): Promise<Record<string, number>> {
	const { rows } = await sql<{ move: string; n: string }>`
		select step.move, count(*) as n
		from alarm_step as step
		join alarm on alarm.id = step.alarm_id
		left join site on site.id = alarm.site_id
		where step.at >= ${from} and step.at < ${to} and ${inScope(scope, 'site.town_code', 'site.id')}
		group by step.move`.execute(db);
	return Object.fromEntries(rows.map(({ move, n }) => [move, Number(n)]));
}

export async function countIncidents(db: Db, from: Date, to: Date): Promise<number> {
	const { n } = await db
		.selectFrom('incident')
		.select((eb) => eb.fn.countAll<string>().as('n'))
		.where('opened_at', '>=', from)
		.where('opened_at', '<', to)
		.executeTakeFirstOrThrow();
	return Number(n);
}
