import { describe, expect, test } from 'vitest';
import { ACTIONS, type Action } from './action.ts';
import { authorize, scopeOf, type Resource } from './authorize.ts';
import { ANONYMOUS, TOKEN_SCOPES, type Grant, type Principal, type Role, type TokenScope } from './principal.ts';
import type { LayerClass } from './scope.ts';

const DISTRICT = '330109';
const TOWN = '330109001';
const OTHER_TOWN = '330109105';

const grant = (role: Role, area = DISTRICT, layers: LayerClass[] = ['public', 'supervision']): Grant => ({
	role,
	area,
	layers,
});
const person = (...grants: Grant[]): Principal => ({ kind: 'person', id: 'p', name: '沈岚', isDemo: false, grants });
const token = (scope: TokenScope, narrowing = {}): Principal => ({
	kind: 'token',
	id: 't',
	name: 'gateway',
	scope,
	areas: [DISTRICT],
	...narrowing,
});
const wall: Principal = { kind: 'wall', id: 'w', name: '指挥大厅', areas: [DISTRICT] };
const device: Principal = { kind: 'device', id: 'd', name: 'TC-0001', deviceIds: ['TC-0001'] };

/** The matrix as a bureau would read it: who may, for every action there is. Everybody not named may not. */
const MAY: Record<Action, string> = {
	'map:see': 'dutyOfficer supervisor leader analyst systemAdmin wall read admin',
	'register:read': 'dutyOfficer supervisor leader analyst systemAdmin read admin',
	'register:edit': 'supervisor analyst systemAdmin admin',
	'alarm:read': 'dutyOfficer supervisor leader analyst systemAdmin wall read admin',
	'alarm:acknowledge': 'dutyOfficer supervisor',
	'alarm:handle': 'dutyOfficer supervisor',
	'alarm:shelve': 'dutyOfficer supervisor leader',
	'alarm:comment': 'dutyOfficer supervisor leader',
	'device:service': 'dutyOfficer supervisor',
	'handover:sign': 'dutyOfficer supervisor',
	'duty:manage': 'dutyOfficer leader systemAdmin',
	'rule:read': 'dutyOfficer supervisor leader analyst systemAdmin read admin',
	'rule:draft': 'dutyOfficer analyst',
	'rule:activate': 'leader',
	'pit:report': 'dutyOfficer supervisor leader',
	'import:draft': 'analyst systemAdmin admin',
	'import:commit': 'analyst systemAdmin admin',
	'import:undo': 'analyst systemAdmin admin',
	'personal:reveal': 'dutyOfficer supervisor leader analyst',
	'export:make': 'dutyOfficer supervisor leader analyst admin',
	'patrol:solve': 'dutyOfficer supervisor analyst plan admin',
	'coverage:read': 'dutyOfficer supervisor leader analyst systemAdmin read admin',
	'coverage:manage': 'dutyOfficer analyst',
	'patrol:read': 'dutyOfficer supervisor leader analyst systemAdmin',
	'patrol:plan': 'dutyOfficer analyst',
	'patrol:staff': 'dutyOfficer analyst',
	'patrol:field': 'dutyOfficer supervisor',
	'grid:read': 'dutyOfficer leader analyst',
	'grid:manage': 'dutyOfficer analyst',
	'flood:see': 'dutyOfficer supervisor leader analyst systemAdmin wall read admin',
	'flood:feed': 'dutyOfficer analyst ingest admin',
	'flood:direct': 'dutyOfficer',
	'flood:rule': 'analyst',
	'flood:ledger': 'dutyOfficer supervisor analyst',
	'telemetry:send': 'device ingest admin',
	'telemetry:repair': 'analyst systemAdmin admin',
	'metrics:read': 'systemAdmin read admin',
	'settings:change': 'systemAdmin admin',
	'person:manage': 'securityAdmin',
	'grant:manage': 'securityAdmin',
	'token:manage': 'securityAdmin',
	'session:manage': 'securityAdmin',
	'session:own': 'dutyOfficer supervisor leader analyst systemAdmin securityAdmin auditor',
	'audit:read': 'auditor',
};

const PRINCIPALS: Record<string, Principal> = {
	anonymous: ANONYMOUS,
	dutyOfficer: person(grant('dutyOfficer')),
	supervisor: person(grant('supervisor', TOWN)),
	leader: person(grant('leader')),
	analyst: person(grant('analyst')),
	systemAdmin: person(grant('systemAdmin')),
	securityAdmin: person(grant('securityAdmin')),
	auditor: person(grant('auditor')),
	wall,
	device,
	...Object.fromEntries(TOKEN_SCOPES.map((scope) => [scope, token(scope)])),
};

