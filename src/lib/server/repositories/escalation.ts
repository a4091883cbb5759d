// Which rungs of the ladder were told, of what, and how the messages fared.

import { sql } from 'kysely';
import type { ToldLine } from '#lib/contract/alarm-card.ts';
import type { DutyRole, ToldRung } from '#lib/domain/alarm/escalation.ts';
import type { Db } from '../db/connection.ts';

/** An alarm, or an incident as a whole, that asks for a person or did until lately. */
export interface Asking {
	/** Of the incident, or of the alarm that stands by itself. */
	subjectId: string;
	/** The gravest of it. */
	alarmId: string;
	townCode: string | null;
	townName: string | null;
	siteId: string | null;
	level: 'notice' | 'warning' | 'danger';
	alarms: number;
	spokeAt: Date;
}

/** What asks for a person now: one row per incident or single alarm, as the domain's `stopReason` would have it. */
export async function askingNow(db: Db): Promise<Asking[]> {
	const { rows } = await sql<{
		subject: string;
		alarm: string;
		town: string | null;
		town_name: string | null;
		site: string | null;
		level: Asking['level'];
		n: string;
		spoke: Date;
	}>`
		select subject, (array_agg(id order by rank desc, spoke_at))[1] as alarm,
			(array_agg(town_code order by rank desc, spoke_at))[1] as town,
			(array_agg(town_name order by rank desc, spoke_at))[1] as town_name,
			(array_agg(site_id order by rank desc, spoke_at))[1] as site,
			(array_agg(worst_level order by rank desc))[1] as level, count(*) as n, min(spoke_at) as spoke
		from (
			select alarm.id, coalesce(alarm.incident_id, alarm.id) as subject, site.town_code, town.name as town_name, alarm.site_id, alarm.worst_level,
				alarm.spoke_at, case alarm.worst_level when 'danger' then 2 when 'warning' then 1 else 0 end as rank
			from alarm left join site on site.id = alarm.site_id left join town on town.code = site.town_code
			where alarm.handling = 'new' and alarm.suppressed_by is null and not alarm.is_out_of_service
				and alarm.shelf_state is distinct from 'on'
				and (alarm.cleared_at is null or alarm.worst_level = 'danger')
		) as asking
		group by subject`.execute(db);
	return rows.map(({ subject, alarm, town, town_name: townName, site, level, n, spoke }) => ({
		...{
			subjectId: subject,
			alarmId: alarm,
			townCode: town,
			townName,
			siteId: site,
			level,
			alarms: Number(n),
			spokeAt: spoke,
		},
	}));
}

export interface RunningRung {
	subjectId: string;
	spokeMs: number;
	rung: number;
	told: ToldRung;
}

/** Rungs told and not stopped. */
export async function runningRungs(db: Db): Promise<RunningRung[]> {
	const rows = await db
		.selectFrom('escalation')
		.select(['subject_id', 'spoke_at', 'rung', 'person_id'])
		.where('stopped_at', 'is', null)
		.where('is_test', '=', false)
		.execute();
	return rows.map(({ subject_id, spoke_at, rung, person_id }) => ({
		...{ subjectId: subject_id, spokeMs: spoke_at.getTime(), rung, told: person_id === null ? 'nobody' : 'somebody' },
	}));
}

export interface NewEscalation {
	id: string;
	subjectId: string;
	alarmId: string | null;
	spokeAt: Date;
	rung: number;
	role: string;
	person: { id: string; name: string } | null;
	at: Date;
	isTest: boolean;
}

/**
 * A rung that nobody was on duty for may be told once more, when somebody has come.
 *
 * @returns its id; undefined when another process has told this rung already
 */
export async function addEscalation(tx: Db, one: NewEscalation): Promise<string | undefined> {
	const row = await tx
		.insertInto('escalation')
		.values({
			...{ id: one.id, subject_id: one.subjectId, alarm_id: one.alarmId, spoke_at: one.spokeAt, rung: one.rung },
			...{ role: one.role, person_id: one.person?.id ?? null, person_name: one.person?.name ?? null },
			...{ told_at: one.at, is_test: one.isTest, stopped_at: one.isTest ? one.at : null },
			stop_reason: one.isTest ? 'test' : null,
		})
		.onConflict((conflict) =>
			conflict
				.columns(['subject_id', 'spoke_at', 'rung'])
				.doUpdateSet((eb) => ({
					person_id: eb.ref('excluded.person_id'),
					person_name: eb.ref('excluded.person_name'),
					told_at: eb.ref('excluded.told_at'),
				}))
				.where('escalation.person_id', 'is', null)
				.where((eb) => eb('excluded.person_id', 'is not', null)),
		)
		.returning('id')
		.executeTakeFirst();
	return row?.id;
}

/** What no longer asks is told to nobody else. */
export async function stopEscalations(tx: Db, subjectIds: readonly string[], reason: string, at: Date): Promise<void> {
	if (subjectIds.length === 0) return;
	await sql`
		update escalation set stopped_at = ${at}, stop_reason = ${reason}
		where stopped_at is null and subject_id = any(${subjectIds}::uuid[])`.execute(tx);
}

/** Who was told of an alarm or incident, rung by rung as it went, and how it reached them. */
export async function toldOf(db: Db, subjectId: string): Promise<ToldLine[]> {
	const rows = await tolds(db)
		.where('escalation.subject_id', '=', subjectId)
		.orderBy('escalation.spoke_at')
		.orderBy('escalation.rung')
		.orderBy('escalation.told_at')
		.execute();
	return rows.map(asLine);
}

/** The highest rung each alarm or incident has reached since it began to ask, and whom; no drills. */
export async function highestRungs(
	db: Db,
	subjectIds: readonly string[],
): Promise<Map<string, { role: DutyRole; name: string | null }>> {
	if (subjectIds.length === 0) return new Map();
	const { rows } = await sql<{ subject_id: string; role: DutyRole; person_name: string | null }>`
		select distinct on (subject_id) subject_id, role, person_name
		from escalation where subject_id = any(${subjectIds}::uuid[]) and not is_test
		order by subject_id, spoke_at desc, rung desc`.execute(db);
	return new Map(rows.map(({ subject_id, role, person_name }) => [subject_id, { role, name: person_name }]));
}

export async function toldLately(db: Db, limit: number): Promise<ToldLine[]> {
	const newestFirst = tolds(db).orderBy('escalation.told_at', 'desc').orderBy('escalation.rung');
	return (await newestFirst.limit(limit).execute()).map(asLine);
}

function tolds(db: Db) {
	return db
		.selectFrom('escalation')
		.leftJoin('notice', 'notice.escalation_id', 'escalation.id')
		.select([
			'escalation.alarm_id',
			'escalation.told_at',
			'escalation.rung',
			'escalation.role',
			'escalation.person_name',
			'escalation.is_test',
			'notice.channel',
			'notice.state',
			'notice.error',
			'notice.sent_at',
			sql<string | null>`notice.body ->> 'person'`.as('named'),
		]);
}

function asLine(row: Awaited<ReturnType<ReturnType<typeof tolds>['execute']>>[number]): ToldLine {
	// Sent while nobody was on duty; whoever came since was told by messages of their own.
	const isOfVacancy = row.channel !== null && row.named === null;
	return {
		at: ((isOfVacancy && row.sent_at) || row.told_at).toISOString(),
		alarmId: row.alarm_id,
		rung: row.rung,
		role: row.role,
		name: isOfVacancy ? null : row.person_name,
		channel: row.channel ?? 'page',
		state: row.state ?? 'skipped',
		isTest: row.is_test,
		error: row.error,
	};
}
