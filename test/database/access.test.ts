// Sessions, links, tokens and passwords in the database, with the clock in the test's hand.

import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { PersonRole } from '#lib/domain/access/principal.ts';
import { assertDemoIsLocal } from '#lib/server/auth/demo-local.ts';
import { ensureDemoPeople } from '#lib/server/auth/demo-people.ts';
import { createGuesses } from '#lib/server/auth/guesses.ts';
import { hashPassword } from '#lib/server/auth/password.ts';
import { newSecret, sha256 } from '#lib/server/auth/secret.ts';
import { onSessionsEnded, type EndedSessions } from '#lib/server/auth/session-end.ts';
import { sessionOfCookie } from '#lib/server/auth/session.ts';
import { createTokenCheck } from '#lib/server/auth/token.ts';
import { createToken } from '#lib/server/commands/create-token.ts';
import { revokeSession } from '#lib/server/commands/revoke-session.ts';
import { revokeToken } from '#lib/server/commands/revoke-token.ts';
import { setUpFirstAdmin } from '#lib/server/commands/set-up-first-admin.ts';
import { signInByLink } from '#lib/server/commands/sign-in-by-link.ts';
import { signInByPassword } from '#lib/server/commands/sign-in-by-password.ts';
import type { Db } from '#lib/server/db/connection.ts';
import { transaction } from '#lib/server/db/transaction.ts';
import { addGrant, addPerson, principalOf, setDisabled } from '#lib/server/repositories/person.ts';
import { addSignInLink } from '#lib/server/repositories/sign-in-link.ts';
import { onBoth } from './both.ts';

const NOW = new Date('2026-11-20T08:00:00Z');
const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);
const HOUR = 3600;
const here = { address: '127.0.0.1', agent: 'test' };
const cookie = (token: string) => `theme=dark; sid=${token}`;

async function aPerson(
	db: Db,
	role: PersonRole,
	passwordHash: string | null = null,
): Promise<{ id: string; login: string }> {
	const id = randomUUID();
	const login = `p-${id.slice(0, 8)}`;
	await addPerson(db, { id, login, name: '沈岚', isDemo: false, passwordHash, at: NOW });
	const grant = { id: randomUUID(), personId: id, role, area: '330109', layers: ['public'] as const };
	await addGrant(db, { ...grant, at: NOW, by: 'test' });
	return { id, login };
}

async function aLink(db: Db, personId: string | null, purpose: 'demo' | 'setup', seconds = HOUR): Promise<string> {
	const secret = newSecret();
	const expiresAt = later(seconds);
	await addSignInLink(db, { tokenSha256: sha256(secret), purpose, personId, at: NOW, expiresAt });
	return secret;
}

async function signedIn(db: Db, role: PersonRole): Promise<{ id: string; token: string; sessionId: string }> {
	const { id } = await aPerson(db, role);
	const result = await signInByLink(db, await aLink(db, id, 'demo'), here, NOW);
	if (!result.ok) throw new Error(result.reason);
	return { id, token: result.session.token, sessionId: result.session.sessionId };
}

const open = async (db: Db, token: string, now: Date, touch = true) =>
	(await sessionOfCookie(db, cookie(token), { now, touch })) !== null;

