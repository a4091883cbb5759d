// Roles as people call them.

import { m } from '#lib/client/words/generated/messages.js';
import { PERSON_ROLES, type PersonRole } from '#lib/domain/access/principal.ts';

const NAMES: Record<PersonRole, () => string> = {
	dutyOfficer: m.login_role_dutyOfficer,
	supervisor: m.login_role_supervisor,
	leader: m.login_role_leader,
	analyst: m.login_role_analyst,
	systemAdmin: m.login_role_systemAdmin,
	securityAdmin: m.login_role_securityAdmin,
	auditor: m.login_role_auditor,
};

/** Empty for a person without a role. */
export function roleName(role: string | null): string {
	const known = PERSON_ROLES.find((name) => name === role);
	return known ? NAMES[known]() : '';
}
