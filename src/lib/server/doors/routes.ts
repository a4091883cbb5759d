// Every route and what it takes to use it. A route without a row is closed to everybody, and a test says so by name.
// The row is the first of two questions; the command or repository behind it asks again about the very thing.

import type { Action } from '#lib/domain/access/action.ts';

/** `open`: also for people not signed in. `signed-in`: for everybody known, person or program. Otherwise the action. */
export type Need = 'open' | 'signed-in' | Action;

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Methods a route has, each with its need. HEAD is asked as GET. */
export type RouteRow = Partial<Record<Method, Need>>;

const reads = (need: Need): RouteRow => ({ GET: need });

export const ROUTES: Readonly<Record<string, RouteRow>> = {
	'/healthz': reads('open'),
	'/livez': reads('open'),
	'/readyz': reads('open'),
	'/metrics': reads('metrics:read'),

	'/login': { GET: 'open', POST: 'open' },
	'/login/link/[token]': { GET: 'open', POST: 'open' },
	'/login/out': { POST: 'open' },
	'/login/second': { GET: 'open', POST: 'signed-in' },
	'/login/sso/[provider]': reads('open'),
	'/login/sso/[provider]/back': reads('open'),

	'/account': { GET: 'signed-in', POST: 'signed-in' },
	'/account/confirm': { GET: 'signed-in', POST: 'signed-in' },
	'/account/passkey': { POST: 'signed-in' },

	'/(board)': reads('map:see'),
	'/(board)/site/[id]': reads('register:read'),
	'/(board)/machine/[id]': reads('register:read'),
	'/(board)/pit/[id]': reads('register:read'),
	'/(board)/risk': reads('map:see'),
	'/(board)/pit/[id]/section': reads('register:read'),
	'/(board)/machine/[id]/file': reads('register:read'),
	'/(board)/rules': reads('rule:read'),
	'/(board)/alarms': reads('alarm:read'),
	'/(board)/alarms/quality': reads('alarm:read'),
	'/(board)/alarms/handover': reads('register:read'),
	'/(board)/alarms/duty': reads('register:read'),
	'/(board)/import': reads('import:draft'),
	'/(board)/device/[id]': reads('register:read'),
	'/(board)/dead-letters': reads('telemetry:repair'),
	'/(board)/coverage': reads('coverage:read'),
	'/(board)/patrol': reads('patrol:read'),
	'/(print)/patrol/[planId]': reads('patrol:read'),
	'/(board)/grids': reads('grid:manage'),
	'/api/v1/grids': { GET: 'grid:manage', POST: 'grid:manage' },
	'/m': reads('patrol:field'),
	'/wall': reads('map:see'),
	'/basemap/own/[file]': reads('map:see'),
	'/basemap/own/tianditu/[layer]/[z]/[x]/[y]': reads('map:see'),

	'/admin/sessions': { GET: 'session:own', POST: 'session:own' },
	'/admin/people': { GET: 'person:manage', POST: 'person:manage' },
	'/admin/people/[id]': { GET: 'person:manage', POST: 'person:manage' },
	'/admin/walls': { GET: 'token:manage', POST: 'token:manage' },
	'/admin/audit': reads('audit:read'),
	'/admin/audit/export': { POST: 'audit:read' },
	'/admin/tokens': { GET: 'token:manage', POST: 'token:manage' },

	'/api/v1/telemetry': { POST: 'telemetry:send' },
	'/api/v1/dead-letters': reads('telemetry:repair'),
	'/api/v1/dead-letters/[id]': reads('telemetry:repair'),
	'/api/v1/dead-letters/replay': { POST: 'telemetry:repair' },
	'/api/v1/dead-letters/discard': { POST: 'telemetry:repair' },
	'/api/v1/device-mappings': { GET: 'telemetry:repair', PUT: 'telemetry:repair' },
	'/api/v1/devices/[id]': reads('register:read'),
	'/api/v1/devices/[id]/curve': reads('register:read'),
	'/api/v1/stills/[id]': reads('register:read'),
	'/api/v1/picture': reads('map:see'),
	'/api/v1/events': reads('map:see'),
	'/api/v1/board': reads('map:see'),
	'/api/v1/sites': reads('register:read'),
	'/api/v1/sites/[id]': reads('register:read'),
	'/api/v1/machines': reads('register:read'),
	'/api/v1/machines/[id]': reads('register:read'),
	'/api/v1/pits': reads('register:read'),
	'/api/v1/pits/[id]': reads('register:read'),
	'/api/v1/hazards': reads('register:read'),
	'/api/v1/machines/[id]/file': reads('register:read'),
	'/api/v1/pits/[id]/section': reads('register:read'),
	'/api/v1/pits/[id]/danger': { GET: 'register:read', POST: 'pit:report', PATCH: 'pit:report' },
	'/api/v1/pits/[id]/walk': { POST: 'pit:report' },
	'/api/v1/rules': { GET: 'rule:read', POST: 'rule:draft' },
	'/api/v1/rules/devices': { POST: 'rule:read' },
	'/api/v1/rules/changes/[id]': { DELETE: 'rule:draft' },
	'/api/v1/rules/changes/[id]/backtest': { GET: 'rule:read', POST: 'rule:draft', DELETE: 'rule:draft' },
	'/api/v1/rules/changes/[id]/activate': { POST: 'rule:activate' },
	'/api/v1/rules/changes/[id]/end': { POST: 'rule:activate' },
	'/api/v1/alarms': reads('alarm:read'),
	'/api/v1/alarms/[id]': reads('alarm:read'),
	'/api/v1/alarms/quality': reads('alarm:read'),
	'/api/v1/handovers': { GET: 'register:read', POST: 'handover:sign' },
	'/api/v1/handovers/[id]': { POST: 'handover:sign' },
	'/api/v1/duty': { GET: 'register:read', POST: 'duty:manage', DELETE: 'duty:manage' },
	'/api/v1/duty/test': { POST: 'duty:manage' },
	'/api/v1/push': { POST: 'alarm:read' },
	'/api/v1/push/[id]': { POST: 'alarm:read' },
	'/api/v1/alarms/moves': { POST: 'alarm:comment' },
	'/api/v1/devices/[id]/service': { POST: 'device:service' },
	'/api/v1/imports': { POST: 'import:draft' },
	'/api/v1/imports/[id]': { GET: 'import:draft', PATCH: 'import:draft', POST: 'import:commit' },
	'/api/v1/sources': reads('import:draft'),
	// Whose change it was decides the command.
	'/api/v1/sources/[id]/undo': { POST: 'register:edit' },
	'/api/v1/register/[kind]': { POST: 'register:edit' },
	'/api/v1/register/[kind]/[id]': reads('register:edit'),
	'/api/v1/bindings': { POST: 'register:edit' },
	'/api/v1/history/[kind]/[id]': reads('register:read'),
	'/api/v1/openapi.json': reads('signed-in'),
	'/api/v1/patrol/solve': { POST: 'patrol:solve' },
	'/api/v1/patrol/plans': { GET: 'patrol:read', POST: 'patrol:plan' },
	'/api/v1/patrol/plans/[id]': { GET: 'patrol:read', PUT: 'patrol:plan' },
	'/api/v1/patrol/plans/[id]/solve': { POST: 'patrol:plan' },
	'/api/v1/patrol/plans/[id]/issue': { POST: 'patrol:plan' },
	'/api/v1/patrol/plans/[id]/emergency': { POST: 'patrol:plan' },
	'/api/v1/patrol/plans/[id]/roads': reads('patrol:read'),
	'/api/v1/patrol/draws': { GET: 'patrol:read', POST: 'patrol:plan' },
	'/api/v1/patrol/draws/[id]': { GET: 'patrol:read', POST: 'patrol:plan' },
	'/api/v1/patrol/people': reads('patrol:read'),
	'/api/v1/field/today': reads('patrol:field'),
	'/api/v1/field/items': { POST: 'patrol:field' },
	'/api/v1/field/photos': { POST: 'patrol:field' },
	'/api/v1/field/photos/[id]': reads('register:read'),
	'/api/v1/coverage': reads('coverage:read'),
	'/api/v1/coverage/rounds': { POST: 'coverage:manage' },
	'/api/v1/coverage/rounds/[id]': { POST: 'coverage:manage' },
};

/** What a request needs; undefined: the route has no row, or no such method, and nobody may. */
export function needOf(routeId: string, method: string): Need | undefined {
	const row = ROUTES[routeId];
	return row?.[(method === 'HEAD' ? 'GET' : method) as Method];
}
