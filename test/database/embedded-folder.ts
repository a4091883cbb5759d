// Data folders with an embedded database, for tests of the engine itself.

import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { openDatabases, type Databases } from '#lib/server/db/connection.ts';
import { endEngine } from './end-engine.ts';
import { copyTemplate } from './template.ts';

const folders: string[] = [];
const opened: Databases[] = [];

afterAll(async () => {
	for (const databases of opened) await databases.close();
	for (const folder of folders) {
		await endEngine(folder, 'SIGKILL');
		fs.rmSync(folder, { recursive: true, force: true });
	}
});

/** A folder with a migrated, empty database that is not running. Goes away after the tests of the file. */
export async function embeddedFolder(): Promise<string> {
	const folder = fs.mkdtempSync(join(tmpdir(), 'sw-test-'));
	folders.push(folder);
	await copyTemplate(folder);
	return folder;
}

export async function openEmbedded(folder: string, log?: (line: string) => void): Promise<Databases> {
	const databases = await openDatabases({ DATABASE_URL: '', DATA_DIR: folder }, { log });
	opened.push(databases);
	return databases;
}
