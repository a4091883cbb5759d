// Takes a device out of service for maintenance, with a reason and an end, or back into it. Its alarms are kept and
// counted but ask for nobody meanwhile. Danger that holds is put on the shelf by two people first.

import type { ServiceRequest } from '#lib/contract/alarm.ts';
import type { EventMessage } from '#lib/contract/events.ts';
import { authorize } from '#lib/domain/access/authorize.ts';
import { SYSTEM } from '#lib/domain/access/scope.ts';
import { needsSecond } from '#lib/domain/alarm/life.ts';
import { audit } from '../audit/audit.ts';
import { signedBy, type Caller } from '../auth/caller.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { Fault } from '../errors.ts';
import { appendEvents } from '../events/log.ts';
import { alarmsInScope } from '../repositories/alarm.ts';
import { addService, endService, placeOfDevice } from '../repositories/service.ts';

/**
 * @returns the events to announce after the commit
 * @throws Fault not-found, forbidden, bad-input, conflict
 */
export async function setService(
	db: Db,
	caller: Caller,
	deviceId: string,
	{ until, reason }: ServiceRequest,
): Promise<EventMessage[]> {
	const { principal, now } = caller;
	const place = await placeOfDevice(db, deviceId);
	if (!place) throw new Fault('not-found', deviceId, '没有这台设备 · There is no such device.');
	const resource = { townCode: place.townCode, gridCode: place.gridCode, siteId: place.siteId ?? undefined };
	if (!authorize(principal, 'device:service', resource).ok || principal.kind !== 'person')
		throw new Fault('forbidden', deviceId, '您不能停用此设备 · You may not take this device out of service.');
	const end = until === null ? null : new Date(until);
	if (end && !(end > now))
		throw new Fault('bad-input', 'until', '停用截止时间须在将来 · Out of service must end in the future.');

	return transaction(db, async (tx) => {
		const open = end ? await alarmsInScope(tx, SYSTEM, { state: 'open', device: deviceId, limit: 100, after: 0 }) : [];
		if (open.some(({ life }) => needsSecond(life)))
			throw new Fault(
				'conflict',
				deviceId,
				'该设备有未恢复的红色告警，停用会使其不再提醒：请先申请搁置并由第二人同意 · A red alarm of this device holds and would be silenced: shelve it with a second person first.',
			);
		const wasOut = await endService(tx, deviceId, now);
		if (!end && !wasOut) throw new Fault('conflict', deviceId, '设备没有停用 · The device is not out of service.');
		const by = { id: principal.id, name: principal.name };
		if (end) await addService(tx, { deviceId, reason, by, from: now, until: end });
		const subject: EventMessage['subject'] = { kind: 'device', id: deviceId };
		if (place.siteId !== null) subject.siteId = place.siteId;
		if (place.townCode !== null) subject.townCode = place.townCode;
		const data = { deviceId, until: end?.toISOString() ?? null, reason, by: by.name };
		const events = await appendEvents(tx, [{ at: now, type: 'device:service', subject, data }]);
		const detail = { until: data.until, reason };
		await audit(tx, {
			...signedBy(caller),
			action: 'device:service',
			object: `device ${deviceId}`,
			detail,
			outcome: 'done',
		});
		return events;
	});
}
