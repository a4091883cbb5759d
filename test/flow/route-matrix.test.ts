// Every route of the product × everybody who may come. A new route without a line in the matrix, or a line that no longer
// has a route, fails.

import { describe, expect, test } from 'vitest';
import { ANONYMOUS, TOKEN_SCOPES, type Principal, type Role } from '#lib/domain/access/principal.ts';
import { guard } from '#lib/server/doors/guard.ts';
import { ROUTES } from '#lib/server/doors/routes.ts';
import { doorsIn, IN_FRONT, MATRIX, PEOPLE } from './door-matrix.ts';

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

	test('who is refused reads it in both languages, and no key of a program', () => {
		const refused = Object.keys(MATRIX).flatMap((door) => {
			const [method, route] = door.split(' ') as [string, string];
			const verdict = guard({ routeId: route, path: route, method, wantsPage: true }, PRINCIPALS['auditor']!);
			return !verdict.pass && !verdict.signIn ? [verdict.fault.message] : [];
		});
		expect(refused.length).toBeGreaterThan(20);
		for (const sentence of refused) {
			expect(sentence).toMatch(/^[\u4e00-\u9fff，]+ · [A-Z][\w ;]+\.$/);
			expect(sentence).not.toMatch(/\w:\w/);
		}
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
