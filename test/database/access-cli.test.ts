// The commands of the command line that hand out access, run without a process.

import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { CliContext } from '../../src/cli/context.ts';
import * as token from '../../src/cli/token.ts';
import * as user from '../../src/cli/user.ts';
import * as verifyAudit from '../../src/cli/verify-audit.ts';
import { createTokenCheck } from '#lib/server/auth/token.ts';
import { createGuesses } from '#lib/server/auth/guesses.ts';
import { signInByPassword } from '#lib/server/commands/sign-in-by-password.ts';
import { readConfig } from '#lib/server/config.ts';
import { onBoth } from './both.ts';

const NOW = new Date('2026-11-20T08:00:00Z');

onBoth('access from the command line', (database) => {
	async function runs(command: { run(args: string[], context: CliContext): Promise<number> }, ...args: string[]) {
		const out: string[] = [];
		const err: string[] = [];
		const code = await command.run(args, {
			cwd: '.',
			out: (line) => void out.push(line),
			write: async () => undefined,
			err: (line) => void err.push(line),
			now: () => NOW,
			config: () => readConfig({}),
			open: async () => ({ databases: database(), config: readConfig({}) }),
		});
		return { code, out, err: err.join('\n') };
	}

	test('token create prints one token that works, and nothing else', async () => {
		const { code, out, err } = await runs(token, 'create', '--name', 'gateway', '--scope', 'ingest');
		expect([code, out.length, err]).toEqual([0, 1, '']);
		expect(await createTokenCheck(database().read).check(out[0]!)).toMatchObject({ name: 'gateway', scope: 'ingest' });
	});

	test('token revoke ends it', async () => {
		const { out } = await runs(token, 'create', '--name', 'old', '--scope', 'read');
		const id = (await createTokenCheck(database().read).check(out[0]!))!.id;
		expect((await runs(token, 'revoke', id)).code).toBe(0);
		expect(await createTokenCheck(database().read).check(out[0]!)).toBeNull();
		expect(await runs(token, 'revoke', id)).toMatchObject({ code: 1 });
		expect((await runs(token, 'list')).out.join('\n')).toMatch(new RegExp(`${id}\tread\t.*revoked\told`));
	});

	test.each([
		['an unknown scope', ['create', '--name', 'x', '--scope', 'everything']],
		['no name', ['create', '--scope', 'read']],
		['an unknown option', ['create', '--name', 'x', '--scope', 'read', '--forever']],
		['nothing', []],
	])('%s is wrong usage', async (_, args) => {
		await expect(runs(token, ...args)).rejects.toMatchObject({ name: 'UsageError' });
	});

	test('a site that is not in the register is named', async () => {
		const { code, err } = await runs(token, 'create', '--name', 'x', '--scope', 'read', '--site', 'nowhere');
		expect([code, err]).toEqual([1, expect.stringContaining('nowhere')]);
	});

	test('a third key of one device is refused for what it is', async () => {
		const db = database().ingest;
		await sql`
			insert into source (id, kind, subject, name, created_at, created_by)
			values (gen_random_uuid(), 'hand', 'sites', 'x', ${NOW}, 'x')`.execute(db);
		await sql`
			insert into device (id, kind, expected_interval_s, source_id)
			select 'TC-K1', 'craneMonitor', 60, id from source limit 1`.execute(db);
		const more = () => runs(token, 'create', '--name', 'box', '--scope', 'ingest', '--device', 'TC-K1');
		await more();
		await more();
		expect(await more()).toMatchObject({ code: 1, out: [], err: expect.stringContaining('two active keys') as string });
	});

	test('user create prints a password that signs in', async () => {
		const { code, out } = await runs(user, 'create', 'niwen', '--name', '倪文', '--role', 'securityAdmin');
		const [login = '', password = ''] = out[0]?.split('\t') ?? [];
		expect(code).toBe(0);
		const here = { address: '127.0.0.1', agent: null };
		const signIn = await signInByPassword(database().ingest, createGuesses(), { login, password }, here, NOW);
		expect(signIn.ok).toBe(true);
	});

	test('nobody gets two of the three administrators', async () => {
		const { code, err } = await runs(
			user,
			'create',
			'both',
			'--name',
			'某',
			'--role',
			'auditor',
			'--role',
			'systemAdmin',
		);
		expect([code, err]).toEqual([1, expect.stringContaining('different people')]);
	});

	test('user disable ends sign-in; a login is given once', async () => {
		await runs(user, 'create', 'laizhiyuan', '--name', '来志远', '--role', 'leader');
		const again = await runs(user, 'create', 'laizhiyuan', '--name', '来志远', '--role', 'leader');
		expect([again.code, again.err]).toEqual([1, expect.stringContaining('taken')]);
		expect((await runs(user, 'disable', 'laizhiyuan')).code).toBe(0);
		expect((await runs(user, 'list')).out.join('\n')).toMatch(/laizhiyuan\t来志远\tleader@330109\tdisabled/);
		expect((await runs(user, 'disable', 'nobody')).code).toBe(1);
	});

	test('verify-audit finds a trail that somebody touched', async () => {
		const whole = await runs(verifyAudit);
		const head = whole.out[0]?.match(/(\d+:[0-9a-f]{64})$/)?.[1] ?? '';
		expect((await runs(verifyAudit, '--anchor', head)).code).toBe(0);
		await sql`update audit set detail = '{}' where seq = 1`.execute(database().ingest);
		const touched = await runs(verifyAudit);
		expect([touched.code, touched.err]).toEqual([1, expect.stringContaining('Entry 1')]);
	});
});
