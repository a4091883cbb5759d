import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { acquireInstanceLock } from '#lib/server/db/lock.ts';
import type { CliContext } from './context.ts';
import { run } from './demo-reset.ts';

const NOW = new Date('2026-11-20T02:00:00Z');
let data: string;
beforeEach(() => (data = fs.mkdtempSync(join(tmpdir(), 'sw-reset-'))));
afterEach(() => fs.rmSync(data, { recursive: true, force: true }));

const context = () =>
	({
		now: () => NOW,
		out: () => undefined,
		config: () => ({ DATABASE_URL: '', DATA_DIR: data }),
	}) as unknown as CliContext;

test('keeps the old database aside and frees its place', async () => {
	fs.mkdirSync(join(data, 'db'));
	fs.writeFileSync(join(data, 'db/manifest.json'), '{}');
	expect(await run([], context())).toBe(0);
	expect(fs.readdirSync(data).filter((name) => name.startsWith('db'))).toEqual([
		'db.before-reset-2026-11-20T020000.000Z',
	]);
});

test('touches nothing while the program runs on the folder', async () => {
	fs.mkdirSync(join(data, 'db'));
	const lock = acquireInstanceLock(data, NOW);
	await expect(run([], context())).rejects.toMatchObject({ code: 'conflict' });
	lock.release();
	expect(fs.existsSync(join(data, 'db'))).toBe(true);
});
