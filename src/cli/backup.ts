// `backup FOLDER`: a checked copy of the embedded database, taken while the program does not run.

import { resolve } from 'node:path';
import { takeBackup } from '#lib/server/db/engine/backup.ts';
import { embeddedOnly } from './embedded-only.ts';
import type { CliContext } from './context.ts';
import { UsageError } from './usage-error.ts';

export const usage = 'backup FOLDER';

export async function run(args: string[], context: CliContext): Promise<number> {
	const [folder] = args;
	if (!folder || args.length > 1) throw new UsageError(usage);
	const dataDir = embeddedOnly(context.config(), 'pg_dump');
	const target = resolve(context.cwd, folder);
	const { files } = takeBackup(dataDir, target, context.now());
	context.out(`已备份 · Backed up ${files.length} 个文件 · files: ${target}`);
	return 0;
}
