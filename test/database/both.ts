// Runs the same tests on both databases: always on the embedded one, and on a PostgreSQL server when TEST_DATABASE_URL
// names one. Every suite gets a fresh, migrated, empty database of its own.

import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe } from 'vitest';
import { openDatabases, type Databases } from '#lib/server/db/connection.ts';
import { endEngine } from './end-engine.ts';
import { createOnServer } from './server-template.ts';
import { copyTemplate } from './template.ts';

const url = process.env.TEST_DATABASE_URL ?? '';
/** While working on one test a single database is enough: TEST_TIERS=server. */
const wanted = process.env.TEST_TIERS?.split(',');
const tiers = (['embedded', 'server'] as const)
	.filter((tier) => tier === 'embedded' || url !== '')
	.filter((tier) => wanted?.includes(tier) ?? true);

/** @param tests - called once per database; `database()` may be used inside tests and hooks */
export function onBoth(title: string, tests: (database: () => Databases) => void): void {
	describe.each(tiers)(`${title} (%s)`, (tier) => {
		let databases: Databases | undefined;
		let remove: () => Promise<void>;

		beforeAll(async () => {
			({ databases, remove } = tier === 'embedded' ? await freshEmbedded() : await freshOnServer(url));
		});
		afterAll(async () => {
			await databases?.close();
			await remove?.();
		});

		tests(() => {
			if (!databases) throw new Error('The database is open inside tests and hooks only.');
			return databases;
		});
	});
}

interface Fresh {
	databases: Databases;
	remove: () => Promise<void>;
}

async function freshEmbedded(): Promise<Fresh> {
	const dataDir = fs.mkdtempSync(join(tmpdir(), 'sw-test-'));
	await copyTemplate(dataDir);
	const databases = await openDatabases({ DATABASE_URL: '', DATA_DIR: dataDir });
	return {
		databases,
		async remove() {
			await endEngine(dataDir);
			fs.rmSync(dataDir, { recursive: true, force: true });
		},
	};
}

async function freshOnServer(server: string): Promise<Fresh> {
	const name = `sw_test_${process.pid}_${randomBytes(4).toString('hex')}`;
	const databases = await openDatabases({ DATABASE_URL: await createOnServer(server, name), DATA_DIR: '' });
	return { databases, remove: () => asAdmin(server, `drop database ${name} with (force)`) };
}

async function asAdmin(server: string, statement: string): Promise<void> {
	const client = new pg.Client({ connectionString: server });
	await client.connect();
	try {
		await client.query(statement);
	} finally {
		await client.end();
	}
}
