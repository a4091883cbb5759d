// Ends the embedded engine of a test's folder and waits until it is gone.

import { setTimeout as sleep } from 'node:timers/promises';
import { placeOf } from '#lib/server/db/engine/place.ts';
import { holderOf } from '#lib/server/db/lock.ts';

/** @param signal - SIGTERM ends it in good order, SIGKILL as a crash would */
export async function endEngine(dataDir: string, signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
	const { lock } = placeOf(dataDir);
	const holder = holderOf(lock);
	if (!holder) return;
	process.kill(holder.pid, signal);
	while (holderOf(lock)?.pid === holder.pid) await sleep(20);
}
