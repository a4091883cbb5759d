// What a device's object is shown as. Only fresh, believable values make it normal.

import type { Presence } from '../known.ts';
import { worst, type Level } from '../level.ts';
import type { Watch } from './watch.ts';

/**
 * - silent (or never heard): `off` where silence is planned, else `unknown`, whatever alarm may still be open
 * - nothing of it is judged, or something it used to report is missing or cannot be true: at least `unknown`
 * - “not reached” under a limit of which only an upper bound is known: at least `unknown`
 * - else the gravest open alarm, or `normal`
 *
 * @param isPlanned - the site is stopped or finished, or the machine taken down
 * @param knownAfterMs - values older than this moment are not known any more
 */
export function deviceLevel(
	presence: Presence,
	isPlanned: boolean,
	watches: readonly Watch[],
	knownAfterMs: number,
): Level {
	if (presence !== 'fresh') return isPlanned ? 'off' : 'unknown';
	const levels: Level[] = [];
	for (const { state, knownMs, isBad, isUpperBound } of watches) {
		if (state.open) levels.push(state.open.level);
		const hasReported = isBad || !Number.isNaN(knownMs);
		const isKnown = !isBad && knownMs >= knownAfterMs && !isUpperBound;
		if (hasReported) levels.push(isKnown ? 'normal' : 'unknown');
	}
	return levels.length === 0 ? 'unknown' : worst(levels);
}

/**
 * A site, or a pit: the gravest of what stands on it and is watched.
 *
 * @param levels - of the watched objects only; what has no device says nothing
 * @param isPlanned - silence is planned
 */
export function groupLevel(levels: readonly Level[], isPlanned: boolean): Level {
	if (levels.length === 0) return isPlanned ? 'off' : 'unknown';
	return worst(levels);
}
