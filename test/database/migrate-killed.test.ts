// A migration is broken off after each of its statements, by an error inside and by kill -9 of the program or of the
// embedded engine, and the next start goes on; two that start are one.

import { fork, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql, type Migration } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { migrations as shipped } from '#db/migrations/index.ts';
import { openDatabases } from '#lib/server/db/connection.ts';
import { migrate, schemaOf } from '#lib/server/db/migrate.ts';
import { asAdmin } from '../flow/fresh-server-database.ts';
import { endEngine } from './end-engine.ts';
import { onBoth } from './both.ts';
import { MOVES } from './slow-migration.ts';
import { copyTemplate } from './template.ts';

class Broken extends Error {}

/** Goes as far as `most` statements and breaks off there; undefined goes to the end. */
const migration = (most?: number): Migration => ({
	async up(db) {
		for (const [at, statement] of MOVES.entries()) {
			if (at === most) throw new Broken();
			await statement.execute(db);
		}
		if (most === MOVES.length) throw new Broken();
	},
});

onBoth('a migration that is broken off', (database) => {
	beforeAll(async () => expect(await schemaOf(database().read)).toBe(Object.keys(shipped).at(-1)));

	test.each([...MOVES.keys(), MOVES.length])(
		'F-10 after %i statements leaves nothing behind, and the old program goes on',
		async (most) => {
			const half = { ...shipped, '9100_moved': migration(most) };
			await expect(migrate(database().ingest, undefined, half)).rejects.toThrow(Broken);
			const { rows } = await sql`select to_regclass('moved') as moved`.execute(database().read);
			expect(rows).toEqual([{ moved: null }]);
			expect(await migrate(database().ingest)).toEqual([]);
		},
	);

	test('F-11 two that start at once do it once, whole', async () => {
		const whole = { ...shipped, '9100_moved': migration() };
		const done = await Promise.all([
			migrate(database().ingest, undefined, whole),
			migrate(database().alarm, undefined, whole),
		]);
		expect(done.flat()).toEqual(['9100_moved']);
		const { rows } = await sql`select count(*)::int as n from moved where fresh = upper(old)`.execute(database().read);
		expect(rows).toEqual([{ n: 5 }]);
	});
});

describe('F-10 kill -9 during a migration', () => {
	const url = process.env.TEST_DATABASE_URL ?? '';
	const whom = [
		...(['program', 'engine'] as const).map((killed) => ['embedded', killed] as const),
		...(url ? [['server', 'program'] as const] : []),
	];

	/** An engine that was killed takes seconds to come back: by night after every statement. */
	const every = [...MOVES.keys(), MOVES.length];
	const STAGES = { program: every, engine: process.env.NIGHTLY ? every : [1, 4] };

	/** Starts the program on a database that needs the migration and kills once a statement is done. */
	async function killAfter(settings: Record<string, string>, told: string, kill: (child: ChildProcess) => unknown) {
		const child = fork(join(import.meta.dirname, 'migrate-child.ts'), {
			execArgv: ['--import', 'tsx'],
			env: { ...process.env, ...settings },
			stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
		});
		const exit = once(child, 'exit');
		child.on('message', (message) => {
			if (message === told) void kill(child);
		});
		await exit;
	}

	test.each(whom)(
		'%s, of the %s: after any statement nothing is left behind, and the next start does it whole',
		{ timeout: 600_000 },
		async (tier, killed) => {
			const folder = mkdtempSync(join(tmpdir(), 'sw-kill-migrate-'));
			const name = `sw_kill_migrate_${process.pid}_${randomBytes(3).toString('hex')}`;
			if (tier === 'embedded') await copyTemplate(folder);
			else await asAdmin(url, `create database ${name} encoding 'UTF8' template template0`);
			const address = tier === 'server' ? Object.assign(new URL(url), { pathname: `/${name}` }).href : '';
			const settings = { DATABASE_URL: address, DATA_DIR: folder };
			try {
				for (const after of STAGES[killed]) {
					await killAfter(settings, `done ${after}`, (child) =>
						killed === 'engine' ? endEngine(folder, 'SIGKILL') : child.kill('SIGKILL'),
					);
					const databases = await openDatabases(settings);
					const { rows } = await sql`select to_regclass('moved') as moved, max(name) as newest from migration`.execute(
						databases.read,
					);
					expect(rows, `after ${after}`).toEqual([{ moved: null, newest: Object.keys(shipped).at(-1) }]);
					await databases.close();
				}
				await killAfter(settings, 'nothing', () => undefined);
				const databases = await openDatabases(settings, { migrate: false });
				const { rows } = await sql`select count(*)::int as n from moved where fresh = upper(old)`.execute(
					databases.read,
				);
				expect(rows).toEqual([{ n: 5 }]);
				await databases.close();
			} finally {
				if (tier === 'embedded') await endEngine(folder, 'SIGKILL');
				else await asAdmin(url, `drop database ${name} with (force)`);
				rmSync(folder, { recursive: true, force: true });
			}
		},
	);
});
