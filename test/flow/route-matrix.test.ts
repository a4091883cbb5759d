// Every route of the product × everybody who may come, as a bureau would write it down. A new route without a line
// here, or a line that no longer has a route, fails.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ANONYMOUS, TOKEN_SCOPES, type Principal, type Role } from '#lib/domain/access/principal.ts';
import { guard } from '#lib/server/doors/guard.ts';
import { ROUTES, type Method } from '#lib/server/doors/routes.ts';

const SEES = 'dutyOfficer supervisor leader analyst systemAdmin';
const PEOPLE = `${SEES} securityAdmin auditor`;
const PROGRAMS = 'ingest read plan admin';

/** Who gets through the door of a route. `*` is everybody, also people who are not signed in. */
const MATRIX: Record<string, string> = {
	'GET /healthz': '*',
	'GET /livez': '*',
	'GET /readyz': '*',
	'GET /metrics': 'systemAdmin read admin',
	'GET /login': '*',
	'POST /login': '*',
	'GET /login/link/[token]': '*',
	'POST /login/link/[token]': '*',
	'POST /login/out': '*',
	'GET /login/second': '*',
	'POST /login/second': `${PEOPLE} wall device ${PROGRAMS}`,
	'GET /login/sso/[provider]': '*',
	'GET /login/sso/[provider]/back': '*',
	'GET /account': `${PEOPLE} wall device ${PROGRAMS}`,
	'POST /account': `${PEOPLE} wall device ${PROGRAMS}`,
	'GET /account/confirm': `${PEOPLE} wall device ${PROGRAMS}`,
	'POST /account/confirm': `${PEOPLE} wall device ${PROGRAMS}`,
	'POST /account/passkey': `${PEOPLE} wall device ${PROGRAMS}`,
	'GET /(board)': `${SEES} wall read admin`,
	'GET /(board)/risk': `${SEES} wall read admin`,
	'GET /(board)/alarms': `${SEES} wall read admin`,
	'GET /(board)/alarms/quality': `${SEES} wall read admin`,
	'GET /(board)/alarms/handover': `${SEES} read admin`,
	'GET /(board)/alarms/duty': `${SEES} read admin`,
	'GET /(board)/import': 'analyst systemAdmin admin',
	'GET /(board)/site/[id]': `${SEES} read admin`,
	'GET /(board)/machine/[id]': `${SEES} read admin`,
	'GET /(board)/pit/[id]': `${SEES} read admin`,
	'GET /(board)/device/[id]': `${SEES} read admin`,
	'GET /(board)/dead-letters': 'analyst systemAdmin admin',
	'GET /api/v1/dead-letters': 'analyst systemAdmin admin',
	'GET /api/v1/dead-letters/[id]': 'analyst systemAdmin admin',
	'POST /api/v1/dead-letters/replay': 'analyst systemAdmin admin',
	'POST /api/v1/dead-letters/discard': 'analyst systemAdmin admin',
	'GET /api/v1/device-mappings': 'analyst systemAdmin admin',
	'PUT /api/v1/device-mappings': 'analyst systemAdmin admin',
	'GET /api/v1/devices/[id]': `${SEES} read admin`,
	'GET /api/v1/devices/[id]/curve': `${SEES} read admin`,
	'GET /api/v1/stills/[id]': `${SEES} read admin`,
	'GET /(board)/flood': `${SEES} wall read admin`,
	'GET /(board)/flood/what-if': `${SEES} wall read admin`,
	'GET /(board)/flood/feeds': `${SEES} wall read admin`,
	'GET /(board)/flood/ladder': `${SEES} wall read admin`,
	'GET /(board)/flood/ledger': `${SEES} wall read admin`,
	'GET /(board)/flood/events': `${SEES} wall read admin`,
	'GET /(board)/flood/events/[id]': `${SEES} wall read admin`,
	'GET /f/[token]': '*',
	'POST /f/[token]': '*',
	'GET /duty/[token]': '*',
	'POST /duty/[token]': '*',
	'GET /wall': `${SEES} wall read admin`,
	'GET /basemap/own/[file]': `${SEES} wall read admin`,
	'GET /basemap/own/tianditu/[layer]/[z]/[x]/[y]': `${SEES} wall read admin`,
	'GET /admin/sessions': PEOPLE,
	'POST /admin/sessions': PEOPLE,
	'GET /admin/people': 'securityAdmin',
	'POST /admin/people': 'securityAdmin',
	'GET /admin/people/[id]': 'securityAdmin',
	'POST /admin/people/[id]': 'securityAdmin',
	'GET /admin/walls': 'securityAdmin',
	'POST /admin/walls': 'securityAdmin',
	'GET /admin/audit': 'auditor',
	'POST /admin/audit/export': 'auditor',
	'GET /admin/tokens': 'securityAdmin',
	'POST /admin/tokens': 'securityAdmin',
	'POST /api/v1/telemetry': 'device ingest admin',
	'GET /api/v1/picture': `${SEES} wall read admin`,
	'GET /api/v1/events': `${SEES} wall read admin`,
	'GET /api/v1/board': `${SEES} wall read admin`,
	'GET /api/v1/sites': `${SEES} read admin`,
	'GET /api/v1/sites/[id]': `${SEES} read admin`,
	'GET /api/v1/machines': `${SEES} read admin`,
	'GET /api/v1/machines/[id]': `${SEES} read admin`,
	'GET /api/v1/pits': `${SEES} read admin`,
	'GET /api/v1/pits/[id]': `${SEES} read admin`,
	'GET /(board)/rules': `${SEES} read admin`,
	'GET /(board)/pit/[id]/section': `${SEES} read admin`,
	'GET /(board)/machine/[id]/file': `${SEES} read admin`,
	'GET /api/v1/machines/[id]/file': `${SEES} read admin`,
	'GET /api/v1/pits/[id]/section': `${SEES} read admin`,
	'GET /api/v1/pits/[id]/danger': `${SEES} read admin`,
	'POST /api/v1/pits/[id]/danger': 'dutyOfficer supervisor leader',
	'PATCH /api/v1/pits/[id]/danger': 'dutyOfficer supervisor leader',
	'POST /api/v1/pits/[id]/walk': 'dutyOfficer supervisor leader',
	'GET /api/v1/rules': `${SEES} read admin`,
	'POST /api/v1/rules': 'dutyOfficer analyst systemAdmin',
	'POST /api/v1/rules/devices': `${SEES} read admin`,
	'DELETE /api/v1/rules/changes/[id]': 'dutyOfficer analyst systemAdmin',
	'GET /api/v1/rules/changes/[id]/backtest': `${SEES} read admin`,
	'POST /api/v1/rules/changes/[id]/backtest': 'dutyOfficer analyst systemAdmin',
	'DELETE /api/v1/rules/changes/[id]/backtest': 'dutyOfficer analyst systemAdmin',
	'POST /api/v1/rules/changes/[id]/activate': 'leader systemAdmin',
	'POST /api/v1/rules/changes/[id]/end': 'leader systemAdmin',
	'GET /api/v1/alarms': `${SEES} wall read admin`,
	'GET /api/v1/alarms/[id]': `${SEES} wall read admin`,
	'GET /api/v1/alarms/quality': `${SEES} wall read admin`,
	'GET /api/v1/handovers': `${SEES} read admin`,
	'POST /api/v1/handovers': 'dutyOfficer supervisor',
	'POST /api/v1/handovers/[id]': 'dutyOfficer supervisor',
	'GET /api/v1/duty': `${SEES} read admin`,
	'POST /api/v1/duty': 'dutyOfficer leader systemAdmin',
	'DELETE /api/v1/duty': 'dutyOfficer leader systemAdmin',
	'POST /api/v1/duty/test': 'dutyOfficer leader systemAdmin',
	'POST /api/v1/push': `${SEES} wall read admin`,
	'POST /api/v1/push/[id]': `${SEES} wall read admin`,
	'POST /api/v1/alarms/moves': 'dutyOfficer supervisor leader',
	'POST /api/v1/devices/[id]/service': 'dutyOfficer supervisor',
	'GET /api/v1/hazards': `${SEES} read admin`,
	'POST /api/v1/patrol/solve': 'dutyOfficer supervisor analyst plan admin',
	'GET /api/v1/patrol/plans': SEES,
	'POST /api/v1/patrol/plans': 'dutyOfficer analyst',
	'GET /api/v1/patrol/plans/[id]': SEES,
	'PUT /api/v1/patrol/plans/[id]': 'dutyOfficer analyst',
	'POST /api/v1/patrol/plans/[id]/solve': 'dutyOfficer analyst',
	'POST /api/v1/patrol/plans/[id]/issue': 'dutyOfficer analyst',
	'POST /api/v1/patrol/plans/[id]/emergency': 'dutyOfficer analyst',
	'GET /api/v1/patrol/plans/[id]/roads': SEES,
	'GET /api/v1/patrol/draws': SEES,
	'POST /api/v1/patrol/draws': 'dutyOfficer analyst',
	'GET /api/v1/patrol/draws/[id]': SEES,
	'POST /api/v1/patrol/draws/[id]': 'dutyOfficer analyst',
	'GET /api/v1/patrol/people': SEES,
	'GET /api/v1/field/today': 'dutyOfficer supervisor',
	'POST /api/v1/field/items': 'dutyOfficer supervisor',
	'POST /api/v1/field/photos': 'dutyOfficer supervisor',
	'GET /api/v1/field/photos/[id]': `${SEES} read admin`,
	'GET /(board)/patrol': SEES,
	'GET /(print)/patrol/[planId]': SEES,
	'GET /(board)/grids': 'dutyOfficer analyst',
	'GET /api/v1/grids': 'dutyOfficer analyst',
	'POST /api/v1/grids': 'dutyOfficer analyst',
	'GET /m': 'dutyOfficer supervisor',
	'GET /(board)/coverage': `${SEES} read admin`,
	'GET /api/v1/coverage': `${SEES} read admin`,
	'POST /api/v1/coverage/rounds': 'dutyOfficer analyst',
	'POST /api/v1/coverage/rounds/[id]': 'dutyOfficer analyst',
	'POST /api/v1/imports': 'analyst systemAdmin admin',
	'GET /api/v1/imports/[id]': 'analyst systemAdmin admin',
	'PATCH /api/v1/imports/[id]': 'analyst systemAdmin admin',
	'POST /api/v1/imports/[id]': 'analyst systemAdmin admin',
	'GET /api/v1/sources': 'analyst systemAdmin admin',
	'POST /api/v1/sources/[id]/undo': 'supervisor analyst systemAdmin admin',
	'POST /api/v1/register/[kind]': 'supervisor analyst systemAdmin admin',
	'GET /api/v1/register/[kind]/[id]': 'supervisor analyst systemAdmin admin',
	'POST /api/v1/bindings': 'supervisor analyst systemAdmin admin',
	'GET /api/v1/history/[kind]/[id]': `${SEES} read admin`,
	'GET /api/v1/flood': `${SEES} wall read admin`,
	'GET /api/v1/flood/signals': `${SEES} wall read admin`,
	'POST /api/v1/flood/signals': 'dutyOfficer analyst ingest admin',
	'GET /api/v1/flood/feeds': `${SEES} wall read admin`,
	'PUT /api/v1/flood/feeds/[id]': 'analyst',
	'DELETE /api/v1/flood/feeds/[id]': 'analyst',
	'POST /api/v1/flood/feeds/[id]': 'dutyOfficer analyst ingest admin',
	'POST /api/v1/flood/signals/hand': 'dutyOfficer',
	'POST /api/v1/flood/responses': 'dutyOfficer',
	'DELETE /api/v1/flood/responses/[id]': 'dutyOfficer',
	'POST /api/v1/flood/readings': 'dutyOfficer analyst ingest admin',
	'POST /api/v1/flood/grids': 'dutyOfficer analyst ingest admin',
	'GET /api/v1/flood/grids/[id]': `${SEES} wall read admin`,
	'GET /api/v1/flood/exposure': `${SEES} read admin`,
	'GET /api/v1/flood/sites/[id]': `${SEES} read admin`,
	'PUT /api/v1/flood/sites/[id]': 'dutyOfficer supervisor analyst',
	'POST /api/v1/flood/sites/[id]/ledger': 'dutyOfficer supervisor analyst',
	'GET /api/v1/flood/ladder': `${SEES} wall read admin`,
	'POST /api/v1/flood/ladder': 'analyst',
	'GET /api/v1/flood/notices/[id]': `${SEES} read admin`,
	'POST /api/v1/flood/notices/[id]': 'dutyOfficer',
	'GET /api/v1/flood/photos/[id]': `${SEES} read admin`,
	'GET /api/v1/flood/duty': `${SEES} read admin`,
	'POST /api/v1/flood/duty': 'dutyOfficer',
	'GET /api/v1/flood/events': `${SEES} wall read admin`,
	'GET /api/v1/flood/events/[id]': `${SEES} read admin`,
	'POST /api/v1/flood/events/[id]': 'dutyOfficer',
	'GET /api/v1/flood/events/[id]/summary': `${SEES} read admin`,
	'POST /api/v1/flood/storm': 'dutyOfficer',
	'GET /api/v1/openapi.json': `${PEOPLE} wall device ${PROGRAMS}`,
};

