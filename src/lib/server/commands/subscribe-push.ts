// A browser of a person subscribes to web push.

import { audit } from '../audit/audit.ts';
import { signedBy, type Caller } from '../auth/caller.ts';
import { deviceKind } from '../auth/device-kind.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { Fault } from '../errors.ts';
import { putPushAddress, type PushAddress } from '../repositories/notice.ts';

/** @throws Fault forbidden for who is no person */
export async function subscribePush(db: Db, caller: Caller, address: PushAddress, agent: string): Promise<void> {
	const { principal, now } = caller;
	if (principal.kind !== 'person')
		throw new Fault('forbidden', 'push', '只有登录的人员可以订阅 · Only people can subscribe.');
	const device = deviceKind(agent);
	await transaction(db, async (tx) => {
		await putPushAddress(tx, { ...address, personId: principal.id, device, at: now });
		await audit(tx, { ...signedBy(caller), action: 'push:subscribe', object: device, outcome: 'done' });
	});
}
