// A disk without room: the embedded database says so in one sentence, and what is there already stays as it is. The disk
// is a small one in memory; where this user may not mount one, a namespace of its own does.

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Filling } from './disk-filling.ts';
import { afterAll, describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'sw-full-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const OPEN = `
import { openDatabases } from '${root}/src/lib/server/db/connection.ts';
try {
	const databases = await openDatabases({ DATABASE_URL: '', DATA_DIR: process.argv[1] });
	console.log('OPEN');
	await databases.close();
} catch (error) {
	console.log(error.code + ': ' + error.message);
}
process.exit(0);`;

/** Runs a program on a disk of `mib` MiB. @returns what it said, and the number of files it left there */
function onDiskOf(mib: number, program: string, withinMs = 120_000): { said: string; left: string } {
	const script = `mount -t tmpfs -o size=${mib}m tmpfs ${folder} && cd ${root} &&
		${program}; find ${folder} -type f | wc -l; umount -l ${folder}`;
	const isRoot = process.getuid?.() === 0;
	const [command, ...rest] = isRoot
		? ['sh', '-c', script]
		: ['unshare', '--user', '--map-root-user', '--mount', 'sh', '-c', script];
	const quiet = { DEMO: 'off', SIMULATOR: 'off', LOG_LEVEL: 'silent', MQTT_PORT: 'off', DATABASE_URL: '' };
	const env = { ...process.env, ...quiet, OPEN };
	const { stdout } = spawnSync(command!, rest, { env, encoding: 'utf8', timeout: withinMs });
	const lines = stdout.trim().split('\n');
	return { said: lines.slice(0, -1).join('\n'), left: lines.at(-1) ?? '' };
}

describe('a disk without room', () => {
	test('is said in one sentence before anything is written', () => {
		expect(execFileSync('uname', { encoding: 'utf8' }).trim()).toBe('Linux');
		const { said, left } = onDiskOf(24, `node --import tsx --input-type=module -e "$OPEN" ${folder}/data`);
		expect(said).toMatch(/^disk-full: .*空间不足.* · .*room/);
		expect(said.split('\n')).toHaveLength(1);
		expect(left).toBe('0');
	});

	test('F-05 that fills up while readings come in is said in one sentence; nothing acknowledged is lost, and storing goes on with room', () => {
		const elsewhere = mkdtempSync(join(tmpdir(), 'sw-full-backups-'));
		const program = `node --import tsx test/database/disk-filling.ts ${folder}/data ${folder}/filler ${elsewhere}`;
		const { said } = onDiskOf(400, program, 240_000);
		rmSync(elsewhere, { recursive: true, force: true });
		const { before, full, nearlyFull, after, acknowledged, lost, backMs } = JSON.parse(said) as Filling;
		expect(before).toEqual(['200']);
		expect(
			full.filter((line) => !/^(200|507 磁盘.* · The disk is .*|503 数据库.* · The database .*)$/.test(line)),
		).toEqual([]);
		expect(full.some((line) => line.startsWith('507'))).toBe(true);
		expect(nearlyFull).toEqual([
			'507 磁盘将满，读数未保存，请稍后重发 · The disk is nearly full; the readings were not stored.',
		]);
		expect(after).toEqual(['200']);
		expect(acknowledged).toBeGreaterThan(1000);
		expect(lost).toEqual([]);
		// A look at the disk every five seconds; an engine that ran into the wall opens anew.
		for (const ms of backMs) expect(ms).toBeLessThan(30_000);
	}, 300_000);
});
