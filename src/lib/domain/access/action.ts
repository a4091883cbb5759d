// Everything somebody can do here, as one list. A thing that is not on it cannot be permitted.

export const ACTIONS = [
	/** See the map, its live picture and its events. */
	'map:see',
	/** Read the register: sites, machines, pits, towns, grids. */
	'register:read',
	/** Add, correct, move and close single objects of the register, and fasten devices to them. */
	'register:edit',
	'alarm:read',
	'alarm:acknowledge',
	/** Assign, verify, close. */
	'alarm:handle',
	/** Put aside for a while, agree to that as the second person, bring back. */
	'alarm:shelve',
	'alarm:comment',
	/** Take a device out of service and back. */
	'device:service',
	/** Sign a shift over. */
	'handover:sign',
	/** Write the duty roster, try the ladder out. */
	'duty:manage',
	'rule:read',
	/** Write a change of a rule and try it on stored readings; nothing is in force by it. */
	'rule:draft',
	/** Switch a change of a rule on, and end it. */
	'rule:activate',
	/** Report a sign of danger at a pit, and its daily walk. */
	'pit:report',
	/** Read a file in and look at what it would change. */
	'import:draft',
	'import:commit',
	'import:undo',
	/** Read names and numbers of people that a sheet shows masked, for a reason. */
	'personal:reveal',
	/** Take lists and layers out as a file. */
	'export:make',
	'patrol:solve',
	/** Read the coverage ledger: who is due, why, and how the rounds stand. */
	'coverage:read',
	/** Make rounds, campaigns and key periods. */
	'coverage:manage',
	/** Read plans that are not sealed. */
	'patrol:read',
	/** Draft, draw by lot, issue and change plans; sees sealed ones. */
	'patrol:plan',
	/** Keep officers, experts, cars and places to start from: certificates, avoidance, who is there. */
	'patrol:staff',
	/** Go on patrol: read one's own day, say what was done and found. */
	'patrol:field',
	/** See the load of everybody who answers for a grid. */
	'grid:read',
	/** Hand sites over and move boundaries of management grids. */
	'grid:manage',
	/** See the flood situation: signals, responses, measures of sites, water. */
	'flood:see',
	/** Bring in warning signals and readings of rain and water. */
	'flood:feed',
	/** Enter signals and response levels by hand, order measures, clear sites, close an event. */
	'flood:direct',
	/** Edit the response ladder. */
	'flood:rule',
	/** Write the flood ledger and the survey of a site. */
	'flood:ledger',
	'telemetry:send',
	/** See frames that could not be read, say how a vendor's frames are read, try them again. */
	'telemetry:repair',
	'metrics:read',
	'settings:change',
	/** Create, rename and disable people. */
	'person:manage',
	/** Give and take roles. */
	'grant:manage',
	/** Create and revoke tokens of programs and devices. */
	'token:manage',
	/** See and end the sessions of others. */
	'session:manage',
	/** See and end one's own sessions. */
	'session:own',
	'audit:read',
] as const;

export type Action = (typeof ACTIONS)[number];

/**
 * Actions on the district as a whole: warning signals, response levels, the roster, plans of all teams, imports, people.
 * A grant for a town or a grid does not open them, whatever its role.
 */
export const DISTRICT_WIDE: ReadonlySet<Action> = new Set([
	'duty:manage',
	'import:draft',
	'import:commit',
	'import:undo',
	'coverage:manage',
	'patrol:plan',
	'patrol:staff',
	'flood:feed',
	'flood:direct',
	'flood:rule',
	'telemetry:repair',
	'metrics:read',
	'settings:change',
	'person:manage',
	'grant:manage',
	'token:manage',
	'session:manage',
	'audit:read',
]);
