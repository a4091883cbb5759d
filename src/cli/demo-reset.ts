// `demo-reset`: moves the embedded database aside, so that the next start begins with a fresh demonstration district.

import fs from 'node:fs';
import { placeOf } from '#lib/server/db/engine/place.ts';
import { acquireInstanceLock, holderOf } from '#lib/server/db/lock.ts';
import { Fault } from '#lib/server/errors.ts';
import type { CliContext } from './context.ts';
import { embeddedOnly } from './embedded-only.ts';
import { UsageError } from './usage-error.ts';

export const usage = 'demo-reset';

export async function run(args: string[], context: CliContext): Promise<number> {
	if (args.length > 0) throw new UsageError();
	const dataDir = embeddedOnly(context.config(), 'dropdb');
	const { folder, lock } = placeOf(dataDir);
	const instance = acquireInstanceLock(dataDir, context.now());
	try {
		const engine = holderOf(lock);
		if (engine)
			throw new Fault(
				'conflict',
				folder,
				`内置数据库仍在运行（进程 ${engine.pid}），请稍候几秒再试 · The embedded database still runs (process ${engine.pid}); try again in a few seconds.`,
			);
		if (!fs.existsSync(folder)) context.out('没有数据，无需重置 · There is no data to reset.');
		else {
			const aside = `${folder}.before-reset-${context.now().toISOString().replaceAll(':', '')}`;
			fs.renameSync(folder, aside);
			context.out(`旧数据保留在 · The old data are kept in ${aside}`);
		}
		return 0;
	} finally {
		instance.release();
	}
}
