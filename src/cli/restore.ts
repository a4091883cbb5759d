// `restore FOLDER`: puts a copy made by `backup` in the place of the embedded database, which is set aside.

import { resolve } from 'node:path';
import { restoreBackup } from '#lib/server/db/engine/backup.ts';
import { embeddedOnly } from './embedded-only.ts';
import type { CliContext } from './context.ts';
import { UsageError } from './usage-error.ts';

export const usage = 'restore FOLDER';

export async function run(args: string[], context: CliContext): Promise<number> {
	const [folder] = args;
	if (!folder || args.length > 1) throw new UsageError(usage);
	const dataDir = embeddedOnly(context.config(), 'pg_restore');
	const { list, aside } = restoreBackup(dataDir, resolve(context.cwd, folder), context.now());
	context.out(`已恢复 · Restored the backup of ${list.takenAt}`);
	if (aside) context.err(`原数据库移至 · The database that was there is now in ${aside}`);
	return 0;
}
