// What explains the silence of many devices: the gateway they speak through, the power of their site, the network.

import type { PresenceRules } from '../known.ts';
import type { Rule } from '../rule.ts';

export interface ParentRules {
	/** Devices of a gateway or site that must be silent together. */
	silent: Rule;
	/** Devices of the whole district. */
	networkSilent: Rule;
}

export interface Member {
	/** Moment of its newest word, ms; NaN before the first. */
	seenMs: number;
	/** Seconds between its words. */
	intervalS: number;
}

/**
 * - `up`: somebody has spoken lately, or too few would have been heard by now
 * - `doubtful`: nobody has, but it is too early to tell; a single silent device is not told yet
 * - `down`: nobody has, although at least `least` of them would have been heard
 *
 * A device that speaks every ten minutes proves nothing after one: only those count that had time to.
 *
 * @param sinceMs - silence counts from here at the earliest: the start of the program, with its grace
 */
export function groupState(
	members: Iterable<Member>,
	least: number,
	nowMs: number,
	sinceMs: (member: Member) => number,
	{ lateAfter, offlineAfter }: PresenceRules,
): 'up' | 'doubtful' | 'down' {
	const known = [...members].filter(({ seenMs }) => !Number.isNaN(seenMs));
	let lastMs = -Infinity;
	for (const { seenMs } of known) if (seenMs > lastMs) lastMs = seenMs;
	let missed = 0;
	let late = 0;
	for (const member of known) {
		const silentMs = nowMs - lastMs;
		if (silentMs > lateAfter.value * member.intervalS * 1000) late++;
		if (silentMs > offlineAfter.value * member.intervalS * 1000 && nowMs >= sinceMs(member)) missed++;
	}
	if (missed >= least) return 'down';
	return late >= least ? 'doubtful' : 'up';
}
