// Whoever plans in the tests of patrols: a duty officer of the whole district.

import { randomUUID } from 'node:crypto';
import type { Person } from '#lib/domain/access/principal.ts';

export const planner: Person = {
	kind: 'person',
	id: randomUUID(),
	name: '沈岚',
	isDemo: false,
	grants: [{ role: 'dutyOfficer', area: '330109', layers: ['public', 'supervision'] }],
};
