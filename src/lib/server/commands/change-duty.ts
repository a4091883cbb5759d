// Puts somebody on the duty roster, or takes a shift off it.

import { randomUUID } from 'node:crypto';
import type { NewShift } from '#lib/contract/alarm-desk.ts';
import type { EventMessage } from '#lib/contract/events.ts';
import { authorize } from '#lib/domain/access/authorize.ts';
import { audit } from '../audit/audit.ts';
import { signedBy, type Caller } from '../auth/caller.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { Fault } from '../errors.ts';
import { appendEvents } from '../events/log.ts';
import { addShift, removeShift } from '../repositories/duty.ts';
import { personById } from '../repositories/person.ts';

/** @throws Fault forbidden, bad-input, not-found */
export async function changeDuty(
	db: Db,
	caller: Caller,
	change: { add: NewShift } | { remove: string },
): Promise<EventMessage[]> {
	const { principal, now } = caller;
	if (!authorize(principal, 'duty:manage').ok)
		throw new Fault('forbidden', 'duty', '您不能修改值班表 · You may not change the roster.');
	const entry = signedBy(caller);
	return transaction(db, async (tx) => {
		if ('add' in change) {
			const { role, area, personId, from, to } = change.add;
			const person = await personById(tx, personId);
			if (!person || person.disabledAt)
				throw new Fault('not-found', personId, '没有此人或账号已停用 · There is no such person, or not any more.');
			if (!(Date.parse(to) > Date.parse(from)))
				throw new Fault('bad-input', 'to', '下班时间须晚于上班时间 · A shift ends after it begins.');
			const by = entry.actor;
			await addShift(tx, {
				...{ id: randomUUID(), role, area, personId, from: new Date(from), to: new Date(to), by, at: now },
			});
		} else if (!(await removeShift(tx, change.remove)))
			throw new Fault('not-found', change.remove, '没有这个班次 · There is no such shift.');
		const events = await appendEvents(tx, [
			{ at: now, type: 'duty:changed', subject: { kind: 'duty', id: 'roster' }, data: {} },
		]);
		const [action, object] =
			'add' in change ? (['duty:add', change.add.role] as const) : (['duty:remove', change.remove] as const);
		await audit(tx, { ...entry, action, object, detail: change, outcome: 'done' });
		return events;
	});
}
