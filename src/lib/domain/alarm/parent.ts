// What explains the silence of many devices: the gateway they speak through, the power of their site, the network.

import type { PresenceRules } from '../known.ts';
import type { Rule } from '../rule.ts';

export interface ParentRules {
	/** Devices of a gateway or site that must be silent together. */
	silent: Rule;
	/** Devices of the whole district. */
	networkSilent: Rule;
	network: LineRules;
}

/** When a line that carries nearly everybody is broken, although a few are heard by other ways. */
export interface LineRules {
	/** Share of those that would have been heard by now; reached counts. */
	share: Rule;
	/** Minutes within which they must have spoken last to have fallen silent together. */
	together: Rule;
	/** Seconds after the last word of the silent ones from which on a word proves that the line carries. */
	tolerance: Rule;
	/** Seconds between two words at most of a device whose word is waited for. */
	quick: Rule;
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
	members: readonly Member[],
	least: number,
	nowMs: number,
	sinceMs: (member: Member) => number,
	{ lateAfter, offlineAfter }: PresenceRules,
): 'up' | 'doubtful' | 'down' {
	let lastMs = -Infinity;
	let quickestS = Infinity;
	for (const { seenMs, intervalS } of members) {
		if (seenMs > lastMs) lastMs = seenMs;
		if (intervalS < quickestS) quickestS = intervalS;
	}
	const silentMs = nowMs - lastMs;
	if (silentMs <= lateAfter.value * quickestS * 1000) return 'up';
	let missed = 0;
	let late = 0;
	for (const member of members) {
		const intervalMs = member.intervalS * 1000;
		if (Number.isNaN(member.seenMs) || silentMs <= lateAfter.value * intervalMs) continue;
		late++;
		if (silentMs > offlineAfter.value * intervalMs && nowMs >= sinceMs(member)) missed++;
	}
	if (missed >= least) return 'down';
	return late >= least ? 'doubtful' : 'up';
}

/**
 * The same of a line that nearly everybody hangs on: a few that are heard by ways of their own do not make it whole.
 * Devices that speak seldom are not waited for; those that were silent long before the others prove nothing.
 *
 * @param isDown - it was before: those that fell silent one after the other since then still count
 */
export function lineState(
	members: readonly Member[],
	least: number,
	{ share, together, tolerance, quick }: LineRules,
	nowMs: number,
	sinceMs: (member: Member) => number,
	{ lateAfter, offlineAfter }: PresenceRules,
	isDown: boolean,
): 'up' | 'doubtful' | 'down' {
	const isLate = ({ seenMs, intervalS }: Member) => nowMs - seenMs > lateAfter.value * intervalS * 1000;
	const isMissed = ({ seenMs, intervalS }: Member) => nowMs - seenMs > offlineAfter.value * intervalS * 1000;
	let newestMs = -Infinity;
	let silent = 0;
	for (const member of members) {
		if (member.seenMs > newestMs) newestMs = member.seenMs;
		if (isLate(member)) silent++;
	}
	// Nearly always: asked every second of a whole district, it must cost next to nothing.
	if (silent < least) return 'up';

	const known = [...members].filter(({ seenMs }) => !Number.isNaN(seenMs));
	const isOld = ({ seenMs, intervalS }: Member) =>
		newestMs - seenMs > together.value * 60_000 + offlineAfter.value * intervalS * 1000;
	const late = known.filter((member) => isLate(member) && (isDown || !isOld(member)));
	if (late.length < least) return 'up';
	// When the line broke, as far as the silent ones tell: a few that fell silent since for reasons of their own aside.
	const words = late.map(({ seenMs }) => seenMs).sort((a, b) => a - b);
	const brokeMs = words[Math.ceil(share.value * words.length) - 1]! + tolerance.value * 1000;
	const others = known.filter((member) => !isLate(member));
	const heard = others.filter(({ seenMs }) => seenMs > brokeMs).length;
	const open = others.filter(({ seenMs, intervalS }) => seenMs <= brokeMs && intervalS <= quick.value).length;
	const needed = share.value * (late.length + open + heard);
	if (late.length + open < needed) return 'up';
	const missed = late.filter((member) => isMissed(member) && nowMs >= sinceMs(member)).length;
	return missed >= least && missed >= needed ? 'down' : 'doubtful';
}