onBoth('who gets in', (database) => {
	let db: Db;
	beforeAll(() => {
		db = database().ingest;
	});

	describe('set-up of the first administrator', () => {
		const wish = {
			login: 'niwen',
			name: '倪文',
			password: 'Qianjiang7!',
			district: '330109',
			policy: 'dengbao',
		} as const;

		test('a link is dead after its time', async () => {
			const link = await aLink(db, null, 'setup', 1800);
			expect(await setUpFirstAdmin(db, link, wish, here, later(1800))).toMatchObject({ reason: 'expired' });
		});

		test('a weak password leaves the link alive', async () => {
			const link = await aLink(db, null, 'setup');
			const weak = await setUpFirstAdmin(db, link, { ...wish, password: 'short' }, here, NOW);
			expect(weak).toMatchObject({ ok: false, reason: 'weak', flaws: ['too-short', 'too-few-kinds'] });
		});

		test('of two who use it at the same moment one gets in, as security administrator', async () => {
			const link = await aLink(db, null, 'setup');
			const both = await Promise.all([
				setUpFirstAdmin(db, link, wish, here, NOW),
				setUpFirstAdmin(db, link, { ...wish, login: 'second' }, here, NOW),
			]);
			const winner = both.find((result) => result.ok);
			expect(both.filter((result) => result.ok)).toHaveLength(1);
			const found = await sessionOfCookie(db, cookie(winner!.ok ? winner!.session.token : ''), { now: NOW });
			expect(found?.principal.grants.map(({ role }) => role)).toEqual(['securityAdmin']);
			expect(await setUpFirstAdmin(db, link, { ...wish, login: 'third' }, here, NOW)).toMatchObject({ reason: 'used' });
		});
	});

	describe('sessions', () => {
		test('an office session ends after 8 hours without use, and in any case after 24', async () => {
			const { token } = await signedIn(db, 'dutyOfficer');
			for (const hour of [7, 14, 21]) expect(await open(db, token, later(hour * HOUR))).toBe(true);
			expect(await open(db, token, later(24 * HOUR))).toBe(false);

			const idle = await signedIn(db, 'dutyOfficer');
			expect(await open(db, idle.token, later(8 * HOUR))).toBe(false);
		});

		test('an administrator is out after 30 minutes without use', async () => {
			const { token } = await signedIn(db, 'systemAdmin');
			expect(await open(db, token, later(29 * 60), false)).toBe(true);
			expect(await open(db, token, later(30 * 60), false)).toBe(false);
		});

		test('looking at an open socket is not use', async () => {
			const { token } = await signedIn(db, 'dutyOfficer');
			expect(await open(db, token, later(7 * HOUR), false)).toBe(true);
			expect(await open(db, token, later(8 * HOUR), false)).toBe(false);
		});

		test('every sign-in gets a new token, and the database holds none of them', async () => {
			const { id } = await aPerson(db, 'leader');
			const link = await aLink(db, id, 'demo');
			const first = await signInByLink(db, link, here, NOW);
			const second = await signInByLink(db, link, here, NOW);
			const tokens = [first, second].map((result) => (result.ok ? result.session.token : ''));
			expect(new Set(tokens).size).toBe(2);
			const rows = await db.selectFrom('session').select('token_sha256').where('person_id', '=', id).execute();
			expect(rows.map(({ token_sha256 }) => token_sha256.toString('hex')).sort()).toEqual(
				tokens.map((token) => sha256(token).toString('hex')).sort(),
			);
		});

		test('a revoked session is over at once, and whoever holds a socket for it is told', async () => {
			const { id, token, sessionId } = await signedIn(db, 'supervisor');
			const principal = (await principalOf(db, id))!;
			const told: EndedSessions[] = [];
			const stop = onSessionsEnded('test', (ended) => told.push(ended));
			expect(await revokeSession(db, { principal, address: null, now: NOW }, sessionId)).toEqual({ ok: true });
			stop();
			expect(await open(db, token, NOW)).toBe(false);
			expect(told).toEqual([{ sessionIds: [sessionId] }]);
		});

		test('one cannot end the session of another, the security administrator can', async () => {
			const victim = await signedIn(db, 'leader');
			const other = (await principalOf(db, (await aPerson(db, 'systemAdmin')).id))!;
			expect(await revokeSession(db, { principal: other, address: null, now: NOW }, victim.sessionId)).toMatchObject({
				reason: 'forbidden',
			});
			expect(await open(db, victim.token, NOW)).toBe(true);
			const security = (await principalOf(db, (await aPerson(db, 'securityAdmin')).id))!;
			expect(await revokeSession(db, { principal: security, address: null, now: NOW }, victim.sessionId)).toEqual({
				ok: true,
			});
		});

		test('a disabled person is out with the next question', async () => {
			const { id, token } = await signedIn(db, 'leader');
			await setDisabled(db, id, NOW);
			expect(await open(db, token, NOW)).toBe(false);
		});

		test.each([null, '', 'sid=short', 'other=x', `sid=${'a'.repeat(43)}`, `sid=${"' or 1=1 --".padEnd(43, 'x')}`])(
			'the cookie %j is nobody',
			async (header) => {
				expect(await sessionOfCookie(db, header, { now: NOW })).toBeNull();
			},
		);
	});

	describe('links of the demonstration', () => {
		test('work again and again until their end, never for somebody disabled, and never made up', async () => {
			const { id } = await aPerson(db, 'leader');
			const link = await aLink(db, id, 'demo');
			expect((await signInByLink(db, link, here, NOW)).ok).toBe(true);
			expect((await signInByLink(db, link, here, NOW)).ok).toBe(true);
			expect(await signInByLink(db, link, here, later(HOUR))).toEqual({ ok: false, reason: 'expired' });
			expect(await signInByLink(db, newSecret(), here, NOW)).toEqual({ ok: false, reason: 'unknown' });
			await setDisabled(db, id, NOW);
			expect(await signInByLink(db, link, here, NOW)).toEqual({ ok: false, reason: 'disabled' });
		});

		test('a set-up link signs nobody in', async () => {
			expect(await signInByLink(db, await aLink(db, null, 'setup'), here, NOW)).toEqual({
				ok: false,
				reason: 'unknown',
			});
		});

		test('while its people exist the server keeps to its own machine', async () => {
			const wide = { HOST: '0.0.0.0', ORIGIN: '' };
			await expect(assertDemoIsLocal(wide, db)).resolves.toBeUndefined();
			await transaction(db, (tx) => ensureDemoPeople(tx, { district: '330109', town: '330109001' }, NOW));
			await expect(assertDemoIsLocal(wide, db)).rejects.toMatchObject({ code: 'forbidden', subject: 'HOST=0.0.0.0' });
			const proxied = { HOST: '127.0.0.1', ORIGIN: 'https://map.example.gov.cn' };
			await expect(assertDemoIsLocal(proxied, db)).rejects.toMatchObject({ code: 'forbidden' });
			await expect(assertDemoIsLocal({ HOST: '127.0.0.1', ORIGIN: '' }, db)).resolves.toBeUndefined();
		});
	});

	describe('passwords', () => {
		let login: string;
		beforeAll(async () => {
			({ login } = await aPerson(db, 'dutyOfficer', await hashPassword('Qianjiang7!')));
		});

		test('the right one opens a session, a wrong one says no more than that', async () => {
			const guesses = createGuesses();
			const right = await signInByPassword(
				db,
				guesses,
				{ login: ` ${login.toUpperCase()} `, password: 'Qianjiang7!' },
				here,
				NOW,
			);
			expect(right.ok).toBe(true);
			const wrong = await signInByPassword(db, guesses, { login, password: 'qianjiang7!' }, here, NOW);
			const nobody = await signInByPassword(db, guesses, { login: 'nobody', password: 'Qianjiang7!' }, here, NOW);
			expect(wrong).toEqual({ ok: false, reason: 'wrong' });
			expect(nobody).toEqual(wrong);
		});

		test('after five wrong ones the account waits, twice as long each time, and the right one does not help', async () => {
			vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'], now: NOW });
			try {
				const guesses = createGuesses();
				for (let i = 0; i < 5; i += 1) await guesses.wrong(login, '10.0.0.1');
				const right = { login, password: 'Qianjiang7!' };
				expect(await signInByPassword(db, guesses, right, here, NOW)).toEqual({
					ok: false,
					reason: 'wait',
					seconds: 60,
				});
				vi.advanceTimersByTime(61_000);
				expect(await guesses.waitS(login, '10.0.0.1')).toBe(0);
				for (let i = 0; i < 5; i += 1) await guesses.wrong(login, '10.0.0.1');
				expect(await guesses.waitS(login, '10.0.0.1')).toBe(120);
			} finally {
				vi.useRealTimers();
			}
		});

		test('an account that does not exist takes as long to refuse as one that does', async () => {
			const timed = async (name: string) => {
				const began = performance.now();
				await signInByPassword(db, createGuesses(), { login: name, password: 'wrong' }, here, NOW);
				return performance.now() - began;
			};
			const times = { known: [] as number[], unknown: [] as number[] };
			await timed('warm-up');
			for (let i = 0; i < 5; i += 1) {
				times.known.push(await timed(login));
				times.unknown.push(await timed(`nobody-${i}`));
			}
			const middle = (list: number[]) => list.sort((a, b) => a - b)[2]!;
			const ratio = middle(times.unknown) / middle(times.known);
			expect(ratio).toBeGreaterThan(0.5);
			expect(ratio).toBeLessThan(2);
		});
	});

	describe('tokens', () => {
		const operator = { operator: true, now: NOW } as const;

		test('the token is shown once, in its own shape, and kept as a hash', async () => {
			const made = await createToken(db, operator, { name: 'gateway', scope: 'ingest' });
			const bearer = made.ok ? made.bearer : '';
			expect(bearer).toMatch(/^swt_[0-9a-f]{32}_[A-Za-z0-9_-]{43}$/);
			const row = await db
				.selectFrom('api_token')
				.selectAll()
				.where('token_sha256', '=', sha256(bearer))
				.executeTakeFirstOrThrow();
			expect(JSON.stringify(row)).not.toContain(bearer.slice(-43));
		});

		test('only the security administrator and the command line make tokens', async () => {
			const wish = { name: 'x', scope: 'admin' } as const;
			for (const role of ['systemAdmin', 'dutyOfficer', 'auditor'] as const) {
				const principal = (await principalOf(db, (await aPerson(db, role)).id))!;
				expect(await createToken(db, { principal, address: null, now: NOW }, wish)).toMatchObject({
					reason: 'forbidden',
				});
			}
		});

		test('narrowing names what stands in the register', async () => {
			const nowhere = randomUUID();
			expect(await createToken(db, operator, { name: 'x', scope: 'read', siteIds: [nowhere, 'not an id'] })).toEqual({
				ok: false,
				reason: 'unknown-site',
				ids: [nowhere, 'not an id'],
			});
			expect(
				await createToken(db, operator, { name: 'x', scope: 'ingest', quantities: ['windMs', '9 lives'] }),
			).toEqual({
				...{ ok: false, reason: 'bad-quantity', ids: ['9 lives'] },
			});
			expect(await createToken(db, operator, { name: 'x', scope: 'ingest', deviceIds: ['TC-9'] })).toMatchObject({
				reason: 'unknown-device',
			});
		});

		test('a narrowed token comes back narrowed', async () => {
			const made = await createToken(db, operator, { name: 'wind only', scope: 'ingest', quantities: ['windMs'] });
			const { check } = createTokenCheck(db, { areas: ['330109'] });
			expect(await check(made.ok ? made.bearer : '')).toMatchObject({
				kind: 'token',
				scope: 'ingest',
				quantities: ['windMs'],
			});
		});

		test('a revoked token is refused within 5 seconds, while others go on', async () => {
			let clock = NOW.getTime();
			const made = await createToken(db, operator, { name: 'gateway', scope: 'ingest' });
			const [bearer, id] = made.ok ? [made.bearer, made.id] : ['', ''];
			const { check } = createTokenCheck(db, { now: () => clock });
			expect(await check(bearer)).not.toBeNull();
			await revokeToken(db, operator, id);
			clock += 5000;
			expect(await check(bearer)).toBeNull();
			const { last_used_at } = await db
				.selectFrom('api_token')
				.select('last_used_at')
				.where('id', '=', id)
				.executeTakeFirstOrThrow();
			expect(last_used_at).toEqual(NOW);
		});

		test('in steady use it is checked beside the requests: the answer is there without waiting', async () => {
			let clock = NOW.getTime();
			const made = await createToken(db, operator, { name: 'gateway', scope: 'ingest' });
			const bearer = made.ok ? made.bearer : '';
			const { check, peek } = createTokenCheck(db, { now: () => clock });
			await check(bearer);
			for (let i = 0; i < 5; i += 1) {
				clock += 3000;
				expect(peek(bearer)?.scope).toBe('ingest');
				await vi.waitFor(async () => expect(peek(bearer)).toBeDefined());
				await new Promise((resolve) => setTimeout(resolve, 50));
			}
		});

		test.each(['', 'swt_x_y', `swt_${'0'.repeat(32)}_${'a'.repeat(43)}`])('“%s” is no token', async (bearer) => {
			expect(await createTokenCheck(db).check(bearer)).toBeNull();
		});
	});
});
