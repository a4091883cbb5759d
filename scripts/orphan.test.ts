import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'sw-orphan-'))));
afterEach(() => rmSync(folder, { recursive: true }));

/** A stand-in for npm starts one for the server, which notes when it ends; the first is killed. */
async function killedParent(lifecycle: string): Promise<{ hasEnded: () => boolean; endChild: () => void }> {
	const note = join(folder, 'ended');
	const begun = join(folder, 'begun');
	const child = `
		import { writeFileSync } from 'node:fs';
		import { whenOrphaned } from '${join(import.meta.dirname, 'orphan.mjs')}';
		whenOrphaned(() => { writeFileSync('${note}', ''); process.exit(0); });
		writeFileSync('${begun}', String(process.pid));
		setTimeout(() => {}, 20_000);`;
	const parent = spawn(
		process.execPath,
		[
			'-e',
			`require('node:child_process').spawn(process.execPath, ['--input-type=module', '-e', ${JSON.stringify(child)}], { stdio: 'ignore' }); setTimeout(() => {}, 20_000);`,
		],
		{ env: { ...process.env, npm_lifecycle_event: lifecycle }, stdio: 'ignore' },
	);
	await until(() => existsSync(begun) && readFileSync(begun, 'utf8') !== '');
	const pid = Number(readFileSync(begun, 'utf8'));
	parent.kill('SIGKILL');
	return { hasEnded: () => existsSync(note), endChild: () => process.kill(pid, 'SIGKILL') };
}

async function until(isSo: () => boolean): Promise<void> {
	for (let i = 0; i < 300 && !isSo(); i++) await new Promise((resolve) => setTimeout(resolve, 50));
}

test('the server ends when npm was killed', async () => {
	const { hasEnded } = await killedParent('start');
	await until(hasEnded);
	expect(hasEnded()).toBe(true);
});

test('started by hand it goes on although the shell is gone', async () => {
	const { hasEnded, endChild } = await killedParent('');
	await new Promise((resolve) => setTimeout(resolve, 1500));
	expect(hasEnded()).toBe(false);
	endChild();
});
