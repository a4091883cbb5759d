// What people report at a pit: a sign of danger, that it is over, that the daily walk was done. A sign of danger raises
// its alarm by the same event that tells of it, so that no moment lies between the two.

import { randomUUID } from 'node:crypto';
import type { EventMessage } from '#lib/contract/events.ts';
import type { DangerWish, WalkWish } from '#lib/contract/pit-section.ts';
import { shanghaiDayOf } from '#lib/domain/alarm/back-test.ts';
import { authorize } from '#lib/domain/access/authorize.ts';
import { calledBy, nameOf } from '#lib/domain/access/principal.ts';
import { audit } from '../audit/audit.ts';
import { signedBy, type Caller } from '../auth/caller.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { Fault } from '../errors.ts';
import { appendEvents } from '../events/log.ts';
import {
	addButton,
	endDanger,
	insertDanger,
	pitForReport,
	putWalk,
	type ReportedPit,
} from '../repositories/pit-watch.ts';

/** @returns events to announce after the commit: the alarm follows them */
export async function reportDanger(db: Db, caller: Caller, pitId: string, wish: DangerWish): Promise<EventMessage[]> {
	const id = randomUUID();
	const photo = wish.photo && { type: wish.photo.type, bytes: Buffer.from(wish.photo.data, 'base64') };
	return transaction(db, async (tx) => {
		const pit = await permitted(tx, caller, pitId);
		await addButton(tx, pit);
		await insertDanger(tx, {
			...{ id, pitId, sign: wish.sign, note: wish.note, photo },
			...{ reportedAt: caller.now, reportedBy: nameOf(caller.principal), reportedByName: calledBy(caller.principal) },
		});
		return told(tx, caller, pit, 'pit:report-danger', { dangerId: id, sign: wish.sign, how: 'reported' });
	});
}

/** The sign is over; the alarm ends once it has been acknowledged too. */
export async function endPitDanger(
	db: Db,
	caller: Caller,
	pitId: string,
	{ dangerId, note }: { dangerId: string; note: string },
): Promise<EventMessage[]> {
	return transaction(db, async (tx) => {
		const pit = await permitted(tx, caller, pitId);
		if (!(await endDanger(tx, pitId, dangerId, { at: caller.now, name: calledBy(caller.principal), note })))
			throw new Fault('not-found', dangerId, '没有这条险情，或已解除 · There is no such sign, or it is over already.');
		return told(tx, caller, pit, 'pit:end-danger', { dangerId, how: 'ended' });
	});
}

export async function recordWalk(db: Db, caller: Caller, pitId: string, wish: WalkWish): Promise<void> {
	if (wish.day > shanghaiDayOf(caller.now.getTime()))
		throw new Fault('bad-input', 'day', '巡视日期不能晚于今天 · The day of a walk cannot lie ahead.');
	await transaction(db, async (tx) => {
		const pit = await permitted(tx, caller, pitId);
		await putWalk(tx, {
			id: randomUUID(),
			pitId,
			...wish,
			recordedAt: caller.now,
			recordedByName: calledBy(caller.principal),
		});
		await audit(tx, {
			...signedBy(caller),
			action: 'pit:walk',
			object: `pit ${pit.no}`,
			detail: wish,
			outcome: 'done',
		});
	});
}

async function permitted(tx: Db, { principal }: Caller, pitId: string): Promise<ReportedPit> {
	const pit = await pitForReport(tx, pitId);
	if (!pit) throw new Fault('not-found', `pit ${pitId}`, '没有这个基坑 · There is no such pit.');
	const { townCode, gridCode, siteId } = pit;
	if (!authorize(principal, 'pit:report', { townCode, gridCode, siteId }).ok)
		throw new Fault('forbidden', `pit ${pit.no}`, '您不能在此基坑上报 · You may not report at this pit.');
	return pit;
}

async function told(
	tx: Db,
	caller: Caller,
	pit: ReportedPit,
	action: 'pit:report-danger' | 'pit:end-danger',
	data: { dangerId: string; sign?: number; how: 'reported' | 'ended' },
): Promise<EventMessage[]> {
	const { id, no, siteId, townCode } = pit;
	const events = await appendEvents(tx, [
		{
			at: caller.now,
			type: 'pit:danger',
			subject: { kind: 'pit', id, no, siteId, ...(townCode === null ? {} : { townCode }) },
			data: { pitId: id, ...data },
		},
	]);
	await audit(tx, { ...signedBy(caller), action, object: `pit ${no}`, detail: data, outcome: 'done' });
	return events;
}
