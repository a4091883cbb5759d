// Giving and taking access, and proving who one is, with the clock in the test's hand.

import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateSync } from 'otplib';
import { beforeAll, describe, expect, test } from 'vitest';
import { authorize, scopeOf } from '#lib/domain/access/authorize.ts';
import type { Person, PersonRole } from '#lib/domain/access/principal.ts';
import { verifyAudit } from '#lib/server/audit/verify.ts';
import type { Caller } from '#lib/server/auth/caller.ts';
import { createGuesses } from '#lib/server/auth/guesses.ts';
import { hashPassword } from '#lib/server/auth/password.ts';
import { createSessionCheck } from '#lib/server/auth/session-check.ts';
import { sessionOfCookie } from '#lib/server/auth/session.ts';
import { createTokenCheck } from '#lib/server/auth/token.ts';
import { openVault, type Vault } from '#lib/server/auth/vault.ts';
import { createWallCheck } from '#lib/server/auth/wall-check.ts';
import { giveRole, takeRole } from '#lib/server/commands/change-grants.ts';
import { changePassword } from '#lib/server/commands/change-password.ts';
import { createPerson } from '#lib/server/commands/create-person.ts';
import { createToken } from '#lib/server/commands/create-token.ts';
import { disablePerson } from '#lib/server/commands/disable-person.ts';
import { dropOwnPasskey, resetFactors } from '#lib/server/commands/drop-factor.ts';
import { beginTotp, confirmTotp } from '#lib/server/commands/enrol-totp.ts';
import { exportAudit } from '#lib/server/commands/export-audit.ts';
import { acceptInvitation, invitePerson } from '#lib/server/commands/invite-person.ts';
import { createWall, enterWall, revokeWall } from '#lib/server/commands/manage-wall.ts';
import { provePerson } from '#lib/server/commands/prove-person.ts';
import { signInByPassword } from '#lib/server/commands/sign-in-by-password.ts';
import type { Db } from '#lib/server/db/connection.ts';
import { Fault } from '#lib/server/errors.ts';
import { auditLines } from '#lib/server/repositories/audit-list.ts';
import { addGrant, addPerson, heldGrants, principalOf } from '#lib/server/repositories/person.ts';
import { aRegister } from '../builders.ts';
import { onBoth } from './both.ts';

const NOW = new Date('2026-11-20T08:00:00Z');
const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);
const from = { address: '10.20.0.7', agent: 'test' };
const place = { origin: 'https://map.example.gov.cn', host: 'map.example.gov.cn' };
const PASSWORD = 'Qianjiang7!';
let hash: string;

async function aPerson(db: Db, role: PersonRole | null, more: { password?: boolean; at?: Date } = {}): Promise<Person> {
	const id = randomUUID();
	const passwordHash = more.password ? hash : null;
	await addPerson(db, {
		id,
		login: `p-${id.slice(0, 8)}`,
		name: '沈岚',
		isDemo: false,
		passwordHash,
		at: more.at ?? NOW,
	});
	if (role) {
		const grant = { id: randomUUID(), personId: id, role, area: '330109', layers: ['public'] as const };
		await addGrant(db, { ...grant, at: NOW, by: 'test' });
	}
	return (await principalOf(db, id))!;
}
/** A caller who proved to be itself a moment ago. */
const proven = (principal: Person, now = NOW): Caller => ({ principal, address: '10.20.0.7', now, provenAt: now });

async function signIn(db: Db, person: Person, now = NOW): Promise<{ token: string; sessionId: string }> {
	const login = `p-${person.id.slice(0, 8)}`;
	const result = await signInByPassword(db, createGuesses(), { login, password: PASSWORD }, from, now);
	if (!result.ok) throw new Error(result.reason);
	return result.session;
}
const found = (db: Db, token: string, now = NOW) => sessionOfCookie(db, `sid=${token}`, { now });

