// What keeps the program from starting is said in one sentence each, and nothing has been touched by then.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { acquireInstanceLock } from '#lib/server/db/lock.ts';

const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'sw-refusal-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function start(settings: Record<string, string>): { status: number | null; said: string } {
	const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'src/server.ts'], {
		cwd: root,
		env: { ...process.env, DATABASE_URL: '', HOST: '127.0.0.1', ...settings },
		encoding: 'utf8',
		timeout: 120_000,
	});
	return { status, said: stderr.trim() };
}

describe('the program does not start', () => {
	test('with wrong settings: all of them are named at once, with what they are', () => {
		const data = join(folder, 'settings');
		const { status, said } = start({
			DATA_DIR: data,
			PORT: 'abc',
			DATABASE_URL: 'mysql://a:geheim@x',
			BASEMAP_STYLE: 'osm',
		});
		expect(status).toBe(1);
		expect(said.split('\n')[0]).toBe('设置有误 · These settings are wrong:');
		for (const name of ['PORT', 'DATABASE_URL', 'BASEMAP_STYLE']) expect(said).toContain(`  ${name}：`);
		expect(said).toContain('应以 postgres:// 开头 · must start with postgres://');
		expect(said).toContain('“mysql://a:…@x”');
		expect(said).not.toContain('geheim');
		expect(existsSync(data)).toBe(false);
	});

	test('on a port somebody else has: the port is named and the way out, and there is no database yet', async () => {
		const other = createServer();
		await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
		const port = String((other.address() as AddressInfo).port);
		const data = join(folder, 'port');
		const { status, said } = start({ DATA_DIR: data, PORT: port });
		other.close();
		expect(status).toBe(1);
		expect(said).toContain(`端口 ${port} 已被其他程序占用`);
		expect(said).toContain('PORT=');
		expect(said.split('\n')).toHaveLength(1);
		expect(existsSync(join(data, 'db'))).toBe(false);
	});

	test('in a folder another instance holds: who holds it, and what to do', () => {
		const data = join(folder, 'held');
		const lock = acquireInstanceLock(data, new Date());
		const { status, said } = start({ DATA_DIR: data, PORT: '4199' });
		lock.release();
		expect(status).toBe(1);
		expect(said).toContain(data);
		expect(said).toContain(String(process.pid));
		expect(existsSync(join(data, 'db'))).toBe(false);
	});

	test('in a folder that is a file: what it is, and what to do', () => {
		const data = join(folder, 'a-file');
		writeFileSync(data, 'kept');
		for (const DATA_DIR of [data, join(data, 'below')]) {
			const { status, said } = start({ DATA_DIR, PORT: '4199' });
			expect(status).toBe(1);
			expect(said).toContain(`${DATA_DIR} 不是文件夹`);
			expect(said.split('\n')).toHaveLength(1);
		}
		expect(readFileSync(data, 'utf8')).toBe('kept');
	});

	/** Nobody may make folders there, whoever asks. */
	const FORBIDDEN = '/sys/sitewatch';
	test.skipIf(!existsSync('/sys'))('in a folder it may not write: which, and what to do', () => {
		const { status, said } = start({ DATA_DIR: FORBIDDEN, PORT: '4199' });
		expect(status).toBe(1);
		expect(said).toContain(`没有权限写数据文件夹 ${FORBIDDEN}`);
		expect(said).toContain('DATA_DIR=');
		expect(said.split('\n')).toHaveLength(1);
	});
});
