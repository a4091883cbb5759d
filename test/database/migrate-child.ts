// Brings a database up to date by a migration that goes slowly, as a process of its own that a test can kill; tells which
// statement it has done.

import type { Migration } from 'kysely';
import { setTimeout as sleep } from 'node:timers/promises';
import { migrations as shipped } from '#db/migrations/index.ts';
import { readConfig } from '#lib/server/config.ts';
import { openDatabases } from '#lib/server/db/connection.ts';
import { migrate } from '#lib/server/db/migrate.ts';
import { MOVES } from './slow-migration.ts';

const slow: Migration = {
	async up(db) {
		for (const [at, statement] of MOVES.entries()) {
			await statement.execute(db);
			process.send!(`done ${at + 1}`);
			await sleep(150);
		}
	},
};

const databases = await openDatabases(readConfig());
process.send!('done 0');
await migrate(databases.ingest, undefined, { ...shipped, '9100_moved': slow });
process.send!('committed');
await databases.close();
process.disconnect();
