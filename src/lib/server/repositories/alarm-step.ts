// The history of alarms: every move of a person and everything that happened, in order; and who has seen them.

import { sql } from 'kysely';
import type { AlarmLevel } from '#lib/domain/alarm/condition.ts';
import type { Who } from '#lib/domain/alarm/life.ts';
import type { Human, LastStep } from '#lib/domain/alarm/undo-move.ts';
import type { Db } from '../db/connection.ts';

export interface AlarmStep {
	alarmId: string;
	at: Date;
	/** `raised`, `worse`, `eased`, `cleared`, `closed`, … or a person's move. */
	move: string;
	by: Who | null;
	level: AlarmLevel | null;
	note: string | null;
	/** What it was before a person's move that can be taken back. */
	before?: Human;
}

export async function addSteps(tx: Db, steps: readonly AlarmStep[]): Promise<void> {
	if (steps.length === 0) return;
	const column = <T>(value: (step: AlarmStep) => T) => sql`${steps.map(value)}`;
	await sql`
		insert into alarm_step (alarm_id, at, move, by_id, by_name, level, note, detail)
		select alarm, at, move, by_id, by_name, level, note, detail::jsonb
		from unnest(
			${column((step) => step.alarmId)}::uuid[],
			${column((step) => step.at.toISOString())}::timestamptz[],
			${column((step) => step.move)}::text[],
			${column((step) => step.by?.id ?? null)}::text[],
			${column((step) => step.by?.name ?? null)}::text[],
			${column((step) => step.level)}::text[],
			${column((step) => step.note)}::text[],
			${column((step) => JSON.stringify(step.before ? { before: step.before } : {}))}::text[]
		) with ordinality as new (alarm, at, move, by_id, by_name, level, note, detail, n)
		order by n`.execute(tx);
}

export async function stepsOf(db: Db, alarmId: string): Promise<AlarmStep[]> {
	const rows = await db
		.selectFrom('alarm_step')
		.select(['at', 'move', 'by_id', 'by_name', 'level', 'note'])
		.where('alarm_id', '=', alarmId)
		.orderBy('seq')
		.execute();
	return rows.map(({ at, move, by_id, by_name, level, note }) => ({
		alarmId,
		at,
		move,
		by: by_id === null ? null : { id: by_id, name: by_name ?? by_id },
		level,
		note,
	}));
}

/** The last step of an alarm that changed it; a comment changes nothing. */
export async function lastStepOf(tx: Db, alarmId: string): Promise<LastStep | undefined> {
	const row = await tx
		.selectFrom('alarm_step')
		.select(['move', 'by_id', 'at', 'detail'])
		.where('alarm_id', '=', alarmId)
		.where('move', '<>', 'comment')
		.orderBy('seq', 'desc')
		.limit(1)
		.executeTakeFirst();
	if (!row) return undefined;
	const { before } = row.detail as { before?: Human };
	return { move: row.move, byId: row.by_id, atMs: row.at.getTime(), before: before ?? null };
}

/** Notes that a person has had alarms before the eyes, on a device. */
export async function noteSeen(tx: Db, alarmIds: readonly string[], by: Who, device: string, at: Date): Promise<void> {
	if (alarmIds.length === 0) return;
	await sql`
		insert into alarm_seen (alarm_id, person_id, person_name, device, first_at, last_at)
		select id, ${by.id}, ${by.name}, ${device}, ${at}, ${at}
		from alarm where id = any(${alarmIds}::uuid[])
		on conflict (alarm_id, person_id, device) do update set last_at = excluded.last_at`.execute(tx);
}

export interface Seen {
	name: string;
	device: string;
	firstAt: Date;
	lastAt: Date;
}

export async function seenBy(db: Db, alarmId: string): Promise<Seen[]> {
	return db
		.selectFrom('alarm_seen')
		.select(['person_name as name', 'device', 'first_at as firstAt', 'last_at as lastAt'])
		.where('alarm_id', '=', alarmId)
		.orderBy('first_at')
		.execute();
}
