// Climbs the ladder: what asks for a person and finds nobody is told to the next on the roster. State is in the
// database, so a restart goes on where it was; a lease keeps it to one process.

import { randomUUID } from 'node:crypto';
import { alarmRules } from '#db/rules/alarm.ts';
import { ladderRules } from '#db/rules/escalation.ts';
import type { EscalatedNote, EventMessage } from '#lib/contract/events.ts';
import { dueRungs, onDuty, type DutyRole, type Shift } from '#lib/domain/alarm/escalation.ts';
import type { Describe } from '../alarms/alarm-row.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { appendEvents, type NewEvent } from '../events/log.ts';
import { alarmsInScope } from '../repositories/alarm.ts';
import { SYSTEM } from '#lib/domain/access/scope.ts';
import { shiftsBetween } from '../repositories/duty.ts';
import { addEscalation, askingNow, runningRungs, stopEscalations, type Asking } from '../repositories/escalation.ts';
import { addNotice, pushAddressesOf } from '../repositories/notice.ts';
import { openSigns } from '../repositories/pit-watch.ts';
import { absenceText, alarmText, joined } from './message-text.ts';

export interface EscalateParts {
	db: Db;
	describe: Describe;
	/** Address of the gateway for SMS or DingTalk; empty: none. */
	webhook: string;
}

/** One look at what asks. @returns events to announce */
export async function escalate({ db, describe, webhook }: EscalateParts, now: Date): Promise<EventMessage[]> {
	const asking = await askingNow(db);
	const running = await runningRungs(db);
	const asks = new Set(asking.map(({ subjectId }) => subjectId));
	const silent = [...new Set(running.map(({ subjectId }) => subjectId))].filter((id) => !asks.has(id));
	if (silent.length > 0) await transaction(db, (tx) => stopEscalations(tx, silent, 'taken', now));

	const shifts = await shiftsBetween(db, now, new Date(now.getTime() + 1));
	const events: EventMessage[] = [];
	for (const one of asking) {
		const told = running.filter(({ subjectId }) => subjectId === one.subjectId);
		// What was told when it asked before does not count when it asks anew, but members that join are no news.
		const spokeMs = told.length > 0 ? Math.min(...told.map((rung) => rung.spokeMs)) : one.spokeAt.getTime();
		const places = new Map(told.map(({ rung, told }) => [rung, told]));
		const mansIt = (role: DutyRole) => onDuty(shifts, role, one.townCode, now.getTime());
		const due = dueRungs(ladderRules[one.level], spokeMs, places, now.getTime(), (role) => mansIt(role) !== undefined);
		for (const { rung, role, vacant } of due) {
			const step = { rung, role, shift: mansIt(role), vacant, spokeAt: new Date(spokeMs), isTest: false };
			events.push(...(await tellRung({ db, describe, webhook }, one, step, now)));
		}
	}
	return events;
}

export interface Step {
	rung: number;
	role: DutyRole;
	/** Undefined: nobody is on the roster; the gateway is told that. */
	shift: Shift | undefined;
	/** Roles up to this one that nobody is on duty in. */
	vacant: readonly DutyRole[];
	spokeAt: Date;
	isTest: boolean;
}

/** Tells one rung on every channel that reaches it. */
export async function tellRung(
	{ db, describe, webhook }: EscalateParts,
	asking: Asking,
	{ rung, role, shift, vacant, spokeAt, isTest }: Step,
	now: Date,
): Promise<EventMessage[]> {
	const person = shift ? { id: shift.personId, name: shift.personName } : null;
	const text = await textOf(db, asking, describe, vacant, isTest);
	const body = { ...text, rung, role, vacant, person: person?.name ?? null, isTest };
	const pushes = person ? await pushAddressesOf(db, person.id) : [];
	return transaction(db, async (tx) => {
		const alarmId = isTest ? null : asking.alarmId;
		const escalationId = await addEscalation(tx, {
			...{ id: randomUUID(), subjectId: asking.subjectId, alarmId, spokeAt, rung, role, person, at: now, isTest },
		});
		if (escalationId === undefined) return [];
		const notice = { escalationId, at: now };
		if (person)
			await addNotice(tx, { ...notice, id: randomUUID(), channel: 'page', address: person.id, body, state: 'sent' });
		for (const { endpoint } of pushes)
			await addNotice(tx, { ...notice, id: randomUUID(), channel: 'push', address: endpoint, body });
		if (webhook) await addNotice(tx, { ...notice, id: randomUUID(), channel: 'webhook', address: webhook, body });
		return appendEvents(tx, [eventOf(asking, { rung, role, vacant, person, isTest }, now)]);
	});
}

function eventOf(
	{ alarmId, siteId, townCode }: Asking,
	{
		rung,
		role,
		vacant,
		person,
		isTest,
	}: Pick<Step, 'rung' | 'role' | 'vacant' | 'isTest'> & { person: { id: string; name: string } | null },
	at: Date,
): NewEvent {
	const data: EscalatedNote = {
		...{ alarmId, rung, role, vacant, personId: person?.id ?? null, personName: person?.name ?? null, isTest },
	};
	const subject: NewEvent['subject'] = { kind: 'alarm', id: alarmId };
	if (siteId !== null) subject.siteId = siteId;
	if (townCode !== null) subject.townCode = townCode;
	return { at, type: 'alarm:escalated', subject, data: { ...data } };
}

/** What a message says; the gateway makes its SMS of it. */
async function textOf(
	db: Db,
	{ alarmId, alarms, level, townName }: Asking,
	describe: Describe,
	vacant: readonly DutyRole[],
	isTest: boolean,
) {
	const absent = absenceText(townName, vacant);
	if (isTest) return { alarmId, level, title: '告警升级演练', text: joined('这是演练，无需处置', absent), alarms: 0 };
	const [row] = await alarmsInScope(db, SYSTEM, { id: alarmId, limit: 1, after: 0 });
	const signs = row?.condition === alarmRules.pit.dangerSign.condition ? await openSigns(db, row.deviceId) : [];
	const more = alarms > 1 ? `等 ${alarms} 条` : '';
	return {
		...{ alarmId, level, alarms, condition: row?.condition ?? '', raisedAt: row?.raisedAt.toISOString() ?? null },
		title: `${LEVEL[level]}告警${more}`,
		text: joined(row ? alarmText(row, describe(row.deviceId, row.objectNo), signs) : '', absent),
	};
}

const LEVEL = { danger: '红色', warning: '橙色', notice: '黄色' } as const;
