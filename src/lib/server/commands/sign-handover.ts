// Two people sign a shift over: the one who leaves freezes the sheet, the one who comes takes what stands on it, or refuses
// it and says why.

import { randomUUID } from 'node:crypto';
import type { HandoverReply, HandoverSheet } from '#lib/contract/alarm-desk.ts';
import type { EventMessage } from '#lib/contract/events.ts';
import { authorize } from '#lib/domain/access/authorize.ts';
import { SYSTEM } from '#lib/domain/access/scope.ts';
import type { Who } from '#lib/domain/alarm/life.ts';
import { audit } from '../audit/audit.ts';
import { signedBy, type Caller } from '../auth/caller.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { Fault } from '../errors.ts';
import { appendEvents, type NewEvent } from '../events/log.ts';
import {
	addHandover,
	answerHandover,
	handoverForChange,
	lastHandover,
	lockHandovers,
	type HandoverRow,
} from '../repositories/handover.ts';

/** `seen`: what the sheet said that the officer had before the eyes. */
export interface Leaving {
	sheet: HandoverSheet;
	note: string;
	area: string;
	seen: { from: string; reds: readonly string[] };
}

/**
 * @returns the id of the sheet, and the events to announce
 * @throws Fault forbidden, conflict
 */
export async function signHandover(
	db: Db,
	caller: Caller,
	{ area, sheet, note, seen }: Leaving,
): Promise<{ id: string; events: EventMessage[] }> {
	const { by } = officer(caller);
	const { now: at } = caller;
	return transaction(db, async (tx) => {
		const id = randomUUID();
		await refuseUnseen(tx, area, sheet, seen);
		await addHandover(tx, { area, sheet, note, id, by, at });
		const events = await appendEvents(tx, [signedEvent(id, by, at)]);
		await audit(tx, { ...signedBy(caller), action: 'handover:sign', object: `handover ${id}`, outcome: 'done' });
		return { id, events };
	});
}

/**
 * @returns the events to announce
 * @throws Fault forbidden, not-found, conflict
 */
export async function replyToHandover(
	db: Db,
	caller: Caller,
	id: string,
	{ reply, note }: HandoverReply,
): Promise<EventMessage[]> {
	const { by, grants } = officer(caller);
	const { now: at } = caller;
	return transaction(db, async (tx) => {
		const sheet = await handoverForChange(tx, id);
		if (!sheet || !grants.some(({ area }) => area === sheet.area))
			throw new Fault('not-found', id, '没有这张交接单 · There is no such sheet.');
		if (sheet.to)
			throw new Fault(
				'conflict',
				id,
				sheet.to.isRefused
					? `${sheet.to.name} 已退回此单 · ${sheet.to.name} has refused it already.`
					: `${sheet.to.name} 已签收 · It is signed already.`,
			);
		if (sheet.fromId === by.id)
			throw new Fault('conflict', id, '交班人不能自己接班 · Who leaves cannot take over from themselves.');
		const isRefused = reply === 'refuse';
		if (isRefused) await refuseFollowed(tx, sheet);
		await answerHandover(tx, id, { by, at, note, isRefused });
		const event: NewEvent = isRefused
			? {
					...{ at, type: 'handover:refused', subject: { kind: 'handover', id } },
					data: { id, from: sheet.from.name, by: by.name, reason: note },
				}
			: signedEvent(id, by, at);
		const events = await appendEvents(tx, [event]);
		await audit(tx, {
			...signedBy(caller),
			action: isRefused ? 'handover:refuse' : 'handover:sign',
			object: `handover ${id}`,
			...(note === '' ? {} : { detail: { note } }),
			outcome: 'done',
		});
		return events;
	});
}

function officer({ principal }: Caller) {
	if (principal.kind !== 'person' || !authorize(principal, 'handover:sign').ok)
		throw new Fault('forbidden', 'handover', '您不能签交接单 · You may not sign a hand-over.');
	return { by: { id: principal.id, name: principal.name }, grants: principal.grants };
}

const signedEvent = (id: string, by: Who, at: Date): NewEvent => ({
	...{ at, type: 'handover:signed', subject: { kind: 'handover', id } },
	data: { id, by: by.name },
});

/** What a later sheet already goes on from is not refused any more: that shift would belong to nobody. */
async function refuseFollowed(tx: Db, sheet: HandoverRow): Promise<void> {
	await lockHandovers(tx, sheet.area);
	const last = await lastHandover(tx, SYSTEM, sheet.area);
	if (last && last.id !== sheet.id)
		throw new Fault(
			'conflict',
			sheet.id,
			`${last.from.name} 已接着签了下一班，此单不能再退回 · ${last.from.name} has signed the next shift over already; this one cannot be refused any more.`,
		);
}

/** Nobody signs a sheet that has become another one since it was shown. */
async function refuseUnseen(
	tx: Db,
	area: string,
	sheet: HandoverSheet,
	seen: { from: string; reds: readonly string[] },
): Promise<void> {
	await lockHandovers(tx, area);
	const last = await lastHandover(tx, SYSTEM, area);
	if (last && Date.parse(last.sheet.to) !== Date.parse(seen.from))
		throw new Fault(
			'conflict',
			area,
			`${last.from.name} 已签过这一班，请看过新单再签 · ${last.from.name} has signed this shift over meanwhile; look at the new sheet.`,
		);
	const news = sheet.reds.filter(({ id }) => !seen.reds.includes(id)).length;
	if (news > 0)
		throw new Fault(
			'conflict',
			area,
			`交接单打开后又有 ${news} 条危险报警，请看过再签 · ${news} more of danger since the sheet was shown; look at them first.`,
		);
}
