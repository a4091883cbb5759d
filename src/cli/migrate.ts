// `migrate`: brings the database up to the program's schema, as every start does, and says what it did.

import { migrations } from '#db/migrations/index.ts';
import { schemaOf } from '#lib/server/db/migrate.ts';
import type { CliContext } from './context.ts';
import { UsageError } from './usage-error.ts';

export const usage = 'migrate';

export async function run(args: string[], context: CliContext): Promise<number> {
	if (args.length > 0) throw new UsageError();
	const { databases } = await context.open();
	const newest = Object.keys(migrations).at(-1);
	const schema = await schemaOf(databases.read);
	context.out(`数据库结构 · Schema: ${schema}`);
	return schema === newest ? 0 : 1;
}
