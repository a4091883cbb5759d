// The ladder: who is told next of an alarm that nobody takes. Pure: when it began to ask, what was told, and the moment
// are arguments.

import type { Rule } from '../rule.ts';
import type { AlarmLevel } from './condition.ts';
import { quietBecause, type Life } from './life.ts';

export const DUTY_ROLES = ['gridSupervisor', 'dutyOfficer', 'leader'] as const;
export type DutyRole = (typeof DUTY_ROLES)[number];

export interface Rung {
	role: DutyRole;
	/** Minutes since it began to ask. */
	after: Rule;
}

export interface LadderRules extends Readonly<Record<AlarmLevel, readonly Rung[]>> {
	/** Minutes after which a page sounds again for danger nobody took. */
	repeatSound: Rule;
}

export interface DeliveryRules {
	attempts: Rule;
	/** Seconds; doubled each time up to the longest. */
	firstPause: Rule;
	longestPause: Rule;
}

/**
 * Why nobody else is told; null: the ladder goes on.
 *
 * - `taken`: somebody has acknowledged, or done more
 * - `quiet`: shelved, suppressed or out of service
 * - `over`: it is over and was never danger; danger that is over unseen is still told
 */
export function stopReason(life: Life): 'taken' | 'quiet' | 'over' | null {
	if (life.handling !== 'new') return 'taken';
	if (quietBecause(life) !== null) return 'quiet';
	return !life.isActive && life.worst !== 'danger' ? 'over' : null;
}

/** Rungs that are due now, with their places on the ladder. `told`: places that were told already. */
export function dueRungs(
	rungs: readonly Rung[],
	spokeMs: number,
	told: ReadonlySet<number>,
	nowMs: number,
): { rung: number; role: DutyRole }[] {
	return rungs.flatMap(({ role, after }, rung) =>
		nowMs - spokeMs >= after.value * 60_000 && !told.has(rung) ? [{ rung, role }] : [],
	);
}

/** Milliseconds until a message that failed is tried again; null: it is given up. @param attempts - made so far, ≥ 1 */
export function pauseMs(attempts: number, rules: DeliveryRules): number | null {
	if (attempts >= rules.attempts.value) return null;
	return Math.min(rules.longestPause.value, rules.firstPause.value * 2 ** (attempts - 1)) * 1000;
}

export interface Shift {
	role: DutyRole;
	/** 6 digits district, 9 town, 15 grid. */
	area: string;
	personId: string;
	personName: string;
	startsMs: number;
	endsMs: number;
}

/** Who is on duty: the narrowest area that holds the place, and there whoever came last. */
export function onDuty(
	shifts: readonly Shift[],
	role: DutyRole,
	townCode: string | null,
	nowMs: number,
): Shift | undefined {
	return shifts
		.filter((shift) => shift.role === role && shift.startsMs <= nowMs && nowMs < shift.endsMs)
		.filter(({ area }) => area.length === 6 || (townCode !== null && townCode.startsWith(area)))
		.sort((a, b) => b.area.length - a.area.length || b.startsMs - a.startsMs)[0];
}
