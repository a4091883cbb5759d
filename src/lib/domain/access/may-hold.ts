// Which roles may meet in one hand. Running the system, handing out access and reading the trail are three people.

import { DISTRICT_WIDE } from './action.ts';
import { ROLE_MAY } from './matrix.ts';
import type { Role } from './principal.ts';

const APART: readonly Role[] = ['systemAdmin', 'securityAdmin', 'auditor'];
/**
 * Whether a role opens anything to somebody who holds it for a town or a grid only. The security administrator's and the
 * auditor's whole business is the district's: there a grant for less would open nothing and look like one that does.
 */
export function opensInTown(role: Role): boolean {
	return ROLE_MAY[role].some((action) => action !== 'session:own' && !DISTRICT_WIDE.has(action));
}

const OF_THINGS: readonly Role[] = ['device', 'wall'];

export type HoldVerdict = { ok: true } | { ok: false; reason: 'admins-apart' | 'not-for-people'; roles: Role[] };

/**
 * Whether one person may hold all of `roles` (repeats are fine: the same role in several areas).
 * Separation of duties after GB/T 22239-2019 8.1.4.2 (管理权限分离).
 */
export function mayHold(roles: readonly Role[]): HoldVerdict {
	const things = OF_THINGS.filter((role) => roles.includes(role));
	if (things.length > 0) return { ok: false, reason: 'not-for-people', roles: things };
	const admins = APART.filter((role) => roles.includes(role));
	return admins.length > 1 ? { ok: false, reason: 'admins-apart', roles: admins } : { ok: true };
}
