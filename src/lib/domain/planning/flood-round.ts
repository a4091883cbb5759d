// The flood round: which sites first. Who has not answered comes before everybody, then who carries most measures, then
// who stands worst. A site nobody has judged counts as a bad one: unknown is never calm.

import type { ExposureBand } from '../flood/exposure.ts';
import type { NoticeStep } from '../flood/progress.ts';
import type { Rule } from '../rule.ts';

/** How one site stands in the flood season. */
export interface FloodStanding {
	/** Band of the exposure as it was judged last; null: never judged. */
	band: ExposureBand | null;
	/** Measures ordered and not yet ended. */
	measures: number;
	/** Where its answer stands; null: nothing was ordered. */
	step: NoticeStep | null;
}

/** What a visit is worth in minutes of driving, beyond what the ledger says. */
export interface FloodRoundRules {
	band: Record<ExposureBand | 'unknown', Rule>;
	perMeasure: Rule;
	mostMeasures: Rule;
	/** Ordered, not yet answered; the time to answer still runs. */
	silent: Rule;
	/** Time to answer or to check has passed, or a machine moved after the stop order. */
	late: Rule;
}

export interface FloodReason {
	key: 'floodMoving' | 'floodLate' | 'floodOverdue' | 'floodSilent' | 'floodMeasures' | 'floodExposure';
	/** Count of measures, or the band; empty where the key says all. */
	value: number | string;
}

const LATE: readonly (NoticeStep | null)[] = ['moving', 'late', 'overdue'];

/** Whether the round asks for this site: something was ordered, or water would do harm, or nobody knows. */
export function isOfFloodRound({ band, measures, step }: FloodStanding): boolean {
	return band !== 'blue' || measures > 0 || (step !== null && step !== 'ended');
}

export function floodWorth({ band, measures, step }: FloodStanding, rules: FloodRoundRules): number {
	const answer = LATE.includes(step) ? rules.late.value : step === 'sent' ? rules.silent.value : 0;
	return (
		answer + Math.min(rules.mostMeasures.value, measures * rules.perMeasure.value) + rules.band[band ?? 'unknown'].value
	);
}

/** A crane that works although it was stopped cannot wait for a worthwhile detour. */
export function isFloodMust({ step }: FloodStanding): boolean {
	return step === 'moving';
}

const STEP_REASON: Partial<Record<NoticeStep, FloodReason['key']>> = {
	moving: 'floodMoving',
	late: 'floodLate',
	overdue: 'floodOverdue',
	sent: 'floodSilent',
};

/** Why the round goes there, the weightiest first. */
export function floodReasons({ band, measures, step }: FloodStanding): FloodReason[] {
	const answer = step && STEP_REASON[step];
	return [
		...(answer ? [{ key: answer, value: '' } as const] : []),
		...(measures > 0 ? [{ key: 'floodMeasures', value: measures } as const] : []),
		...(band === 'blue' ? [] : [{ key: 'floodExposure', value: band ?? 'unknown' } as const]),
	];
}
