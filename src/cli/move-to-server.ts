// `move-to-server URL`: everything of the embedded database into an empty PostgreSQL, counted and summed on both sides.

import { audit } from '#lib/server/audit/audit.ts';
import { openDatabases } from '#lib/server/db/connection.ts';
import { transaction } from '#lib/server/db/transaction.ts';
import { withoutPassword } from '#lib/server/db/versions.ts';
import { moveAll } from '#lib/server/transfer/move.ts';
import type { CliContext } from './context.ts';
import { embeddedOnly } from './embedded-only.ts';
import { readOptions } from './read-options.ts';
import { UsageError } from './usage-error.ts';

export const usage = 'move-to-server postgres://USER@HOST:PORT/DATABASE';

export async function run(args: string[], context: CliContext): Promise<number> {
	const { positionals } = readOptions({ args, allowPositionals: true });
	const [url] = positionals;
	if (!url || positionals.length > 1 || !/^postgres(ql)?:\/\//.test(url)) throw new UsageError();
	// Nothing may be stored here while it moves there.
	embeddedOnly(context.config(), 'pg_dump');
	const { databases: source } = await context.open();
	const target = await openDatabases({ DATABASE_URL: url, DATA_DIR: '' }, { log: context.err });
	try {
		const moved = await moveAll(
			{ databases: source, connection: source.connection },
			{ databases: target, url },
			({ table, day, rows, done, of }) => context.err(`${done}/${of} ${table}${day ? ` ${day}` : ''}: ${rows}`),
		);
		await transaction(target.ingest, (tx) =>
			audit(tx, {
				at: context.now(),
				actor: 'operator',
				actorKind: 'operator',
				action: 'database:move',
				object: withoutPassword(url),
				detail: { tables: Object.fromEntries(moved.map(({ table, rows }) => [table, rows])) },
				outcome: 'done',
			}),
		);
		for (const { table, rows, sha256 } of moved) context.out(`${table}\t${rows}\t${sha256.slice(0, 16)}`);
		context.err(
			`已迁移并逐表核对。今后启动请设 DATABASE_URL；原数据留在 ${context.config().DATA_DIR} · ` +
				`Moved, and equal table by table. From now on start with DATABASE_URL; the old data stays in ${context.config().DATA_DIR}.`,
		);
		return 0;
	} finally {
		await target.close();
	}
}
