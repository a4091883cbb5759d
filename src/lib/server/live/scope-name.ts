// A name for a scope: the same for scopes that reach the same.

import type { Scope } from '#lib/domain/access/scope.ts';

export function scopeName(scope: Scope): string {
	if (scope.kind === 'system') return 'scope:*';
	const sites = scope.siteIds ? `|${[...scope.siteIds].sort().join()}` : '';
	return `scope:${[...scope.areas].sort().join()}${sites}`;
}