onBoth('people', (database) => {
	let db: Db;
	let security: Person;
	let vault: Vault;
	beforeAll(async () => {
		db = database().ingest;
		hash = await hashPassword(PASSWORD);
		security = await aPerson(db, 'securityAdmin');
		vault = openVault(join(mkdtempSync(join(tmpdir(), 'sw-vault-')), 'access.key'));
	});

	describe('T13 roles are given', () => {
		const wish = (personId: string, role: PersonRole) => ({
			personId,
			role,
			area: '330109001',
			layers: ['public'] as const,
		});

		test('by the security administrator, who proved to be itself in the last five minutes', async () => {
			const person = await aPerson(db, null);
			const stale = { ...proven(security), provenAt: later(-300) };
			expect(await giveRole(db, stale, wish(person.id, 'supervisor'))).toEqual({ ok: false, reason: 'prove' });
			expect(await giveRole(db, proven(security), wish(person.id, 'supervisor'))).toEqual({ ok: true });
			expect((await principalOf(db, person.id))?.grants).toEqual([
				{ role: 'supervisor', area: '330109001', layers: ['public'] },
			]);
		});

		test('by nobody else, and by nobody to themselves', async () => {
			const person = await aPerson(db, null);
			for (const role of ['dutyOfficer', 'supervisor', 'leader', 'analyst', 'systemAdmin', 'auditor'] as const) {
				const caller = proven(await aPerson(db, role));
				expect(await giveRole(db, caller, wish(person.id, 'leader'))).toEqual({ ok: false, reason: 'forbidden' });
			}
			expect(await giveRole(db, proven(security), wish(security.id, 'leader'))).toEqual({ ok: false, reason: 'own' });
		});

		test('never two administrators to one hand', async () => {
			const person = await aPerson(db, 'auditor');
			for (const role of ['systemAdmin', 'securityAdmin'] as const)
				expect(await giveRole(db, proven(security), wish(person.id, role))).toEqual({
					ok: false,
					reason: 'admins-apart',
				});
		});

		test('security administrator and auditor for the whole district only: for a town they would open nothing', async () => {
			for (const role of ['securityAdmin', 'auditor'] as const) {
				const person = await aPerson(db, null);
				const given = (area: string) => giveRole(db, proven(security), { ...wish(person.id, role), area });
				expect(await given('330109001')).toEqual({ ok: false, reason: 'district-only' });
				expect(await given('330109001000001')).toEqual({ ok: false, reason: 'district-only' });
				expect(await given('330109')).toEqual({ ok: true });
			}
			const town = { login: 'shen.lan', name: '沈岚', area: '330109001', policy: 'dengbao' as const };
			expect(await createPerson(db, proven(security), { ...town, roles: ['auditor'] })).toEqual({
				...{ ok: false, reason: 'district-only' },
			});
			expect(await giveRole(db, proven(security), wish((await aPerson(db, null)).id, 'systemAdmin'))).toEqual({
				ok: true,
			});
		});

		test('and taken away again, which is seen with the next question; the last security administrator stays', async () => {
			const person = await aPerson(db, 'leader', { password: true });
			const { token } = await signIn(db, person);
			const [held] = await heldGrants(db, person.id);
			expect(await takeRole(db, proven(security), person.id, held!.id)).toEqual({ ok: true });
			expect((await found(db, token))?.principal.grants).toEqual([]);
			const other = await aPerson(db, 'securityAdmin');
			const [own] = await heldGrants(db, other.id);
			expect(await takeRole(db, proven(other), other.id, own!.id)).toMatchObject({ reason: 'own' });
			expect(await takeRole(db, proven(security), other.id, own!.id)).toEqual({ ok: true });
			expect(await disablePerson(db, proven(security), { login: `p-${security.id.slice(0, 8)}` })).toMatchObject({
				reason: 'own',
			});
		});
	});

	describe('an account is made without a password', () => {
		test('and its link sets one, once, and signs in', async () => {
			const wished = {
				login: 'lou.jianguo',
				name: '楼建国',
				roles: ['supervisor'],
				area: '330109',
				policy: 'dengbao',
			} as const;
			const made = await createPerson(db, proven(security), wished);
			if (!made.ok) throw new Error(made.reason);
			const invited = await invitePerson(db, proven(security), made.id);
			if (!invited.ok) throw new Error(invited.reason);
			const set = (password: string, now = NOW) =>
				acceptInvitation(db, invited.link, { password, policy: 'dengbao' }, from, now);
			expect(await set(PASSWORD, later(24 * 3600))).toEqual({ ok: false, reason: 'expired' });
			expect(await set('kurz')).toMatchObject({ reason: 'weak' });
			expect(await set('Lou.jianguo-2026')).toMatchObject({ reason: 'weak', flaws: ['names-you'] });
			const result = await set(PASSWORD);
			expect(result.ok && (await found(db, result.session.token))?.principal.name).toBe('楼建国');
			expect(await set(PASSWORD)).toEqual({ ok: false, reason: 'used' });
		});

		test('a new link ends the one before', async () => {
			const person = await aPerson(db, 'leader');
			const first = await invitePerson(db, proven(security), person.id);
			await invitePerson(db, proven(security), person.id);
			const use = await acceptInvitation(
				db,
				first.ok ? first.link : '',
				{ password: PASSWORD, policy: 'dengbao' },
				from,
				NOW,
			);
			expect(use).toEqual({ ok: false, reason: 'unknown' });
		});
	});

	describe('T2 the second factor of an administrator', () => {
		async function enrolled(role: PersonRole) {
			const person = await aPerson(db, role, { password: true });
			const { token, sessionId } = await signIn(db, person);
			const before = (await found(db, token))!;
			const caller = { ...proven(before.principal), principal: before.principal };
			const begun = await beginTotp(db, vault, caller);
			if (!begun.ok) throw new Error(begun.reason);
			const code = generateSync({ secret: begun.secret, epoch: NOW.getTime() / 1000 });
			const confirmed = await confirmTotp(db, vault, caller, sessionId, code);
			if (!confirmed.ok) throw new Error(confirmed.reason);
			return { person, before, secret: begun.secret, token, sessionId, confirmed };
		}

		test('a slip of the finger while enrolling shows the same secret again: nothing has to be scanned twice', async () => {
			const { token, sessionId } = await signIn(db, await aPerson(db, 'auditor', { password: true }));
			const caller = proven((await found(db, token))!.principal);
			const begun = await beginTotp(db, vault, caller);
			const wrong = await confirmTotp(db, vault, caller, sessionId, '0000000');
			expect(wrong).toEqual({ ...begun, ok: false, reason: 'wrong' });
		});

		test('nothing is open before it is enrolled; then everything of the role is, with a new cookie', async () => {
			const { before, token, confirmed } = await enrolled('securityAdmin');
			expect(before.principal.pending).toBe('enrol');
			expect(authorize(before.principal, 'person:manage')).toEqual({ ok: false, reason: 'pending' });
			expect(scopeOf(before.principal)).toMatchObject({ areas: [] });
			expect(confirmed.recoveryCodes).toHaveLength(10);
			expect(await found(db, token)).toBeNull();
			const after = await found(db, confirmed.session!.token);
			expect(after?.principal.pending).toBeUndefined();
			expect(authorize(after!.principal, 'person:manage')).toEqual({ ok: true });
		});

		test('is asked at every sign-in; a code counts once, a wrong one makes wait', async () => {
			const { person, secret } = await enrolled('auditor');
			const { token, sessionId } = await signIn(db, person, later(60));
			const visitor = (await found(db, token, later(60)))!;
			expect(visitor.principal.pending).toBe('second-factor');
			const parts = { vault, guesses: createGuesses(), place };
			const prove = (code: string, now: Date) =>
				provePerson(db, parts, { ...proven(visitor.principal, now) }, sessionId, { kind: 'code', code });
			const code = generateSync({ secret, epoch: later(60).getTime() / 1000 });
			expect(await prove('000000', later(60))).toEqual({ ok: false, reason: 'wrong' });
			expect(await prove(code, later(60))).toMatchObject({ ok: true });
			expect(await prove(code, later(61))).toEqual({ ok: false, reason: 'wrong' });
			for (let i = 0; i < 5; i++) await prove('000000', later(62));
			expect(await prove('000000', later(62))).toMatchObject({ reason: 'wait' });
		});

		test('a recovery code works once in its place', async () => {
			const { person, confirmed } = await enrolled('systemAdmin');
			const { token, sessionId } = await signIn(db, person, later(60));
			const { principal } = (await found(db, token, later(60)))!;
			const parts = { vault, guesses: createGuesses(), place };
			const evidence = { kind: 'recovery', code: confirmed.recoveryCodes[0]!.toLowerCase() } as const;
			expect(await provePerson(db, parts, proven(principal, later(60)), sessionId, evidence)).toMatchObject({
				ok: true,
			});
			expect(await provePerson(db, parts, proven(principal, later(60)), sessionId, evidence)).toMatchObject({
				reason: 'wrong',
			});
		});

		test('with one enrolled the password alone proves nothing', async () => {
			const { person, sessionId } = await enrolled('systemAdmin');
			const parts = { vault, guesses: createGuesses(), place };
			const evidence = { kind: 'password', password: PASSWORD } as const;
			expect(await provePerson(db, parts, proven(person), sessionId, evidence)).toMatchObject({ reason: 'wrong' });
		});

		test('is stored sealed, opens for nobody else, and is reset by the security administrator only', async () => {
			const { person, secret } = await enrolled('systemAdmin');
			const { secret: sealed } = await db
				.selectFrom('totp')
				.select('secret')
				.where('person_id', '=', person.id)
				.executeTakeFirstOrThrow();
			expect(sealed.toString('latin1')).not.toContain(secret);
			expect(vault.open(sealed, person.id)).toBe(secret);
			expect(() => vault.open(sealed, security.id)).toThrow();
			expect(await resetFactors(db, proven(person), person.id)).toMatchObject({ reason: 'forbidden' });
			expect(await dropOwnPasskey(db, proven(person), 'none')).toMatchObject({ reason: 'not-found' });
			expect(await resetFactors(db, proven(security), person.id)).toEqual({ ok: true });
		});
	});

	describe('passwords', () => {
		test('one that is 90 days old opens nothing but the page that changes it (等保); ASVS asks for no change', async () => {
			const person = await aPerson(db, 'leader', { password: true, at: later(-90 * 86_400) });
			const { token, sessionId } = await signIn(db, person);
			const { principal } = (await found(db, token))!;
			expect(principal.pending).toBe('password');
			const asvs = await sessionOfCookie(db, `sid=${token}`, { now: NOW, policy: 'asvs' });
			expect(asvs?.principal.pending).toBeUndefined();
			const change = (old: string, password: string) =>
				changePassword(db, createGuesses(), proven(principal), sessionId, { old, password, policy: 'dengbao' });
			expect(await change('wrong', 'Xianghu-2026')).toEqual({ ok: false, reason: 'wrong' });
			expect(await change(PASSWORD, PASSWORD)).toEqual({ ok: false, reason: 'same' });
			expect(await change(PASSWORD, 'Xianghu-2026')).toEqual({ ok: true });
			expect((await found(db, token))?.principal.pending).toBeUndefined();
		});

		test('changing it ends the other sessions', async () => {
			const person = await aPerson(db, 'leader', { password: true });
			const [one, two] = [await signIn(db, person), await signIn(db, person)];
			const wish = { old: PASSWORD, password: 'Xianghu-2026', policy: 'dengbao' } as const;
			await changePassword(db, createGuesses(), proven(person), one.sessionId, wish);
			expect([await found(db, one.token), await found(db, two.token)].map(Boolean)).toEqual([true, false]);
		});

		test('T2 a thousand guesses from forty addresses try fewer than twenty passwords', async () => {
			const person = await aPerson(db, 'leader', { password: true });
			const login = `p-${person.id.slice(0, 8)}`;
			const guesses = createGuesses();
			const outcomes = { wrong: 0, wait: 0, ok: 0 };
			for (let i = 0; i < 1000; i++) {
				const given = { login, password: i === 999 ? PASSWORD : `guess-${i}` };
				const result = await signInByPassword(db, guesses, given, { ...from, address: `10.9.0.${i % 40}` }, NOW);
				outcomes[result.ok ? 'ok' : result.reason] += 1;
			}
			expect(outcomes.ok).toBe(0);
			expect(outcomes.wrong).toBeLessThan(20);
		});
	});

	describe('T6 keys of devices', () => {
		test('two may be active for one device while it changes over, a third is refused', async () => {
			await aRegister(db)
				.withTown('330109001', '城厢街道', [120.27, 30.17])
				.withSite({ name: '一号工地', town: '330109001', at: [120.27, 30.17] })
				.withCrane({ site: '一号工地', record: 'A', device: 'TC-1' })
				.build();
			const wish = { name: 'TC-1', scope: 'ingest', deviceIds: ['TC-1'] } as const;
			expect(await createToken(db, proven(security), wish)).toMatchObject({ ok: true });
			expect(await createToken(db, proven(security), wish)).toMatchObject({ ok: true });
			expect(await createToken(db, proven(security), wish)).toEqual({ ok: false, reason: 'two-active' });
		});

		test('work from their own networks only', async () => {
			const wish = { name: 'gateway', scope: 'ingest', networks: ['10.20.0.0/16', 'fd12::/16'] } as const;
			const made = await createToken(db, proven(security), wish);
			const bearer = made.ok ? made.bearer : '';
			const check = createTokenCheck(db);
			expect(await check.check(bearer, '10.20.3.4')).toMatchObject({ name: 'gateway' });
			expect(await check.check(bearer, 'fd12::1')).not.toBeNull();
			for (const address of ['10.21.0.1', '::1', null, 'nonsense'])
				expect(await check.check(bearer, address)).toBeNull();
			const wrong = await createToken(db, proven(security), { ...wish, networks: ['10.20.0.0/99'] });
			expect(wrong).toEqual({ ok: false, reason: 'bad-network', ids: ['10.20.0.0/99'] });
		});

		test('are made after a proof only', async () => {
			const { provenAt: _, ...unproven } = proven(security);
			expect(await createToken(db, unproven, { name: 'x', scope: 'read' })).toEqual({ ok: false, reason: 'prove' });
		});
	});

	describe('T10 a wall', () => {
		test('is paired once by its link, sees its area without personal data, and is revoked', async () => {
			const made = await createWall(db, proven(security), {
				name: '指挥大厅',
				areas: ['330109'],
				networks: ['10.20.0.0/16'],
			});
			if (!made.ok) throw new Error(made.reason);
			const entered = await enterWall(db, made.link, '10.20.0.9', NOW);
			if (!entered.ok) throw new Error(entered.reason);
			expect(await enterWall(db, made.link, '10.20.0.9', NOW)).toEqual({ ok: false, reason: 'used' });
			const walls = createWallCheck(db);
			const wall = (await walls.find(`wall=${entered.token}`, '10.20.0.9'))!;
			expect(wall).toMatchObject({ kind: 'wall', areas: ['330109'] });
			expect(scopeOf(wall)).toEqual({ kind: 'areas', areas: ['330109'], layers: ['public', 'supervision'] });
			for (const action of ['alarm:acknowledge', 'export:make', 'register:read', 'person:manage'] as const)
				expect(authorize(wall, action).ok).toBe(false);
			expect(await walls.find(`wall=${entered.token}`, '10.99.0.9')).toBeNull();
			expect(await revokeWall(db, proven(security), made.id)).toEqual({ ok: true });
			expect(await walls.find(`wall=${entered.token}`, '10.20.0.9')).toBeNull();
		});
	});

	describe('T22 while the database is away', () => {
		const away = (): never => {
			throw new Fault('database-down', 'database', 'down');
		};
		/** The database as it is, until it is gone. */
		function failing() {
			let isAway = false;
			const broken = new Proxy(db, {
				get(target, name) {
					const value: unknown = Reflect.get(target, name);
					if (typeof value !== 'function') return value;
					return isAway ? away : (value.bind(target) as unknown);
				},
			});
			return { db: broken, leave: () => (isAway = true) };
		}

		test('whoever was signed in goes on reading for an hour, and nobody signs in', async () => {
			const person = await aPerson(db, 'dutyOfficer', { password: true });
			const { token } = await signIn(db, person);
			const fate = failing();
			let clock = NOW.getTime();
			const check = createSessionCheck(fate.db, 'dengbao', () => clock, randomUUID());
			expect((await check.find(`sid=${token}`))?.principal.id).toBe(person.id);
			fate.leave();
			clock += 59 * 60_000;
			expect((await check.find(`sid=${token}`))?.principal.id).toBe(person.id);
			clock += 60_000;
			await expect(check.find(`sid=${token}`)).rejects.toMatchObject({ code: 'database-down' });
			await expect(check.find(`sid=${'a'.repeat(43)}`)).rejects.toMatchObject({ code: 'database-down' });
			const login = `p-${person.id.slice(0, 8)}`;
			const entry = signInByPassword(fate.db, createGuesses(), { login, password: PASSWORD }, from, NOW);
			await expect(entry).rejects.toMatchObject({ code: 'database-down' });
		});
	});

	describe('T19 the auditor', () => {
		test('reads the trail by filters, takes it out as a file, and that is an entry too', async () => {
			const auditor = await aPerson(db, 'auditor');
			const denied = await auditLines(db, { outcome: 'denied', action: 'session:open' }, 500);
			expect(denied.length).toBeGreaterThan(0);
			expect(denied.every(({ outcome, action }) => outcome === 'denied' && action === 'session:open')).toBe(true);
			expect(await auditLines(db, { object: '%' }, 10)).toEqual([]);
			expect((await exportAudit(db, proven(security), {})).ok).toBe(false);
			const file = await exportAudit(db, proven(auditor), { action: 'grant:give' });
			expect(file.ok && file.csv.split('\r\n')[0]).toBe('\ufeffseq,at,actor,name,address,action,object,outcome,detail');
			const [last] = await auditLines(db, {}, 1);
			expect(last).toMatchObject({ action: 'audit:export', actor: `person:${auditor.id}`, name: '沈岚' });
			expect((await verifyAudit(db)).ok).toBe(true);
		});
	});
});
