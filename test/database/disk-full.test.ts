// A disk without room: the embedded database says so in one sentence, and what is there already stays as it is. The disk
// is a small one in memory; where this user may not mount one, a namespace of its own does.

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

/** Opens the database on a disk of `mib` MiB and lists what is on it afterwards. */
function onDiskOf(mib: number): { said: string; left: string } {
	const script = `mount -t tmpfs -o size=${mib}m tmpfs ${folder} && cd ${root} &&
		node --import tsx --input-type=module -e "$OPEN" ${folder}/data; find ${folder} -type f | wc -l; umount -l ${folder}`;
	const isRoot = process.getuid?.() === 0;
	const [command, ...rest] = isRoot
		? ['sh', '-c', script]
		: ['unshare', '--user', '--map-root-user', '--mount', 'sh', '-c', script];
	const { stdout } = spawnSync(command!, rest, { env: { ...process.env, OPEN }, encoding: 'utf8', timeout: 120_000 });
	const lines = stdout.trim().split('\n');
	return { said: lines.slice(0, -1).join('\n'), left: lines.at(-1) ?? '' };
}

describe('a disk without room', () => {
	test('is said in one sentence before anything is written', () => {
		expect(execFileSync('uname', { encoding: 'utf8' }).trim()).toBe('Linux');
		const { said, left } = onDiskOf(24);
		expect(said).toMatch(/^disk-full: .*空间不足.* · .*room/);
		expect(said.split('\n')).toHaveLength(1);
		expect(left).toBe('0');
	});
});
