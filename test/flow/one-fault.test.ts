// Something breaks for one person: everybody else goes on.

import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { randomUUID } from 'node:crypto';
import { hashPassword } from '#lib/server/auth/password.ts';
import { addGrant, addPerson } from '#lib/server/repositories/person.ts';
import { AtTheDoors } from './at-the-doors.ts';
import { TOWN, twoTowns } from './two-towns.ts';

const PASSWORD = '春风又绿江南岸-2026';
const NOWHERE = 'http://127.0.0.1:9';

let doors: AtTheDoors;

beforeAll(async () => {
	const sso = { OIDC_ISSUER: NOWHERE, OIDC_CLIENT_ID: 'sitewatch', OUTBOUND_ALLOW: '127.0.0.1:9' };
	doors = await AtTheDoors.open(async ({ ingest: db }) => {
		await twoTowns(db);
		const person = { id: randomUUID(), login: 'lou', name: '楼建国', isDemo: false, at: new Date() };
		await addPerson(db, { ...person, passwordHash: await hashPassword(PASSWORD) });
		const grant = { role: 'supervisor', area: TOWN, layers: ['public', 'supervision'] } as const;
		await addGrant(db, {
			...grant,
			id: randomUUID(),
			personId: person.id,
			layers: [...grant.layers],
			at: new Date(),
			by: 't',
		});
	}, sso);
});
afterEach(() => vi.restoreAllMocks());
afterAll(() => doors.close());

test('F-39 an exception in one request is answered with a number to quote and nothing of what broke; others go on', async () => {
	const who = await doors.person('leader', TOWN);
	vi.spyOn(doors.runtime.flood.pictures, 'read').mockRejectedValue(new Error('postgres://sitewatch:secret@db'));
	const [broken, beside] = await Promise.all([
		doors.ask({ ...who, 'x-request-id': 'request-39' }, 'GET', '/api/v1/flood'),
		doors.ask(who, 'GET', '/api/v1/sites'),
	]);
	expect([broken.status, beside.status]).toEqual([500, 200]);
	expect(broken.text).toContain('request-39');
	expect(broken.text).not.toMatch(/secret|postgres/);
	vi.restoreAllMocks();
	expect((await doors.ask(who, 'GET', '/api/v1/flood')).status).toBe(200);
});

test('F-49 while the single sign-on is away it is said so, sessions live on and people sign in by password', async () => {
	const signedIn = await doors.person('supervisor', TOWN);
	const stranger = {};
	const away = await doors.ask(stranger, 'GET', '/login/sso/[provider]', { params: { provider: 'oidc' } });
	expect([away.status, away.text]).toEqual([303, '/login?sso=down']);
	expect((await doors.ask(signedIn, 'GET', '/api/v1/sites')).status).toBe(200);
	const byPassword = await doors.ask(stranger, 'POST', '/login', {
		form: { login: 'lou', password: PASSWORD, to: '/' },
	});
	expect(byPassword.status).toBe(303);
	const wrong = await doors.ask(stranger, 'POST', '/login', { form: { login: 'lou', password: 'x' } });
	expect(wrong.text).not.toBe('/');
});