describe('who may do what', () => {
	const cases = ACTIONS.flatMap((action) => Object.keys(PRINCIPALS).map((name) => [name, action] as const));
	test.each(cases)('%s · %s', (name, action) => {
		expect(authorize(PRINCIPALS[name]!, action).ok).toBe(MAY[action].split(' ').includes(name));
	});

	test('a person without any role may do nothing', () => {
		for (const action of ACTIONS) expect(authorize(person(), action).ok).toBe(false);
	});
});

describe('where and on what', () => {
	test.each<[string, Principal, Action, Resource, true | string]>([
		['acknowledges in the own town', person(grant('supervisor', TOWN)), 'alarm:acknowledge', { townCode: TOWN }, true],
		['not in another', person(grant('supervisor', TOWN)), 'alarm:acknowledge', { townCode: OTHER_TOWN }, 'area'],
		['not for the whole district', person(grant('supervisor', TOWN)), 'alarm:acknowledge', { townCode: null }, 'area'],
		['district-wide', person(grant('dutyOfficer')), 'alarm:acknowledge', { townCode: null }, true],
		[
			'a role in one town does not lend its rights to another role elsewhere',
			person(grant('supervisor', TOWN), grant('leader', OTHER_TOWN)),
			'alarm:acknowledge',
			{ townCode: OTHER_TOWN },
			'area',
		],
		['personal data without its class', person(grant('leader')), 'register:read', { layer: 'personal' }, 'layer'],
		[
			'a class granted in one town does not open in another',
			person(grant('supervisor', TOWN, ['personal']), grant('supervisor', OTHER_TOWN, ['public'])),
			'register:read',
			{ townCode: OTHER_TOWN, layer: 'personal' },
			'layer',
		],
		['a wall never shows personal data', wall, 'map:see', { layer: 'personal' }, 'layer'],
		['a wall keeps to its area', { ...wall, areas: [TOWN] }, 'map:see', { townCode: OTHER_TOWN }, 'area'],
		['a program sees no personal data', token('admin'), 'register:read', { layer: 'personal' }, 'layer'],
		['key A sends for device A', device, 'telemetry:send', { deviceId: 'TC-0001' }, true],
		['key A does not send for device B', device, 'telemetry:send', { deviceId: 'TC-0002' }, 'device'],
		[
			'a token bound to wind does not send moments',
			token('ingest', { quantities: ['windMs'] }),
			'telemetry:send',
			{ quantity: 'momentPercent' },
			'quantity',
		],
		['a token bound to a site', token('read', { siteIds: ['s1'] }), 'register:read', { siteId: 's2' }, 'site'],
		[
			'a token bound to no device at all',
			token('ingest', { deviceIds: [] }),
			'telemetry:send',
			{ deviceId: 'x' },
			'device',
		],
		[
			'a town’s duty officer does not direct the district',
			person(grant('dutyOfficer', TOWN)),
			'flood:direct',
			{},
			'area',
		],
		['a town’s analyst reads no frames of other towns', person(grant('analyst', TOWN)), 'telemetry:repair', {}, 'area'],
		['a grid’s leader does not write the roster', person(grant('leader', `${TOWN}000001`)), 'duty:manage', {}, 'area'],
		[
			'a crane’s key brings in no warning signals',
			token('ingest', { deviceIds: ['TC-0001'] }),
			'flood:feed',
			{},
			'device',
		],
		['a key bound to a site imports nothing', token('admin', { siteIds: ['s1'] }), 'import:commit', {}, 'site'],
	])('%s', (_, principal, action, resource, expected) => {
		const verdict = authorize(principal, action, resource);
		expect(verdict.ok || verdict.reason).toBe(expected);
	});
});

describe('what a principal may see', () => {
	test.each([
		['nobody sees nothing', ANONYMOUS, []],
		['a device sees nothing', device, []],
		['a sending token sees nothing', token('ingest'), []],
		['the auditor sees no map', PRINCIPALS.auditor!, []],
		['the security administrator sees no map', PRINCIPALS.securityAdmin!, []],
		['a supervisor sees the own town', PRINCIPALS.supervisor!, [TOWN]],
		[
			'a supervisor of two towns sees both',
			person(grant('supervisor', TOWN), grant('supervisor', OTHER_TOWN)),
			[TOWN, OTHER_TOWN],
		],
		['an area held by a role that sees no map is not seen', person(grant('auditor'), grant('leader', TOWN)), [TOWN]],
		['a reading token sees its district', token('read'), [DISTRICT]],
	])('%s', (_, principal, areas) => {
		expect(scopeOf(principal)).toMatchObject({ kind: 'areas', areas });
	});

	test('only layers that every seeing grant opens', () => {
		const both = person(grant('supervisor', TOWN, ['public', 'personal']), grant('leader', DISTRICT, ['public']));
		expect(scopeOf(both)).toMatchObject({ layers: ['public'] });
	});

	test('a token bound to sites stays bound to them', () => {
		expect(scopeOf(token('read', { siteIds: ['s1'] }))).toMatchObject({ siteIds: ['s1'] });
	});
});
