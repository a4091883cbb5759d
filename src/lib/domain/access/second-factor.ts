// Who must show a second factor, and what must be done before a session counts as signed in.

import { isTooOld, type PasswordPolicy } from './password-policy.ts';
import type { Pending, Role } from './principal.ts';

const ADMINS: readonly Role[] = ['systemAdmin', 'securityAdmin', 'auditor'];

/** Whether these roles can only be used behind a second factor (GB/T 22239-2019 8.1.4.1 d, ASVS 5.0 V6.3.3). */
export function needsSecondFactor(roles: readonly Role[]): boolean {
	return roles.some((role) => ADMINS.includes(role));
}

export interface SignInState {
	isDemo: boolean;
	roles: readonly Role[];
	/** Whether a second factor has been enrolled. */
	hasFactor: boolean;
	/** When it was shown in this session. */
	secondFactorAt: Date | null;
	/** How the session was opened. Single sign-on has no password of ours that could grow old. */
	via: string;
	passwordChangedAt: Date | null;
}

/**
 * What is left to do; undefined when nothing is. Accounts of the demonstration have neither password nor factor: the
 * server keeps to its own machine while they exist. A factor once enrolled is asked of everybody who has one.
 */
export function pendingOf(state: SignInState, policy: PasswordPolicy, now: Date): Pending | undefined {
	if (state.isDemo) return undefined;
	if (!state.secondFactorAt) {
		if (state.hasFactor) return 'second-factor';
		if (needsSecondFactor(state.roles)) return 'enrol';
	}
	const { passwordChangedAt, via } = state;
	if (via === 'password' && passwordChangedAt && isTooOld(passwordChangedAt, policy, now)) return 'password';
	return undefined;
}
