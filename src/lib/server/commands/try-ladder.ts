// A drill: every rung of the ladder is told at once, through the same channels, marked as a drill everywhere.

import { randomUUID } from 'node:crypto';
import { ladderRules } from '#db/rules/escalation.ts';
import type { EventMessage } from '#lib/contract/events.ts';
import { authorize } from '#lib/domain/access/authorize.ts';
import { onDuty } from '#lib/domain/alarm/escalation.ts';
import { audit } from '../audit/audit.ts';
import { signedBy, type Caller } from '../auth/caller.ts';
import { transaction } from '../db/transaction.ts';
import { Fault } from '../errors.ts';
import { tellRung, type EscalateParts } from '../notify/escalate.ts';
import { shiftsBetween } from '../repositories/duty.ts';

/** @throws Fault forbidden */
export async function tryLadder(parts: EscalateParts, caller: Caller): Promise<EventMessage[]> {
	const { principal, now } = caller;
	if (!authorize(principal, 'duty:manage').ok)
		throw new Fault('forbidden', 'duty', '您不能发起演练 · You may not start a drill.');
	return transaction(parts.db, async (tx) => {
		const shifts = await shiftsBetween(tx, now, new Date(now.getTime() + 1));
		const id = randomUUID();
		const drill = {
			subjectId: id,
			alarmId: id,
			townCode: null,
			townName: null,
			siteId: null,
			level: 'danger',
			alarms: 0,
			spokeAt: now,
		} as const;
		const events: EventMessage[] = [];
		for (const [rung, { role }] of ladderRules.danger.entries()) {
			// A drill reaches whoever holds the role anywhere: the supervisor of some town stands for all.
			const shift = onDuty(shifts, role, null, now.getTime()) ?? shifts.find((one) => one.role === role);
			const step = { rung, role, shift, vacant: shift ? [] : [role], spokeAt: now, isTest: true };
			events.push(...(await tellRung({ ...parts, db: tx }, drill, step, now)));
		}
		await audit(tx, { ...signedBy(caller), action: 'duty:drill', object: 'ladder', outcome: 'done' });
		return events;
	});
}
