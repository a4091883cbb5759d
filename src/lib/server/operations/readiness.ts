// Whether the product does what it promises, check by check, with what to do when it does not. Blocking checks take
// the process out of service (503); the others are told and counted.

import { hostname } from 'node:os';
import { sql } from 'kysely';
import { migrations } from '#db/migrations/index.ts';
import { readinessRules } from '#db/rules/operations.ts';
import type { Company } from '../cluster/start-cluster.ts';
import type { Databases } from '../db/connection.ts';
import { birthOf } from '../db/process-start.ts';
import type { DiskWatch } from '../db/disk.ts';
import { standOf } from '../db/replica.ts';
import { schemaOf } from '../db/migrate.ts';
import { readingsInDefaultPartition } from '../db/partition.ts';
import type { LivePart } from '../live/live-part.ts';
import { lastVerifiedBackup } from '../repositories/backup.ts';
import { beat } from '../repositories/process.ts';
import type { LoopWatch } from './loop-watch.ts';

export interface Check {
	name: string;
	ok: boolean;
	/** Not ready while it is not ok. */
	isBlocking: boolean;
	/** What is, and when it is not ok what to do. */
	message: string;
}

export interface Readiness {
	ready: boolean;
	/** Messages of what is not ok and blocks. */
	reasons: string[];
	checks: Check[];
}

export interface ReadinessParts {
	databases: Databases;
	live: LivePart;
	company: Company;
	role: 'both' | 'ingest' | 'web';
	disk?: DiskWatch;
	loop: LoopWatch;
	/** Pages of the embedded database that cannot be read, as last looked at. */
	brokenPages: () => readonly string[];
	/** Checks of parts that are not always there, such as a broker. */
	more: () => Check[];
	isClosing: () => boolean;
	now: () => number;
}

export interface ReadinessMaker {
	look(): Promise<Readiness>;
	/** Seconds since findings began to wait; zero when none does. */
	outboxLagS(): number;
	/** Seconds this machine's clock is ahead of the database's, as last measured. */
	clockSkewS(): number;
	stop(): void;
}

/** Asked more often than this, the last answer counts. */
const ANSWER_FOR_MS = 500;
/** Slow facts are asked this often. */
const SLOW_EVERY_MS = 30_000;

