// A person's move on one alarm or many: acknowledge, assign, verify, close, shelve, comment, take back. What the domain
// refuses for one is told for that one; the others are moved. All in one transaction, with history, events and audit.

import { lifeRules } from '#db/rules/alarm-life.ts';
import type { EventMessage, MoveRequest } from '#lib/contract/events.ts';
import type { Action } from '#lib/domain/access/action.ts';
import { authorize, scopeOf } from '#lib/domain/access/authorize.ts';
import { move, type Deed, type LifeRefusal, type Who } from '#lib/domain/alarm/life.ts';
import { humanOf, undo, type Human, type UndoRefusal } from '#lib/domain/alarm/undo-move.ts';
import { alarmEvent, withLife, type AlarmRow, type Describe } from '../alarms/alarm-row.ts';
import { audit } from '../audit/audit.ts';
import { signedBy, type Caller } from '../auth/caller.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { appendEvents, type NewEvent } from '../events/log.ts';
import { isUuid } from '../http/uuid.ts';
import { alarmsForChange, putAlarms } from '../repositories/alarm.ts';
import { addSteps, lastStepOf, type AlarmStep } from '../repositories/alarm-step.ts';
import { personById } from '../repositories/person.ts';

export type MoveRefusal = LifeRefusal | UndoRefusal | 'not-found' | 'forbidden';

export interface MovedAlarms {
	moved: string[];
	refused: { id: string; reason: MoveRefusal }[];
	/** To announce after the commit. */
	events: EventMessage[];
}

const ACTION: Record<MoveRequest['move'], Action> = {
	acknowledge: 'alarm:acknowledge',
	assign: 'alarm:handle',
	verify: 'alarm:handle',
	close: 'alarm:handle',
	shelve: 'alarm:shelve',
	confirmShelf: 'alarm:shelve',
	unshelve: 'alarm:shelve',
	comment: 'alarm:comment',
	undo: 'alarm:acknowledge',
};

export async function moveAlarms(
	db: Db,
	caller: Caller,
	request: MoveRequest,
	describe: Describe,
): Promise<MovedAlarms> {
	const { principal, now } = caller;
	const entry = { ...signedBy(caller), action: `alarm:${request.move}` as const, object: objectOf(request.alarms) };
	const by: Who = {
		id: 'id' in principal ? principal.id : 'system',
		name: 'name' in principal ? principal.name : 'system',
	};
	const wanted = [...new Set(request.alarms.filter(isUuid))];

	return transaction(db, async (tx): Promise<MovedAlarms> => {
		const to = request.move === 'assign' && isUuid(request.to) ? await personById(tx, request.to) : undefined;
		const found = await alarmsForChange(tx, scopeOf(principal), wanted);
		const known = new Set(found.map(({ id }) => id));
		const refused: MovedAlarms['refused'] = request.alarms
			.filter((id) => !known.has(id))
			.map((id) => ({ id, reason: 'not-found' }));
		const rows: AlarmRow[] = [];
		const steps: AlarmStep[] = [];
		const events: NewEvent[] = [];
		for (const { townCode, gridCode, ...alarm } of found) {
			const { id, siteId } = alarm;
			const place = { townCode, gridCode, siteId: siteId ?? undefined };
			if (!authorize(principal, ACTION[request.move], place).ok) {
				refused.push({ id, reason: 'forbidden' });
				continue;
			}
			const moved = await next(tx, alarm, request, by, to, now);
			if (!moved.ok) {
				refused.push({ id, reason: moved.reason });
				continue;
			}
			const row = { ...withLife(alarm, moved.life, now, by.name), revision: alarm.revision + 1 };
			const before = moved.before && { before: moved.before };
			rows.push(row);
			steps.push({
				alarmId: id,
				at: now,
				move: request.move,
				by,
				level: row.level,
				note: noteOf(request, to),
				...before,
			});
			events.push(alarmEvent('alarm:changed', row, { ...describe(row.deviceId, row.objectNo), townCode }, now));
		}
		await putAlarms(tx, rows);
		await addSteps(tx, steps);
		const appended = await appendEvents(tx, events);
		const moved = rows.map(({ id }) => id);
		const isDenied = rows.length === 0 && refused.some(({ reason }) => reason === 'forbidden');
		if (rows.length > 0 || isDenied) {
			const detail = request.alarms.length > 1 ? { alarms: moved, note: request.note } : { note: request.note };
			await audit(tx, { ...entry, detail, outcome: isDenied ? 'denied' : 'done' });
		}
		return { moved, refused, events: appended };
	});
}

type Next = { ok: true; life: AlarmRow['life']; before?: Human } | { ok: false; reason: MoveRefusal };

async function next(
	tx: Db,
	{ id, life }: AlarmRow,
	request: MoveRequest,
	by: Who,
	to: Who | undefined,
	now: Date,
): Promise<Next> {
	const atMs = now.getTime();
	if (request.move === 'comment') return { ok: true, life };
	if (request.move === 'undo') return undo(life, await lastStepOf(tx, id), by, atMs, lifeRules);
	if (request.move === 'assign' && !to) return { ok: false, reason: 'not-found' };
	const moved = move(life, deedOf(request, by, to, atMs), lifeRules);
	return moved.ok ? { ...moved, before: humanOf(life) } : moved;
}

function deedOf(
	request: Exclude<MoveRequest, { move: 'comment' | 'undo' }>,
	by: Who,
	to: Who | undefined,
	atMs: number,
): Deed {
	switch (request.move) {
		case 'assign': {
			const promisedMs = request.promisedAt ? Date.parse(request.promisedAt) : null;
			return { kind: 'assign', by, to: to!, promisedMs };
		}
		case 'shelve': {
			const untilMs = request.until ? Date.parse(request.until) : atMs + lifeRules.shelfDefault.value * 3_600_000;
			return { kind: 'shelve', by, reason: request.note, atMs, untilMs };
		}
		case 'confirmShelf':
			return { kind: 'confirmShelf', by, atMs };
		default:
			return { kind: request.move, by };
	}
}

function noteOf(request: MoveRequest, to: Who | undefined): string | null {
	return [to?.name, request.note].filter(Boolean).join(' · ') || null;
}

function objectOf(ids: readonly string[]): string {
	return ids.length === 1 ? `alarm ${ids[0]}` : `${ids.length} alarms`;
}
