// `restore FOLDER`: puts a backup back. In the place of the embedded database, which is set aside; on a server into the
// database of DATABASE_URL, which must be empty.

import fs from 'node:fs';
import { resolve } from 'node:path';
import { openDatabases } from '#lib/server/db/connection.ts';
import { restoreServer } from '#lib/server/backup/server.ts';
import { restoreBackup } from '#lib/server/db/engine/backup.ts';
import { schemaOf } from '#lib/server/db/migrate.ts';
import { withoutPassword } from '#lib/server/db/versions.ts';
import { Fault } from '#lib/server/errors.ts';
import { assertEmpty } from '#lib/server/transfer/move.ts';
import type { CliContext } from './context.ts';
import { embeddedOnly } from './embedded-only.ts';
import { UsageError } from './usage-error.ts';

export const usage = 'restore FOLDER | FILE.dump';

export async function run(args: string[], context: CliContext): Promise<number> {
	const [folder] = args;
	if (!folder || args.length > 1) throw new UsageError();
	const source = resolve(context.cwd, folder);
	const { DATABASE_URL, DATABASE_OWNER_URL } = context.config();
	if (DATABASE_URL) return intoServer(DATABASE_OWNER_URL || DATABASE_URL, source, context);

	const dataDir = embeddedOnly(context.config(), 'pg_restore');
	const { list, aside } = restoreBackup(dataDir, source, context.now());
	context.out(`已恢复 · Restored the backup of ${list.takenAt}`);
	if (aside) context.err(`原数据库移至 · The database that was there is now in ${aside}`);
	return 0;
}

async function intoServer(url: string, path: string, context: CliContext): Promise<number> {
	if (!fs.existsSync(path)) throw new Fault('not-found', path, `没有备份 ${path} · There is no backup ${path}.`);
	const isDump = fs.statSync(path).isFile();
	const databases = await openDatabases({ DATABASE_URL: url, DATA_DIR: '' }, { migrate: false });
	try {
		const schema = await schemaOf(databases.read);
		if (schema) await assertEmpty(databases, url);
		if (schema && isDump) {
			const name = withoutPassword(url);
			throw new Fault('conflict', name, `请恢复到新建的空库 · Restore into a newly made database: ${name} has tables.`);
		}
	} finally {
		await databases.close();
	}
	await restoreServer(url, { kind: isDump ? 'pg_dump' : 'tables', path });
	context.out(`已恢复到 · Restored into ${withoutPassword(url)}`);
	return 0;
}
