// A key that speaks for what is not its own: told to the audit trail, where a stolen or wrongly configured key shows.
// Once an hour per key and device, and at most so many a minute, so that whoever floods cannot fill the trail.

import { doorRules } from '#db/rules/access.ts';
import { audit } from '../audit/audit.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';

export interface Trespass {
	keyId: string;
	/** How the key came: `http`, `mqtt`. */
	protocol: string;
	/** The device it spoke for, as it was named. */
	device: string;
	why: string;
}

export interface TrespassWatch {
	note(trespass: Trespass): void;
	/** Times a key spoke for what is not its own, told or not. */
	count(): number;
	/** Waits until what was noted is written. */
	idle(): Promise<void>;
}

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
/** Pairs remembered; beyond them an hour begins anew for all. */
const REMEMBERED = 10_000;

export function createTrespassWatch(db: Db, now: () => number, onFault: (error: unknown) => void): TrespassWatch {
	const toldAt = new Map<string, number>();
	let [minute, inMinute, count] = [0, 0, 0];
	let writing = Promise.resolve();

	function isNew(pair: string): boolean {
		const nowMs = now();
		if (nowMs - (toldAt.get(pair) ?? -Infinity) < HOUR_MS) return false;
		const current = Math.floor(nowMs / MINUTE_MS);
		if (current !== minute) [minute, inMinute] = [current, 0];
		if (++inMinute > doorRules.trespassesPerMinute.value) return false;
		if (toldAt.size >= REMEMBERED) toldAt.clear();
		toldAt.set(pair, nowMs);
		return true;
	}

	return {
		note({ keyId, protocol, device, why }) {
			count++;
			if (!isNew(`${keyId} ${device}`)) return;
			const entry = { action: 'telemetry:send', object: `device ${device.slice(0, 100)}`, outcome: 'denied' } as const;
			const actor = { actor: `token:${keyId}`, actorKind: 'token' };
			writing = writing
				.then(() =>
					transaction(db, (tx) => audit(tx, { ...actor, ...entry, at: new Date(now()), detail: { protocol, why } })),
				)
				.catch(onFault);
		},
		count: () => count,
		idle: () => writing,
	};
}
