import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { logLines } from './log-lines.ts';
import { createLog } from './log.ts';

function logged(facts: object): string {
	const lines: string[] = [];
	createLog('info', { write: (line) => void lines.push(line) }).info(facts, 'said');
	return lines.join('');
}

describe('the log', () => {
	test.each([
		['a header', { headers: { authorization: 'Bearer SECRET', host: 'here' } }],
		['a cookie', { headers: { cookie: 'sid=SECRET' } }],
		['a cookie being set', { headers: { 'set-cookie': 'sid=SECRET' } }],
		['a password', { password: 'SECRET' }],
		['a password in a form', { form: { login: 'shenlan', password: 'SECRET' } }],
		['a token', { token: 'SECRET' }],
		['a telephone number two levels down', { site: { manager: { phone: 'SECRET' } } }],
		['an identity number', { person: { idcard: 'SECRET' } }],
	])('never tells %s', (_, facts) => {
		const line = logged(facts);
		expect(line).toContain('said');
		expect(line).not.toContain('SECRET');
	});

	test('F-51 on a disk that is full holds up nothing and ends nothing', () => {
		const program = `
			import { createLog } from './src/lib/server/log.ts';
			const log = createLog('info');
			const began = performance.now();
			for (let i = 0; i < 20_000; i++) log.info({ i }, 'a reading was refused');
			setTimeout(() => { process.stderr.write(String(Math.round(performance.now() - began))); process.exit(0); }, 200);`;
		const full = openSync('/dev/full', 'w');
		const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
			stdio: ['ignore', full, 'pipe'],
			encoding: 'utf8',
			timeout: 30_000,
		});
		closeSync(full);
		expect([status, stderr]).toEqual([0, expect.stringMatching(/^\d+$/)]);
		expect(Number(stderr)).toBeLessThan(10_000);
	});

	test('F-51 says how many lines were lost, once they go out again', async () => {
		const file = join(mkdtempSync(join(tmpdir(), 'sw-log-')), 'log');
		const full = openSync('/dev/full', 'w');
		const lines = logLines(full);
		for (let i = 0; i < 5; i++) lines.write(`${i}\n`);
		await sleep(300);
		// The same number, on a disk with room.
		closeSync(full);
		expect(openSync(file, 'w')).toBe(full);
		lines.write('again\n');
		await expect.poll(() => readFileSync(file, 'utf8')).toMatch(/again\n.*"lost":5/);
	});

	test('a reader that does not read loses lines and is not waited for', () => {
		const program = `
			import { createLog } from './src/lib/server/log.ts';
			const log = createLog('info');
			const began = performance.now();
			for (let i = 0; i < 100_000; i++) log.info({ i }, 'a reading was refused, and here is why');
			setTimeout(() => { process.stderr.write(String(Math.round(performance.now() - began))); process.exit(0); }, 1500);`;
		// The shell holds the other end of the pipe and never reads.
		const { status, stderr } = spawnSync('sh', ['-c', 'node --import tsx --input-type=module -e "$P" | sleep 8'], {
			...{ stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8', timeout: 40_000 },
			env: { ...process.env, P: program },
		});
		expect(status).toBe(0);
		expect(Number(stderr)).toBeLessThan(10_000);
	});

	test('a name with a line break in it stays one line', () => {
		expect(logged({ device: 'TC-1\n{"level":50}' }).trim().split('\n')).toHaveLength(1);
	});
});
