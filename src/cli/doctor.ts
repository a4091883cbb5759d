// `doctor`: looks at everything the product stands on and changes nothing; for what is wrong it says what to do.
// Status 1 when something must be done. `--deep` also reads every page and the whole audit trail.

import fs from 'node:fs';
import { migrations } from '#db/migrations/index.ts';
import { readinessRules } from '#db/rules/operations.ts';
import { SYSTEM } from '#lib/domain/access/scope.ts';
import { verifyAudit } from '#lib/server/audit/verify.ts';
import type { Config } from '#lib/server/config.ts';
import { openDatabases, type Databases } from '#lib/server/db/connection.ts';
import { standOf } from '#lib/server/db/replica.ts';
import { diskState } from '#lib/server/db/disk.ts';
import { readManifest } from '#lib/server/db/engine/manifest.ts';
import { placeOf } from '#lib/server/db/engine/place.ts';
import { readAllPages } from '#lib/server/db/engine/probe.ts';
import { readStatus } from '#lib/server/db/engine/status.ts';
import { holderOf, instanceLockPath, type Holder } from '#lib/server/db/lock.ts';
import { schemaOf } from '#lib/server/db/migrate.ts';
import { readingsInDefaultPartition } from '#lib/server/db/partition.ts';
import { withoutPassword } from '#lib/server/db/versions.ts';
import { lastVerifiedBackup, newestBackup } from '#lib/server/repositories/backup.ts';
import type { CliContext } from './context.ts';
import { doctorOfNeighbours } from './doctor-neighbours.ts';
import { readOptions } from './read-options.ts';

export const usage = 'doctor [--deep]';

const LEAST_NODE = [20, 19] as const;

/** One line; when it is not well, with what to do. */
export type Say = (ok: boolean, line: string, remedy?: string) => void;

export async function run(args: string[], context: CliContext): Promise<number> {
	const isDeep = wantsDeep(args);
	let bad = 0;
	const say: Say = (ok, line, remedy) => {
		if (!ok) bad += 1;
		context.out(`${ok ? '✓' : '✗'} ${line}`);
		if (!ok && remedy) context.out(`  → ${remedy}`);
	};

	const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
	say(
		major > LEAST_NODE[0] || (major === LEAST_NODE[0] && minor >= LEAST_NODE[1]),
		`Node ${process.versions.node}（≥ ${LEAST_NODE.join('.')}）`,
		'安装更新的 Node · Install a newer Node.',
	);
	const config = context.config();
	say(true, `设置 · settings: DATA_DIR ${config.DATA_DIR}, ${config.HOST}:${config.PORT}, ROLE ${config.ROLE}`);
	await lookAtDisk(config.DATA_DIR, say);
	say(true, `实例 · instance: ${holderText(holderOf(instanceLockPath(config.DATA_DIR)))}`);
	await doctorOfNeighbours(config, say);

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
		say(
			databases.durability !== 'relaxed',
			`持久性 · durability: ${databases.durability}`,
			'DATA_DIR 所在文件系统不保证落盘，请放到真实磁盘 · DATA_DIR lies on a file system that keeps nothing; put it on a disk.',
		);
		if (manifest) {
			say(true, `上次正常关闭 · last clean shutdown: ${manifest.lastCleanShutdown ?? '—'}`);
			lookAtEngine(config, say);
		}
		if (config.DATABASE_READ_URL) await lookAtReplica(databases, config, say);
		await lookAtContent(databases, context.now(), say);
		if (isDeep) await lookDeep(databases, say);
	} catch (error) {
		say(false, `数据库 · database: ${(error as Error).message}`);
	} finally {
		await databases?.close();
	}
	return bad > 0 ? 1 : 0;
}

async function lookAtReplica({ heavy, replica }: Databases, { DATABASE_READ_URL }: Config, say: Say): Promise<void> {
	await heavy(SYSTEM, 'lately', async () => undefined);
	say(
		replica().state === 'follows',
		`只读副本 · read replica: ${withoutPassword(DATABASE_READ_URL)} ${standOf(replica())}`,
		'检查流复制；副本缺失期间由主库应答 · Look at the streaming replication; the primary answers meanwhile.',
	);
}

