// Two people sign a shift over: the one who leaves freezes the sheet, the one who comes signs what stands on it.

import { randomUUID } from 'node:crypto';
import type { HandoverSheet } from '#lib/contract/alarm-desk.ts';
import type { EventMessage } from '#lib/contract/events.ts';
import { authorize } from '#lib/domain/access/authorize.ts';
import { audit } from '../audit/audit.ts';
import { signedBy, type Caller } from '../auth/caller.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { Fault } from '../errors.ts';
import { appendEvents, type NewEvent } from '../events/log.ts';
import { addHandover, countersign, handoverForChange, lastHandover } from '../repositories/handover.ts';

/** `seen`: what the sheet said that the officer had before the eyes. */
export type Signature =
	| { sheet: HandoverSheet; note: string; area: string; seen: { from: string; reds: readonly string[] } }
	| { countersign: string };

/**
 * @returns the id of the sheet, and the events to announce
 * @throws Fault forbidden, not-found, conflict
 */
export async function signHandover(
	db: Db,
	caller: Caller,
	signature: Signature,
): Promise<{ id: string; events: EventMessage[] }> {
	const { principal, now } = caller;
	if (principal.kind !== 'person' || !authorize(principal, 'handover:sign').ok)
		throw new Fault('forbidden', 'handover', '您不能签交接单 · You may not sign a hand-over.');
	const by = { id: principal.id, name: principal.name };
	return transaction(db, async (tx) => {
		let id: string;
		if ('countersign' in signature) {
			id = signature.countersign;
			const sheet = await handoverForChange(tx, id);
			if (!sheet || !principal.grants.some(({ area }) => area === sheet.area))
				throw new Fault('not-found', id, '没有这张交接单 · There is no such sheet.');
			if (sheet.to) throw new Fault('conflict', id, `${sheet.to.name} 已签收 · It is signed already.`);
			if (sheet.fromId === by.id)
				throw new Fault('conflict', id, '交班人不能自己接班 · Who leaves cannot take over from themselves.');
			await countersign(tx, id, by, now);
		} else {
			id = randomUUID();
			const { area, sheet, note, seen } = signature;
			await refuseUnseen(tx, area, sheet, seen);
			await addHandover(tx, { area, sheet, note, id, by, at: now });
		}
		const event: NewEvent = {
			at: now,
			type: 'handover:signed',
			subject: { kind: 'handover', id },
			data: { id, by: by.name },
		};
		const events = await appendEvents(tx, [event]);
		await audit(tx, { ...signedBy(caller), action: 'handover:sign', object: `handover ${id}`, outcome: 'done' });
		return { id, events };
	});
}

/** Nobody signs a sheet that has become another one since it was shown. */
async function refuseUnseen(
	tx: Db,
	area: string,
	sheet: HandoverSheet,
	seen: { from: string; reds: readonly string[] },
): Promise<void> {
	const last = await lastHandover(tx, area);
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
