// Something that reports and is watched, and those that have to be judged anew when it has spoken: a crane whose jib
// comes near another's, a wall of which one more point agrees.

import type { Change } from './condition.ts';
import { derive, observe, silence, type MeasureRules, type Watch } from './watch.ts';

export interface Speaker {
	watches: Watch[];
	/** What it said last. */
	latest: Readonly<Record<string, unknown>>;
	/** When that was measured, ms; NaN before the first. */
	latestMs: number;
	/** Speakers with a derived watch that looks at this one, itself among them. */
	informs: readonly Speaker[];
}

/** Told of every change of an alarm. */
export type Told = (speaker: Speaker, watched: Watch, change: Change) => void;

/** Takes one reading and judges it. One that is not newer than the last changes nothing. */
export function hear(
	speaker: Speaker,
	rules: MeasureRules,
	atMs: number,
	values: Readonly<Record<string, unknown>>,
	told: Told,
): void {
	if (atMs <= speaker.latestMs) return;
	speaker.latest = values;
	speaker.latestMs = atMs;
	for (const watched of speaker.watches) {
		const change = observe(watched, rules, atMs, values);
		if (change) told(speaker, watched, change);
	}
	overhear(speaker, atMs, told);
}

/** Judges the derived watches that look at a speaker. */
export function overhear(speaker: Speaker, atMs: number, told: Told): void {
	for (const other of speaker.informs) {
		for (const watched of other.watches) {
			const change = watched.derive && derive(watched, { who: speaker, atMs });
			if (change) told(other, watched, change);
		}
	}
}

/** It fell silent: nothing counts on, and what looks at it no longer knows. */
export function fallSilent(speaker: Speaker): void {
	speaker.watches.forEach(silence);
	speaker.latest = {};
}
