// Notes who has had which alarms before the eyes, when and on what kind of device. Seeing is no move: it changes nothing
// about an alarm and is not told to the others.

import { authorize, scopeOf } from '#lib/domain/access/authorize.ts';
import type { Principal } from '#lib/domain/access/principal.ts';
import { deviceKind } from '../auth/device-kind.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { isUuid } from '../http/uuid.ts';
import { idsInScope } from '../repositories/alarm-ids.ts';
import { noteSeen } from '../repositories/alarm-step.ts';
import { markPageReceived } from '../repositories/notice.ts';

/** @param agent - what the browser says it is */
export async function noteAlarmsSeen(
	db: Db,
	principal: Principal,
	alarmIds: readonly string[],
	agent: string,
	at: Date,
): Promise<void> {
	if (principal.kind !== 'person' || !authorize(principal, 'alarm:read').ok) return;
	await transaction(db, async (tx) => {
		const said = alarmIds.filter(isUuid);
		const ids = await idsInScope(tx, scopeOf(principal), said);
		await noteSeen(tx, ids, { id: principal.id, name: principal.name }, deviceKind(agent), at);
		await markPageReceived(tx, principal.id, said, at);
	});
}
