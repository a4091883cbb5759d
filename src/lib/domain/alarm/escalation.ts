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

/** What became of a rung: somebody was told, or nobody was on duty. */
export type ToldRung = 'somebody' | 'nobody';

export interface DueRung {
	rung: number;
	role: DutyRole;
	/** Rungs up to this one that nobody is on duty for. */
	vacant: DutyRole[];
}

/**
 * Rungs that are due now, with their places on the ladder. A rung without anybody on duty is told once as that, and the
 * next one does not wait for its own time: there is nobody to wait for. Who comes on duty later is told then.
 *
 * @param told - places of the ladder that were told already
 */
export function dueRungs(
	rungs: readonly Rung[],
	spokeMs: number,
	told: ReadonlyMap<number, ToldRung>,
	nowMs: number,
	mans: (role: DutyRole) => boolean,
): DueRung[] {
	const due: DueRung[] = [];
	const vacant: DutyRole[] = [];
	let isPassedOn = false;
	for (const [rung, { role, after }] of rungs.entries()) {
		if (!isPassedOn && nowMs - spokeMs < after.value * 60_000) break;
		const before = told.get(rung);
		const isManned = before === 'somebody' || mans(role);
		isPassedOn = !isManned;
		if (!isManned) vacant.push(role);
		if (before === undefined || (before === 'nobody' && isManned)) due.push({ rung, role, vacant: [...vacant] });
	}
	return due;
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

export const isRunning = ({ startsMs, endsMs }: Pick<Shift, 'startsMs' | 'endsMs'>, nowMs: number): boolean =>
	startsMs <= nowMs && nowMs < endsMs;

/** Who is on duty: the narrowest area that holds the place, and there whoever came last. */
export function onDuty(
	shifts: readonly Shift[],
	role: DutyRole,
	townCode: string | null,
	nowMs: number,
): Shift | undefined {
	return shifts
		.filter((shift) => shift.role === role && isRunning(shift, nowMs))
		.filter(({ area }) => area.length === 6 || (townCode !== null && townCode.startsWith(area)))
		.sort((a, b) => b.area.length - a.area.length || b.startsMs - a.startsMs)[0];
}

/** Towns in which nobody is on duty in a role. */
export function townsWithoutDuty(
	shifts: readonly Shift[],
	role: DutyRole,
	townCodes: readonly string[],
	nowMs: number,
): string[] {
	return townCodes.filter((code) => onDuty(shifts, role, code, nowMs) === undefined);
}
