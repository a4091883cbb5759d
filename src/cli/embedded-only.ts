// For commands on the folder of the embedded database: a PostgreSQL server has tools of its own.

import type { Config } from '#lib/server/config.ts';
import { holderOf, instanceLockPath } from '#lib/server/db/lock.ts';
import { Fault } from '#lib/server/errors.ts';

/**
 * @param tool - what does the same on a server
 * @returns the data folder, on which nothing runs
 */
export function embeddedOnly({ DATABASE_URL, DATA_DIR }: Config, tool: string): string {
	if (DATABASE_URL) {
		throw new Fault(
			'bad-input',
			tool,
			`数据在 PostgreSQL 服务器上，请用 ${tool} · The data is on a server: use ${tool}.`,
		);
	}
	const holder = holderOf(instanceLockPath(DATA_DIR));
	if (holder) {
		throw new Fault(
			'conflict',
			DATA_DIR,
			`系统正在运行（进程 ${holder.pid}），请先停止 · Sitewatch is running (process ${holder.pid}); stop it first.`,
		);
	}
	return DATA_DIR;
}