/** Answered in front of the pages (server/ingest/http.ts), so without a file under routes. */
const IN_FRONT = ['POST /api/v1/telemetry'];

const person = (role: Role): Principal => ({
	kind: 'person',
	id: role,
	name: role,
	isDemo: false,
	grants: [{ role, area: role === 'supervisor' ? '330109001' : '330109', layers: ['public'] }],
});
const PRINCIPALS: Record<string, Principal> = {
	anonymous: ANONYMOUS,
	...Object.fromEntries(PEOPLE.split(' ').map((role) => [role, person(role as Role)])),
	wall: { kind: 'wall', id: 'w', name: '指挥大厅', areas: ['330109'] },
	device: { kind: 'device', id: 'd', name: 'TC-0001', deviceIds: ['TC-0001'] },
	...Object.fromEntries(
		TOKEN_SCOPES.map((scope) => [scope, { kind: 'token', id: scope, name: scope, scope, areas: ['330109'] } as const]),
	),
};

const passes = (route: string, method: string, principal: Principal) =>
	guard({ routeId: route, path: route, method, wantsPage: false }, principal).pass;

describe('everybody at every door', () => {
	const cases = Object.entries(MATRIX).flatMap(([door, who]) =>
		Object.keys(PRINCIPALS).map((name) => [name, door, who === '*' || who.split(' ').includes(name)] as const),
	);
	test.each(cases)('%s at %s: %s', (name, door, expected) => {
		const [method, route] = door.split(' ') as [string, string];
		expect(passes(route, method, PRINCIPALS[name]!)).toBe(expected);
	});

	test('a route without a row is closed to everybody', () => {
		for (const principal of Object.values(PRINCIPALS)) {
			expect(passes('/forgotten', 'GET', principal)).toBe(false);
			expect(passes('/wall', 'DELETE', principal)).toBe(false);
		}
	});

	test('a person who is not signed in is led to the sign-in page, a program is told 401', () => {
		const asked = { routeId: '/wall', path: '/wall', method: 'GET' };
		expect(guard({ ...asked, wantsPage: true }, ANONYMOUS)).toEqual({ pass: false, signIn: true });
		const verdict = guard({ ...asked, wantsPage: false }, ANONYMOUS);
		expect(verdict).toMatchObject({ fault: { code: 'not-signed-in', status: 401 } });
	});

	test('an address that leads nowhere tells strangers nothing', () => {
		expect(guard({ routeId: null, path: '/x', method: 'GET', wantsPage: false }, ANONYMOUS).pass).toBe(false);
	});
});

