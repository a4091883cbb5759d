// A value with its age and quality, or the admission that there is none. Unknown is never folded into calm or zero.

import type { Rule } from './rule.ts';

export type Quality = 'good' | 'suspect';

export type Known<T> =
	| { known: true; value: T; observedAt: Date; quality: Quality }
	| { known: false; why: 'never-reported' | 'stale' | 'bad-quality' };

/** How a device stands: `late` comes before `offline`, and one that never spoke is neither. */
export type Presence = 'never-reported' | 'fresh' | 'late' | 'offline';

export interface PresenceRules {
	/** Expected intervals after which a device is late; exceeded, not reached. */
	lateAfter: Rule;
	/** Expected intervals after which it is offline; exceeded, not reached. */
	offlineAfter: Rule;
}

/**
 * @param silentMs - milliseconds since the last reading was measured; undefined when there never was one
 * @param intervalS - expected reporting interval in seconds, > 0
 */
export function presence(silentMs: number | undefined, intervalS: number, rules: PresenceRules): Presence {
	if (!(intervalS > 0)) throw new RangeError(`Expected interval must be above 0 s, got ${intervalS}.`);
	if (silentMs === undefined) return 'never-reported';
	const intervals = silentMs / (intervalS * 1000);
	if (intervals > rules.offlineAfter.value) return 'offline';
	return intervals > rules.lateAfter.value ? 'late' : 'fresh';
}