export function readinessMaker(parts: ReadinessParts): ReadinessMaker {
	const { databases, live, company, role, disk, loop, now } = parts;
	let emptySinceMs = now();
	const sampling = setInterval(() => {
		if (live.outbox.waiting() === 0) emptySinceMs = now();
	}, 500).unref();
	const outboxLagS = (): number => (live.outbox.waiting() === 0 ? 0 : (now() - emptySinceMs) / 1000);

	let skewS = 0;
	let slow: { atMs: number; schema: string | undefined; strays: number; verified: Date | undefined } | undefined;
	async function slowFacts() {
		if (slow && now() - slow.atMs < SLOW_EVERY_MS) return slow;
		const [schema, strays, verified] = await Promise.all([
			schemaOf(databases.read),
			readingsInDefaultPartition(databases.read),
			lastVerifiedBackup(databases.read),
		]);
		return (slow = { atMs: now(), schema, strays, verified });
	}

	/** Writes as a reading would be written; and measures the clock on the way. */
	async function probe(): Promise<Check> {
		const started = now();
		try {
			await within(readinessRules.probeWithin.value * 1000, async () => {
				const own = { id: company.id, role, host: hostname(), pid: process.pid, birth: birthOf() };
				await beat(databases.ingest, own, company.shares());
				const asked = now();
				const { rows } = await sql<{ ms: number }>`
					select (extract(epoch from clock_timestamp()) * 1000)::float8 as ms`.execute(databases.ingest);
				skewS = ((asked + now()) / 2 - rows[0]!.ms) / 1000;
			});
			return check('write', true, true, `写入探测 ${now() - started} ms · write probe`);
		} catch (error) {
			const why = error instanceof Error ? error.message : String(error);
			return check('write', false, true, `数据库无法写入：${why} · the database cannot be written`);
		}
	}

	async function lookNow(): Promise<Readiness> {
		const checks: Check[] = [];
		if (parts.isClosing()) checks.push(check('stopping', false, true, '正在停止 · stopping'));
		const isUp = databases.isUp();
		checks.push(
			check(
				'database',
				isUp,
				true,
				isUp ? '数据库可访问 · reached' : '数据库无法访问 · the database cannot be reached',
			),
		);
		if (isUp) {
			checks.push(await probe());
			checks.push(...(await stored()));
		}
		checks.push(...running(), ...followed(), ...parts.more());
		const reasons = checks.filter(({ ok, isBlocking }) => !ok && isBlocking).map(({ message }) => message);
		return { ready: reasons.length === 0, reasons, checks };
	}

	async function stored(): Promise<Check[]> {
		try {
			const { schema, strays, verified } = await within(readinessRules.probeWithin.value * 1000, slowFacts);
			const newest = Object.keys(migrations).at(-1);
			const ageH = verified ? (now() - verified.getTime()) / 3_600_000 : Infinity;
			return [
				check('schema', schema === newest, true, `结构 ${schema ?? '—'}，程序 ${newest} · schema, and the program's`),
				check(
					'partition',
					strays === 0,
					false,
					`无分区的读数 ${strays} · readings without a partition${strays ? '：运行 doctor · run doctor' : ''}`,
				),
				check(
					'backup',
					ageH <= readinessRules.verifiedWithin.value,
					false,
					verified
						? `最近一次验证过的恢复 ${verified.toISOString()} · last verified restore`
						: '尚无验证过的恢复（每夜备份后自动验证） · no restore has been verified yet (one is every night, after the backup)',
				),
			];
		} catch {
			return [check('schema', false, true, '数据库响应过慢 · the database does not answer in time')];
		}
	}

	function followed(): Check[] {
		const replica = databases.replica();
		if (replica.state === 'none') return [];
		const follows = replica.state === 'follows';
		const instead = follows ? '' : '，改由主库应答 · the primary answers instead';
		return [check('replica', follows, false, `只读副本 · read replica: ${standOf(replica)}${instead}`)];
	}

	function running(): Check[] {
		const lagS = outboxLagS();
		const stallS = loop.worstS();
		const checks = [
			check(
				'outbox',
				lagS < readinessRules.outboxLag.value,
				true,
				`告警待写 ${live.outbox.waiting()} 条，${lagS.toFixed(0)} 秒 · findings wait to be written`,
			),
			check(
				'judge',
				true,
				false,
				live.isJudge() ? '本进程判警 · this process judges' : '其他进程判警 · another judges',
			),
			check(
				'loop',
				stallS < readinessRules.loopStall.value,
				true,
				`进程停顿 ${stallS.toFixed(2)} 秒 · the process stood still`,
			),
			check(
				'clock',
				Math.abs(skewS) <= readinessRules.clockSkew.value,
				false,
				`与数据库时钟相差 ${skewS.toFixed(1)} 秒 · seconds off the database's clock`,
			),
		];
		if (disk) {
			const { state, used } = disk.now();
			const say =
				state === 'stop'
					? '磁盘将满，已停止接收：请清理或扩容 · the disk is nearly full and nothing more is accepted: make room'
					: state === 'warn'
						? '磁盘快满了：请清理或扩容 · the disk is filling up: make room'
						: '磁盘 · disk';
			checks.push(check('disk', state !== 'stop', true, `${say}（${(used * 100).toFixed(0)} %）`));
			if (state === 'warn') checks.push(check('disk-warning', false, false, say));
		}
		const broken = parts.brokenPages();
		if (broken.length > 0)
			checks.push(
				check('pages', false, true, `数据页损坏，请恢复备份：${broken.join('；')} · damaged pages: restore a backup`),
			);
		if (company.redis() !== 'none')
			checks.push(check('redis', company.redis() === 'up', false, 'Redis 只用于唤醒，缺失时稍慢 · only wakes others'));
		return checks;
	}

	let last: { atMs: number; answer: Promise<Readiness> } | undefined;
	return {
		look() {
			if (!last || now() - last.atMs > ANSWER_FOR_MS) last = { atMs: now(), answer: lookNow() };
			return last.answer;
		},
		outboxLagS,
		clockSkewS: () => skewS,
		stop: () => clearInterval(sampling),
	};
}

export function check(name: string, ok: boolean, isBlocking: boolean, message: string): Check {
	return { name, ok, isBlocking, message };
}

async function within<T>(ms: number, work: () => Promise<T>): Promise<T> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<never>((_, reject) => {
		timer = setTimeout(() => reject(new Error(`> ${ms} ms`)), ms).unref();
	});
	try {
		return await Promise.race([work(), late]);
	} finally {
		clearTimeout(timer);
	}
}
