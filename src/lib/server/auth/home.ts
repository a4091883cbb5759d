// Where a person begins: the map, or for those who do not see it the page of their own work.

import type { Action } from '#lib/domain/access/action.ts';
import { authorize } from '#lib/domain/access/authorize.ts';
import type { Principal } from '#lib/domain/access/principal.ts';

export function homeOf(principal: Principal): string {
	return adminPages(principal)[0] ?? '/account';
}

const PAGES = [
	['/', 'map:see'],
	['/admin/people', 'person:manage'],
	['/admin/audit', 'audit:read'],
	['/admin/tokens', 'token:manage'],
	['/admin/walls', 'token:manage'],
	['/admin/sessions', 'session:own'],
] as const satisfies readonly (readonly [string, Action])[];

/** Pages outside the map that this person may open, the most important first. */
export function adminPages(principal: Principal): ((typeof PAGES)[number][0] | '/account')[] {
	return [...PAGES.filter(([, action]) => authorize(principal, action).ok).map(([page]) => page), '/account'];
}
