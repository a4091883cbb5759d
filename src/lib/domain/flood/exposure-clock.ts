// When the exposure of the sites is worked out again: every night, soon after an edit, and every ten minutes in an event.

import type { Rule } from '../rule.ts';
import { dayIn } from './season.ts';

export interface ExposureClockRules {
	/** Offset of the bureau's clock: its midnight begins the new day. */
	zone: string;
	/** Seconds between two judgements in an event. */
	every: Rule;
}

/**
 * @param judgedAt - the last time; null: not since the program started
 * @param since - what has happened since: something of a site was edited; an event is on
 */
export function isExposureDue(
	at: Date,
	judgedAt: Date | null,
	since: { isEdited: boolean; isEvent: boolean },
	rules: ExposureClockRules,
): boolean {
	if (judgedAt === null || since.isEdited) return true;
	if (since.isEvent && at.getTime() - judgedAt.getTime() >= rules.every.value * 1000) return true;
	return dayIn(rules.zone, at) !== dayIn(rules.zone, judgedAt);
}
