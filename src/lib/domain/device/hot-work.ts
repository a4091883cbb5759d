// A welding machine that works: since when, where, and how long its word holds. The pin on the map lives between its
// start and its stop; one that falls silent becomes unknown and then goes, because a pin must not outlive its fire.

import { distanceM, type LngLat } from '../geo.ts';
import type { Rule } from '../rule.ts';

export interface HotWorkRules {
	/** Seconds after its last word from which on nobody knows whether it still welds; reached counts. */
	unknownAfter: Rule;
	/** Seconds after its last word from which on it is not shown any more; reached counts. */
	goneAfter: Rule;
	/** Metres from its site beyond which a position of its own is not believed. */
	stray: Rule;
}

export interface HotWork {
	/** Moment it said it began, ms. */
	sinceMs: number;
	/** Moment it said last that it welds, ms. */
	saidMs: number;
	/** Where it said it was; null: it does not say, it is somewhere on its site. */
	at: LngLat | null;
}

/** `gone` is not shown. There is no state that says that nothing burns: silence proves nothing. */
export type HotWorkState = 'welding' | 'unknown' | 'gone';

/**
 * Takes one reading in.
 *
 * @param before - null while it does not weld
 * @param site - where the site it is bound to lies
 * @returns what holds now; a reading that says nothing of welding, or is older than its last word, changes nothing
 */
export function heardHotWork(
	before: HotWork | null,
	rules: HotWorkRules,
	atMs: number,
	values: Readonly<Record<string, unknown>>,
	site: LngLat,
): HotWork | null {
	if (before && atMs < before.saidMs) return before;
	if (values['welding'] === false) return null;
	// Shown once more after a restart, it is no new word.
	if (values['welding'] !== true || atMs === before?.saidMs) return before;
	const goesOn = before !== null && hotWorkState(before, atMs, rules) !== 'gone';
	const at = positionOf(values, site, rules) ?? (goesOn ? before.at : null);
	return { sinceMs: goesOn ? before.sinceMs : atMs, saidMs: atMs, at };
}

export function hotWorkState({ saidMs }: HotWork, nowMs: number, rules: HotWorkRules): HotWorkState {
	const silentS = (nowMs - saidMs) / 1000;
	if (silentS >= rules.goneAfter.value) return 'gone';
	return silentS >= rules.unknownAfter.value ? 'unknown' : 'welding';
}

function positionOf(
	{ longitude, latitude }: Readonly<Record<string, unknown>>,
	site: LngLat,
	{ stray }: HotWorkRules,
): LngLat | undefined {
	if (typeof longitude !== 'number' || typeof latitude !== 'number') return undefined;
	const at: LngLat = [longitude, latitude];
	return distanceM(at, site) <= stray.value ? at : undefined;
}