function wantsDeep(args: string[]): boolean {
	return readOptions({ args, options: { deep: { type: 'boolean', default: false } } }).values.deep;
}

function lookAtEngine({ DATA_DIR }: Config, say: Say): void {
	const { reopened, swallowed, syncFailures, lastTrouble } = readStatus(placeOf(DATA_DIR));
	const last = lastTrouble ? `, ${lastTrouble.at} ${lastTrouble.why}` : '';
	say(true, `引擎重开 ${reopened} 次，吞错 ${swallowed} 次 · engine opened anew, errors swallowed${last}`);
	say(
		syncFailures === 0,
		`落盘失败 ${syncFailures} 次 · syncs the disk refused`,
		'立即备份并更换磁盘，之后删除 engine-status.json · Back up and replace the disk now, then delete engine-status.json.',
	);
}

async function lookAtContent(databases: Databases, now: Date, say: Say): Promise<void> {
	const { read } = databases;
	const schema = await schemaOf(read);
	say(
		schema === Object.keys(migrations).at(-1),
		`结构 · schema: ${schema ?? '—'}`,
		'npm run sitewatch -- migrate（先备份 · back up first）',
	);
	if (!schema) return;
	const strays = await readingsInDefaultPartition(read);
	say(
		strays === 0,
		`无分区的读数 · readings without a partition: ${strays}`,
		'核对设备时钟：读数的日期早于保留期或分区未建 · Check device clocks: the days of these readings had no partition.',
	);
	if (schema < '0016') return;
	const newest = await newestBackup(read);
	const verified = await lastVerifiedBackup(read);
	const hours = verified ? (now.getTime() - verified.getTime()) / 3_600_000 : Infinity;
	say(
		newest !== undefined && !newest.fault,
		`最近备份 · last backup: ${newest ? `${newest.takenAt.toISOString()} ${newest.path}${newest.fault ? ` — ${newest.fault}` : ''}` : '—'}`,
		'npm run sitewatch -- backup 文件夹 · FOLDER',
	);
	say(
		hours <= readinessRules.verifiedWithin.value,
		`最近一次验证过的恢复 · last verified restore: ${verified?.toISOString() ?? '—'}`,
		'npm run sitewatch -- backup --verify 文件夹 · FOLDER',
	);
}

async function lookDeep({ read }: Databases, say: Say): Promise<void> {
	const broken = await readAllPages(read);
	say(
		broken.length === 0,
		`数据页 · pages: ${broken.length === 0 ? '可读 · can be read' : broken.join('; ')}`,
		'恢复备份 · Restore a backup: npm run sitewatch -- restore FOLDER',
	);
	const verdict = await verifyAudit(read);
	say(
		verdict.ok,
		`审计记录 · audit trail: ${verdict.ok ? `${verdict.entries}:${verdict.head}` : `${verdict.seq} ${verdict.why}`}`,
		'有人改动了审计记录，请保全现场并上报 · Somebody touched the trail: preserve the machine and report it.',
	);
}

async function lookAtDisk(folder: string, say: Say): Promise<void> {
	if (!fs.existsSync(folder)) return say(true, `数据文件夹尚不存在 · the data folder does not exist yet`);
	const { state, used, freeBytes } = await diskState(folder);
	const gigabytes = (freeBytes / 1e9).toFixed(1);
	say(
		state === 'ok',
		`磁盘 · disk: ${(used * 100).toFixed(0)} % 已用 · used, ${gigabytes} GB 可用 · free`,
		'清理旧备份或扩容；95 % 时停止接收读数 · Make room; at 95 % readings are no longer stored.',
	);
}

const holderText = (holder: Holder | undefined): string =>
	holder ? `${holder.what}, pid ${holder.pid}, ${holder.host}, ${holder.since}` : '未运行 · not running';
