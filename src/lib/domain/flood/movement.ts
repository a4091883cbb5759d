// Whether a crane works although it was told to stop. Slewing alone proves nothing: after a stop order the jib hangs
// free and turns with the wind, which is what it should do.

import type { Rule } from '../rule.ts';

export interface MovementRules {
	/** Seconds after the order in which work may still be brought to its end. */
	grace: Rule;
	/** Change of hook height or trolley radius that counts; reached, not exceeded. */
	hookM: Rule;
	radiusM: Rule;
	/** Load moment that only a lifted load makes. */
	loadPercent: Rule;
	/** Two readings further apart are not compared. */
	window: Rule;
}

export interface CranePose {
	atMs: number;
	hookM: number | undefined;
	radiusM: number | undefined;
	loadPercent: number | undefined;
}

/** Name of the alarm condition it raises. */
export const STOP_CONDITION = 'stopOrder';

export type Movement = 'hook' | 'trolley' | 'load';

/** Moment by which the cranes of a site stand still. @param ownS - where the event has its own time, else null */
export function standBy(ordered: Date, ownS: number | null, grace: Rule): Date {
	return new Date(ordered.getTime() + (ownS ?? grace.value) * 1000);
}

/**
 * @param standByMs - moment by which it has to stand still
 * @param before - an earlier reading of the same crane; undefined when there is none
 * @returns what moved, or undefined: nothing did, or it may still finish its lift
 */
export function movedAfterStop(
	standByMs: number,
	before: CranePose | undefined,
	now: CranePose,
	rules: MovementRules,
): Movement | undefined {
	if (now.atMs < standByMs) return undefined;
	if (now.loadPercent !== undefined && now.loadPercent >= rules.loadPercent.value) return 'load';
	if (!before || before.atMs < standByMs || now.atMs - before.atMs > rules.window.value * 1000) return undefined;
	if (apart(before.hookM, now.hookM) >= rules.hookM.value) return 'hook';
	return apart(before.radiusM, now.radiusM) >= rules.radiusM.value ? 'trolley' : undefined;
}

function apart(a: number | undefined, b: number | undefined): number {
	return a === undefined || b === undefined ? 0 : Math.abs(a - b);
}
