// Several connections to one broker carry one device's messages side by side. They wait a few milliseconds for each
// other and go on in the order the devices measured, so that none is judged as if it had come late.

import { instantUs } from '#lib/domain/device/clock.ts';
import type { Ingest } from '../accept.ts';

/** @param windowMs - how far the connections may be apart */
export function inOrder(ingest: Ingest, windowMs: number): Ingest {
	interface Held {
		atUs: number;
		go: () => void;
	}
	let held: Held[] = [];

	function release(): void {
		const ready = held.sort((a, b) => a.atUs - b.atUs);
		held = [];
		for (const { go } of ready) go();
	}

	return {
		...ingest,
		accept: (items, narrowing, from) =>
			new Promise((resolve, reject) => {
				if (held.length === 0) setTimeout(release, windowMs);
				const { at } = (items[0] ?? {}) as { at?: unknown };
				const atUs = typeof at === 'string' ? instantUs(at) : NaN;
				held.push({
					atUs: Number.isNaN(atUs) ? Infinity : atUs,
					go: () => void ingest.accept(items, narrowing, from).then(resolve, reject),
				});
			}),
	};
}
