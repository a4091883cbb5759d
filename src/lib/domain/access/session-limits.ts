// How long a session lives: so long without use, so long in any case.

import type { Rule } from '../rule.ts';
import type { Role } from './principal.ts';

export type SessionClass = 'admin' | 'office' | 'field';

export interface SessionRules {
	idle: Record<SessionClass, Rule>;
	absolute: Record<SessionClass, Rule>;
}

/** The strictest class of the roles held: one administrator's role makes the whole session an administrator's. */
export function sessionClass(roles: readonly Role[]): SessionClass {
	if (roles.some((role) => role === 'systemAdmin' || role === 'securityAdmin' || role === 'auditor')) return 'admin';
	return roles.length > 0 && roles.every((role) => role === 'supervisor') ? 'field' : 'office';
}

export type SessionState = 'open' | 'revoked' | 'expired' | 'idle';

/**
 * Judges a session at a moment. Limits are reached, not exceeded: at the last second it has ended.
 */
export function judgeSession(
	session: { seenAt: Date; expiresAt: Date; revokedAt: Date | null },
	roles: readonly Role[],
	rules: SessionRules,
	at: Date,
): SessionState {
	if (session.revokedAt) return 'revoked';
	if (at >= session.expiresAt) return 'expired';
	const idleMs = at.getTime() - session.seenAt.getTime();
	return idleMs >= rules.idle[sessionClass(roles)].value * 1000 ? 'idle' : 'open';
}

/** When a session opened at a moment ends in any case. */
export function sessionEnd(roles: readonly Role[], rules: SessionRules, at: Date): Date {
	return new Date(at.getTime() + rules.absolute[sessionClass(roles)].value * 1000);
}
