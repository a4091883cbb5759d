// Building an embedded database takes seconds; the tests build it once per version of the schema and copy it.

import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabases } from '#lib/server/db/connection.ts';
import { acquireLock } from '#lib/server/db/lock.ts';
import { endEngine } from './end-engine.ts';

/** Fills an empty data folder with a migrated, empty database that is not running. */
export async function copyTemplate(dataDir: string): Promise<void> {
	const template = join(tmpdir(), `sw-test-template-${userInfo().username}-${fingerprint()}`);
	if (!fs.existsSync(template)) await build(template);
	fs.cpSync(join(template, 'db'), join(dataDir, 'db'), { recursive: true });
}

async function build(template: string): Promise<void> {
	const lock = await waitForLock(`${template}.lock`);
	try {
		if (fs.existsSync(template)) return;
		removeOld();
		const draft = fs.mkdtempSync(`${template}.`);
		const databases = await openDatabases({ DATABASE_URL: '', DATA_DIR: draft });
		await databases.close();
		await endEngine(draft);
		fs.renameSync(draft, template);
	} finally {
		lock.release();
	}
}

const DAY_MS = 86_400_000;

/** Templates of earlier schemas; one that is in use now is younger. */
function removeOld(): void {
	for (const name of fs.readdirSync(tmpdir())) {
		const path = join(tmpdir(), name);
		if (!name.startsWith(`sw-test-template-${userInfo().username}-`)) continue;
		const { mtimeMs } = fs.statSync(path, { throwIfNoEntry: false }) ?? { mtimeMs: Date.now() };
		if (Date.now() - mtimeMs > DAY_MS) fs.rmSync(path, { recursive: true, force: true });
	}
}

async function waitForLock(path: string): Promise<{ release(): void }> {
	for (;;) {
		try {
			return acquireLock(path, 'test template', new Date());
		} catch {
			await sleep(200);
		}
	}
}

/** Of everything the finished database depends on. */
export function fingerprint(): string {
	const hash = createHash('sha256');
	for (const name of fs.readdirSync('db/migrations').sort()) hash.update(fs.readFileSync(join('db/migrations', name)));
	for (const name of ['pglite', 'pglite-postgis']) {
		hash.update(fs.readFileSync(join('node_modules/@electric-sql', name, 'package.json')));
	}
	return hash.digest('hex').slice(0, 12);
}
