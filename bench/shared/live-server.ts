// What a benchmark asks of the server it has started.

import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { placeOf } from '../../src/lib/server/db/engine/place.ts';
import { holderOf } from '../../src/lib/server/db/lock.ts';
import { ask } from './talk.ts';

/** What it answers to `look`. */
export interface Seen {
	stored: number;
	judged: number;
	accepted: number;
	cpuS: number;
}

/** The server's counts once they do not move any more. */
export async function settled(server: ChildProcess): Promise<Seen> {
	let seen = await ask<Seen>(server, 'look');
	for (;;) {
		await sleep(100);
		const again = await ask<Seen>(server, 'look');
		if (again.stored === seen.stored && again.judged === seen.judged) return again;
		seen = again;
	}
}

/** @throws Error where a reading was acknowledged and not judged or stored, or the other way round */
export function same(acknowledged: number, before: Seen, after: Seen): void {
	const [stored, judged, accepted] = (['stored', 'judged', 'accepted'] as const).map((k) => after[k] - before[k]);
	if (acknowledged !== stored || acknowledged !== judged || acknowledged !== accepted)
		throw new Error(`${acknowledged} acknowledged, ${accepted} accepted, ${judged} judged, ${stored} stored.`);
}

/** The embedded engine outlives the server that started it; its folder can be removed once it has gone. */
export async function engineGone(dataDir: string): Promise<void> {
	const { lock } = placeOf(dataDir);
	const holder = holderOf(lock);
	if (!holder) return;
	process.kill(holder.pid, 'SIGTERM');
	while (holderOf(lock)) await sleep(50);
}
