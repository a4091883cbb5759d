// People who ask something of a command: of a role, for a district or one of its towns.

import { ROLES, type Role } from '#lib/domain/access/principal.ts';
import type { Caller } from '#lib/server/auth/caller.ts';

/** Each role is another person. */
export function callerAs(role: Role, now: Date, area = '330109'): Caller {
	return {
		principal: {
			...{ kind: 'person', id: `00000000-0000-4000-8000-00000000000${ROLES.indexOf(role)}`, name: role, isDemo: false },
			grants: [{ role, area, layers: ['public', 'supervision'] }],
		} as Caller['principal'],
		address: null,
		now,
	};
}
