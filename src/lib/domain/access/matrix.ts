// Who may do what: one table for the roles of people, walls and devices, one for the scopes of programs.
// What is not listed is denied. The three administrators are kept apart (三权分立): the system administrator runs the
// system and its data, the security administrator hands out access, the auditor reads the trail; none sees to another's
// work, and none says how strict the bureau is.

import type { Action } from './action.ts';
import type { PersonRole, Role, TokenScope } from './principal.ts';
import type { LayerClass } from './scope.ts';

const SEE = ['map:see', 'register:read', 'alarm:read', 'rule:read', 'flood:see'] as const satisfies readonly Action[];
const PLAN = [
	'patrol:solve',
	'patrol:plan',
	'patrol:staff',
	'coverage:manage',
	'grid:read',
	'grid:manage',
] as const satisfies readonly Action[];
const LEDGER = ['coverage:read', 'patrol:read'] as const satisfies readonly Action[];
const IMPORT = ['import:draft', 'import:commit', 'import:undo'] as const satisfies readonly Action[];

const HANDLE = [
	'alarm:acknowledge',
	'alarm:handle',
	'alarm:shelve',
	'alarm:comment',
	'device:service',
	'handover:sign',
] as const satisfies readonly Action[];
const STORM = ['flood:direct', 'flood:ledger', 'flood:feed'] as const satisfies readonly Action[];
const SEASON = ['flood:feed', 'flood:rule', 'flood:ledger'] as const satisfies readonly Action[];

export const ROLE_MAY: Readonly<Record<Role, readonly Action[]>> = {
	dutyOfficer: [
		...SEE,
		...HANDLE,
		'rule:draft',
		'pit:report',
		...LEDGER,
		...PLAN,
		...STORM,
		'patrol:field',
		'duty:manage',
		'personal:reveal',
		'export:make',
		'session:own',
	],
	supervisor: [
		...SEE,
		...HANDLE,
		'pit:report',
		...LEDGER,
		'flood:ledger',
		'register:edit',
		'patrol:solve',
		'patrol:field',
		'personal:reveal',
		'export:make',
		'session:own',
	],
	leader: [
		...SEE,
		...LEDGER,
		'grid:read',
		'rule:activate',
		'pit:report',
		'alarm:shelve',
		'alarm:comment',
		'duty:manage',
		'personal:reveal',
		'export:make',
		'session:own',
	],
	analyst: [
		...SEE,
		...LEDGER,
		...PLAN,
		...IMPORT,
		'rule:draft',
		...SEASON,
		'register:edit',
		'telemetry:repair',
		'personal:reveal',
		'export:make',
		'session:own',
	],
	systemAdmin: [
		...SEE,
		...LEDGER,
		...IMPORT,
		'register:edit',
		'telemetry:repair',
		'metrics:read',
		'settings:change',
		'duty:manage',
		'session:own',
	],
	securityAdmin: ['person:manage', 'grant:manage', 'token:manage', 'session:manage', 'session:own'],
	auditor: ['audit:read', 'session:own'],
	device: ['telemetry:send'],
	wall: ['map:see', 'alarm:read', 'flood:see'],
};

/**
 * What a role sees when nothing else is said: those who act on people's reports see names, those who oversee see them
 * masked and may reveal them with a reason.
 */
export const ROLE_LAYERS: Readonly<Record<PersonRole, readonly LayerClass[]>> = {
	dutyOfficer: ['public', 'supervision', 'personal'],
	supervisor: ['public', 'supervision', 'personal'],
	leader: ['public', 'supervision'],
	analyst: ['public', 'supervision'],
	systemAdmin: ['public', 'supervision'],
	securityAdmin: [],
	auditor: [],
};

/**
 * Scopes of bearer tokens. `admin` is everything a program may do; no program manages people, grants, tokens or
 * sessions, reads the audit trail, or acknowledges an alarm in the place of a person.
 */
export const TOKEN_MAY: Readonly<Record<TokenScope, readonly Action[]>> = {
	ingest: ['telemetry:send', 'flood:feed'],
	read: [...SEE, 'coverage:read', 'metrics:read'],
	plan: ['patrol:solve'],
	admin: [
		...SEE,
		...IMPORT,
		'register:edit',
		'coverage:read',
		'export:make',
		'patrol:solve',
		'telemetry:send',
		'flood:feed',
		'telemetry:repair',
		'metrics:read',
		'settings:change',
	],
};
