// Where a person begins: the map, or for those who do not see it the page of their own work.

import { authorize } from '#lib/domain/access/authorize.ts';
import type { Principal } from '#lib/domain/access/principal.ts';

export function homeOf(principal: Principal): string {
	return authorize(principal, 'map:see').ok ? '/' : '/admin/sessions';
}
