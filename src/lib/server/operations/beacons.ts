// What browsers report of themselves: counted, the first words of an error logged. Bounded per principal and in all, so
// that a page that fails in a loop, or somebody who plays with it, fills neither log nor memory.

import { beaconRules } from '#db/rules/operations.ts';
import type { Beacon } from '#lib/contract/beacon.ts';
import { nameOf, type Principal } from '#lib/domain/access/principal.ts';

export interface Beacons {
	/** @returns false when it was one too many and not looked at */
	take(principal: Principal, beacon: Beacon): boolean;
	counts(): Readonly<Record<Beacon['kind'] | 'dropped', number>>;
	/** Megabytes of the largest page that reported of late; undefined: none did. */
	largestHeapMb(): number | undefined;
}

const MINUTE_MS = 60_000;

export function createBeacons(now: () => number, log: (message: string) => void): Beacons {
	const counts = { error: 0, contextLost: 0, heap: 0, dropped: 0 };
	const inMinute = new Map<string, number>();
	const heaps = new Map<string, { mb: number; atMs: number }>();
	let [minute, all] = [0, 0];

	function isTooMany(who: string): boolean {
		const current = Math.floor(now() / MINUTE_MS);
		if (current !== minute) {
			[minute, all] = [current, 0];
			inMinute.clear();
			for (const [name, { atMs }] of heaps) if (now() - atMs > beaconRules.heapFor.value * 1000) heaps.delete(name);
		}
		const own = (inMinute.get(who) ?? 0) + 1;
		inMinute.set(who, own);
		return own > beaconRules.perMinute.value || ++all > beaconRules.perMinuteInAll.value;
	}

	return {
		take(principal, beacon) {
			const who = nameOf(principal);
			if (isTooMany(who)) {
				counts.dropped++;
				return false;
			}
			counts[beacon.kind]++;
			if (beacon.kind === 'error') log(beacon.message);
			if (beacon.kind === 'heap') heaps.set(who, { mb: beacon.mb, atMs: now() });
			return true;
		},
		counts: () => counts,
		largestHeapMb() {
			const fresh = [...heaps.values()].filter(({ atMs }) => now() - atMs <= beaconRules.heapFor.value * 1000);
			return fresh.length === 0 ? undefined : Math.max(...fresh.map(({ mb }) => mb));
		},
	};
}