describe('the list of doors is the list of routes', () => {
	const found = doorsIn('src/routes');
	test('every route stands in the table of doors and in this matrix', () => {
		expect(found.length).toBeGreaterThan(20);
		const tabled = Object.entries(ROUTES).flatMap(([id, row]) => Object.keys(row).map((method) => `${method} ${id}`));
		const missing = found.filter((door) => !tabled.includes(door) || !(door in MATRIX));
		expect(missing, 'add a row in src/lib/server/doors/routes.ts and a line in this test').toEqual([]);
	});

	test('the matrix names no route that is not there', () => {
		expect(Object.keys(MATRIX).filter((door) => ![...found, ...IN_FRONT].includes(door))).toEqual([]);
	});
});

/** `METHOD /route/id` of every file SvelteKit makes a route of. */
function doorsIn(root: string): string[] {
	const doors = new Set<string>();
	for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
		const route = `/${entry.parentPath.slice(root.length + 1)}`;
		const text = () => readFileSync(join(entry.parentPath, entry.name), 'utf8');
		if (entry.name === '+server.ts') for (const method of methodsOf(text())) doors.add(`${method} ${route}`);
		if (entry.name === '+page.svelte' || entry.name === '+page.server.ts') doors.add(`GET ${route}`);
		if (entry.name === '+page.server.ts' && /export const actions\b/.test(text())) doors.add(`POST ${route}`);
	}
	return [...doors];
}

function methodsOf(text: string): Method[] {
	const found = text.matchAll(/export (?:const|(?:async )?function) (GET|POST|PUT|PATCH|DELETE)\b/g);
	return [...found].map(([, method]) => method as Method);
}
