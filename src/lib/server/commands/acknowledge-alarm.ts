// Somebody has taken notice of an alarm. It stays open until it is over; one that is latched may end from now on.

import type { AlarmMessage, EventMessage } from '#lib/contract/events.ts';
import { authorize, scopeOf } from '#lib/domain/access/authorize.ts';
import { audit } from '../audit/audit.ts';
import { signedBy, type Caller } from '../auth/caller.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { appendEvents } from '../events/log.ts';
import { alarmForChange, alarmMessage, markAcknowledged } from '../repositories/alarm.ts';

export type AcknowledgeAlarm =
	| { ok: true; events: EventMessage[] }
	| { ok: false; reason: 'not-found' | 'forbidden' | 'already-acknowledged' | 'cleared' };

/** What an alarm is about, as people call it and where it stands. */
export type Describe = (
	deviceId: string,
	objectNo: number | null,
) => Pick<AlarmMessage, 'subjectName' | 'siteName' | 'at'>;

/** @returns with the events to announce after the commit */
export async function acknowledgeAlarm(
	db: Db,
	caller: Caller,
	alarmId: string,
	describe: Describe,
): Promise<AcknowledgeAlarm> {
	const { principal, now } = caller;
	const entry = { ...signedBy(caller), action: 'alarm:acknowledge', object: `alarm ${alarmId}` };
	return transaction(db, async (tx): Promise<AcknowledgeAlarm> => {
		const alarm = UUID.test(alarmId) ? await alarmForChange(tx, scopeOf(principal), alarmId) : undefined;
		if (!alarm) return { ok: false, reason: 'not-found' };
		const { townCode } = alarm;
		if (!authorize(principal, 'alarm:acknowledge', { townCode, siteId: alarm.siteId ?? undefined }).ok) {
			await audit(tx, { ...entry, outcome: 'denied' });
			return { ok: false, reason: 'forbidden' };
		}
		if (alarm.clearedAt) return { ok: false, reason: 'cleared' };
		if (alarm.acknowledgedAt) return { ok: false, reason: 'already-acknowledged' };

		const by = principal.kind === 'person' ? principal.name : entry.actor;
		const { revision } = await markAcknowledged(tx, alarm.id, { at: now, by });
		const message = alarmMessage(
			{ ...alarm, acknowledgedAt: now, acknowledgedBy: by, revision },
			describe(alarm.deviceId, alarm.objectNo),
		);
		const subject: EventMessage['subject'] = { kind: 'alarm', id: alarm.id };
		if (alarm.objectNo !== null) subject.no = alarm.objectNo;
		if (alarm.siteId !== null) subject.siteId = alarm.siteId;
		if (townCode !== null) subject.townCode = townCode;
		const events = await appendEvents(tx, [{ at: now, type: 'alarm:changed', subject, data: { ...message } }]);
		await audit(tx, { ...entry, outcome: 'done' });
		return { ok: true, events };
	});
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
