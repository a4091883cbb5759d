// `doctor`: looks at everything the product stands on and changes nothing. Status 1 when something must be done.

import fs from 'node:fs';
import { migrations } from '#db/migrations/index.ts';
import { openDatabases, type Databases } from '#lib/server/db/connection.ts';
import { diskState } from '#lib/server/db/disk.ts';
import { readManifest } from '#lib/server/db/engine/manifest.ts';
import { placeOf } from '#lib/server/db/engine/place.ts';
import { holderOf, instanceLockPath, type Holder } from '#lib/server/db/lock.ts';
import { schemaOf } from '#lib/server/db/migrate.ts';
import { readingsInDefaultPartition } from '#lib/server/db/partition.ts';
import { withoutPassword } from '#lib/server/db/versions.ts';
import type { CliContext } from './context.ts';
import { UsageError } from './usage-error.ts';

export const usage = 'doctor';

const LEAST_NODE = [20, 19] as const;

export async function run(args: string[], context: CliContext): Promise<number> {
	if (args.length > 0) throw new UsageError(usage);
	let bad = 0;
	const say = (ok: boolean, line: string): void => {
		if (!ok) bad += 1;
		context.out(`${ok ? '✓' : '✗'} ${line}`);
	};

	const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
	say(
		major > LEAST_NODE[0] || (major === LEAST_NODE[0] && minor >= LEAST_NODE[1]),
		`Node ${process.versions.node}（≥ ${LEAST_NODE.join('.')}）`,
	);
	const config = context.config();
	say(true, `设置 · settings: DATA_DIR ${config.DATA_DIR}, ${config.HOST}:${config.PORT}`);
	await lookAtDisk(config.DATA_DIR, say);
	say(true, `实例 · instance: ${holderText(holderOf(instanceLockPath(config.DATA_DIR)))}`);

	const place = placeOf(config.DATA_DIR);
	if (!config.DATABASE_URL) {
		say(true, `数据库进程 · engine: ${holderText(holderOf(place.lock))}`);
		if (!fs.existsSync(place.folder)) {
			context.out('– 尚无数据库，首次启动时建立 · No database yet; the first start makes it.');
			return bad > 0 ? 1 : 0;
		}
	}
	let databases: Databases | undefined;
	try {
		const manifest = config.DATABASE_URL ? undefined : readManifest(place);
		databases = await openDatabases(config, { migrate: false });
		say(true, `数据库 · database: ${databases.tier} ${withoutPassword(config.DATABASE_URL)}`);
		say(databases.durability !== 'relaxed', `持久性 · durability: ${databases.durability}`);
		if (manifest) say(true, `上次正常关闭 · last clean shutdown: ${manifest.lastCleanShutdown ?? '—'}`);
		const schema = await schemaOf(databases.read);
		say(schema === Object.keys(migrations).at(-1), `结构 · schema: ${schema ?? '—'}`);
		if (schema) {
			const strays = await readingsInDefaultPartition(databases.read);
			say(strays === 0, `无分区的读数 · readings without a partition: ${strays}`);
		}
	} catch (error) {
		say(false, `数据库 · database: ${(error as Error).message}`);
	} finally {
		await databases?.close();
	}
	return bad > 0 ? 1 : 0;
}

async function lookAtDisk(folder: string, say: (ok: boolean, line: string) => void): Promise<void> {
	if (!fs.existsSync(folder)) return say(true, `数据文件夹尚不存在 · the data folder does not exist yet`);
	const { state, used, freeBytes } = await diskState(folder);
	const gigabytes = (freeBytes / 1e9).toFixed(1);
	say(state === 'ok', `磁盘 · disk: ${(used * 100).toFixed(0)} % 已用 · used, ${gigabytes} GB 可用 · free`);
}

const holderText = (holder: Holder | undefined): string =>
	holder ? `${holder.what}, pid ${holder.pid}, ${holder.host}, ${holder.since}` : '未运行 · not running';
