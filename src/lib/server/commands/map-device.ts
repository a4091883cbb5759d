// Says what a vendor calls a device and how its frames are read; holds from the next frame on, and for replays.

import type { MappingWish } from '#lib/contract/devices.ts';
import { authorize } from '#lib/domain/access/authorize.ts';
import { audit } from '../audit/audit.ts';
import { signedBy, type Caller } from '../auth/caller.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { isDevice, saveDeviceMapping } from '../repositories/device-mapping.ts';

export type MapDevice = { ok: true } | { ok: false; reason: 'forbidden' | 'unknown-device' };

export async function mapDevice(db: Db, caller: Caller, wish: MappingWish): Promise<MapDevice> {
	if (!authorize(caller.principal, 'telemetry:repair').ok) return { ok: false, reason: 'forbidden' };
	const signed = signedBy(caller);
	return transaction(db, async (tx) => {
		if (wish.deviceId !== null && !(await isDevice(tx, wish.deviceId))) return { ok: false, reason: 'unknown-device' };
		await saveDeviceMapping(tx, { ...wish, changedAt: caller.now, changedBy: signed.actor });
		const object = `mapping ${wish.protocol} ${wish.externalId}`;
		await audit(tx, { ...signed, action: 'telemetry:repair', object, detail: wish, outcome: 'done' });
		return { ok: true };
	});
}
