// What the cranes of the demonstration do with a stop order: most sites stop within the time they have, a few work on
// until somebody calls. Orders come from the platform's public list; time and seed are arguments.

import type { NoticeView } from '#lib/contract/flood.ts';
import { seeded } from '#lib/domain/random.ts';

export interface StopOrders {
	/** The orders as the platform lists them, and when they were read. */
	heard(notices: readonly NoticeView[], timeMs: number): void;
	/** Whether the cranes of a site stand still because they were told to. */
	holds(siteId: string, timeMs: number): boolean;
}

/** Of the sites that are told to stop, so many work on. */
const BREAKS_SHARE = 0.02;
/** What a site takes to call its cranes off, as a share of the time it has from hearing the order; a load that hangs is put down then. */
const OBEYS_SHARE = [0.07, 0.4] as const;
/** How long one that was caught takes, after the platform has noticed. */
const CALLED_MS = [8 * 60_000, 25 * 60_000] as const;

export function stopOrders(seed: string): StopOrders {
	/** From when on the cranes of a site stand; Infinity: not before somebody calls. */
	const standsFrom = new Map<string, number>();
	const between = (siteId: string, why: string, [from, to]: readonly [number, number]) =>
		seeded(`${seed}/${why}/${siteId}`).between(from, to);
	return {
		heard(notices, timeMs) {
			const ordered = notices.flatMap(({ siteId, movedAt, standBy, step }) =>
				standBy === null || step === 'ended' ? [] : [{ siteId, movedAt, hasMs: Date.parse(standBy) - timeMs }],
			);
			const still = new Set(ordered.map(({ siteId }) => siteId));
			for (const siteId of standsFrom.keys()) if (!still.has(siteId)) standsFrom.delete(siteId);
			for (const { siteId, movedAt, hasMs } of ordered) {
				const known = standsFrom.get(siteId);
				if (known === undefined) {
					const breaks = seeded(`${seed}/breaks/${siteId}`).chance(BREAKS_SHARE);
					const takesMs = Math.max(0, hasMs) * between(siteId, 'obeys', OBEYS_SHARE);
					standsFrom.set(siteId, breaks ? Infinity : timeMs + takesMs);
				} else if (known === Infinity && movedAt !== null)
					standsFrom.set(siteId, timeMs + between(siteId, 'called', CALLED_MS));
			}
		},
		holds: (siteId, timeMs) => timeMs >= (standsFrom.get(siteId) ?? Infinity),
	};
}
