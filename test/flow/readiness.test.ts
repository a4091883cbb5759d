// Every check of /readyz made to fail by itself: it is named, it says why, and it takes the process out of service or not.

import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { readinessRules } from '#db/rules/operations.ts';
import type { DiskWatch } from '#lib/server/db/disk.ts';
import { judgeDisk } from '#lib/server/db/disk.ts';
import { ensureReadingPartitions } from '#lib/server/db/partition.ts';
import { check, readinessMaker, type ReadinessMaker, type ReadinessParts } from '#lib/server/operations/readiness.ts';
import { onBoth } from '../database/both.ts';
import { AtWork } from './at-work.ts';

/** Takes the process out of service, or is told and counted only. */
const CHECKS: Record<string, 'blocks' | 'told'> = {
	stopping: 'blocks',
	database: 'blocks',
	write: 'blocks',
	schema: 'blocks',
	partition: 'told',
	backup: 'told',
	outbox: 'blocks',
	judge: 'told',
	loop: 'blocks',
	clock: 'told',
	disk: 'blocks',
	'disk-warning': 'told',
	pages: 'blocks',
	redis: 'told',
	replica: 'told',
	'way-in': 'told',
};
const failed = new Set<string>();

onBoth('/readyz', (database) => {
	let work: AtWork;
	let maker: ReadinessMaker | undefined;
	/** How it measures is the business of `loop-watch.test.ts`; a busy machine is not ours. */
	const loop = { worstS: () => 0, p99S: () => 0, stop: () => undefined };
	const used = (share: number) =>
		({ now: () => judgeDisk(share, 0, { diskWarn: { value: 0.85 }, diskStop: { value: 0.95 } }) }) as DiskWatch;

	beforeAll(async () => {
		work = await AtWork.start(database(), new Date().toISOString());
		await ensureReadingPartitions(database().ingest, new Date().toISOString().slice(0, 10), 2);
		const backup = { kind: 'folder' as const, path: 'p', taken_at: new Date(), bytes: 1, tables: '{}', fault: null };
		await database()
			.ingest.insertInto('backup')
			.values({ ...backup, id: randomUUID(), verified_at: new Date() })
			.execute();
	});
	afterEach(() => maker?.stop());
	afterAll(async () => {
		await work.close();
	});

	const company = (redis: 'none' | 'up' | 'down' = 'none') =>
		({ id: randomUUID(), shares: () => false, redis: () => redis }) as unknown as ReadinessParts['company'];
	const look = (parts: Partial<ReadinessParts> = {}) => {
		maker = readinessMaker({
			...{ databases: database(), live: work.live, company: company(), role: 'both', disk: used(0.2), loop },
			...{ brokenPages: () => [], more: () => [], isClosing: () => false, now: () => Date.now() },
			...parts,
		});
		return maker.look();
	};
	/** That one check fails and no other, and whether the process is ready by what the check is. */
	async function fails(name: string, parts: Partial<ReadinessParts>, says: RegExp): Promise<void> {
		const { ready, reasons, checks } = await look(parts);
		expect(checks.filter(({ ok }) => !ok).map((one) => one.name)).toEqual([name]);
		const { message } = checks.find((one) => one.name === name)!;
		expect(message).toMatch(says);
		const isBlocking = CHECKS[name] === 'blocks';
		expect([ready, reasons]).toEqual([!isBlocking, isBlocking ? [message] : []]);
		failed.add(name);
	}

	test('is ready while everything is well, and says each check', async () => {
		const { ready, reasons, checks } = await look();
		expect([ready, reasons, checks.filter(({ ok }) => !ok)]).toEqual([true, [], []]);
		expect(checks.map(({ name }) => name)).toEqual(
			expect.arrayContaining(['database', 'write', 'schema', 'partition', 'backup', 'outbox', 'loop', 'clock', 'disk']),
		);
	});

	test('stopping', () => fails('stopping', { isClosing: () => true }, /正在停止/));

	test('database: nothing else of it is asked while it is away', async () => {
		await fails('database', { databases: { ...database(), isUp: () => false } }, /数据库无法访问/);
		const { checks } = await maker!.look();
		expect(checks.map(({ name }) => name)).not.toContain('write');
	});

	test('write: a database that can be read and not written', async () => {
		const readOnly = { ...database(), ingest: database().scoped({ kind: 'areas', areas: [], layers: [] }) };
		if (database().tier === 'server') await fails('write', { databases: readOnly }, /无法写入/);
		else {
			const broken = new Proxy(database().ingest, {
				get() {
					throw new Error('read-only file system');
				},
			});
			await fails('write', { databases: { ...database(), ingest: broken } }, /无法写入：read-only file system/);
		}
	});

	test('schema: the database is of another version than the program', async () => {
		const db = database().ingest;
		await sql`insert into migration (name, run_at) values ('9999_of_a_newer_program', now())`.execute(db);
		await fails('schema', {}, /9999_of_a_newer_program/);
		await sql`delete from migration where name like '9999%'`.execute(db);
	});

	test('schema: a database that does not answer in time is told under it', async () => {
		const slow = new Proxy(database().read, {
			get: () => () => new Promise(() => undefined),
		});
		await fails('schema', { databases: { ...database(), read: slow } }, /过慢/);
	});

	test('partition: a reading that lies outside the days', async () => {
		const db = database().ingest;
		await sql`insert into reading (device_no, observed_at, seq, received_at, values)
			values (1, '2001-01-01', 1, now(), '{}')`.execute(db);
		await fails('partition', {}, /无分区的读数 1/);
		await sql`delete from reading where observed_at = '2001-01-01'`.execute(db);
	});

	test('backup: the last verified restore is older than allowed, or there was none', async () => {
		const db = database().ingest;
		const old = new Date(Date.now() - (readinessRules.verifiedWithin.value + 1) * 3_600_000);
		await db.updateTable('backup').set({ verified_at: old }).execute();
		await fails('backup', {}, /最近一次验证过的恢复/);
		await db.updateTable('backup').set({ verified_at: null }).execute();
		await fails('backup', {}, /尚无验证过的恢复/);
		await db.updateTable('backup').set({ verified_at: new Date() }).execute();
	});

	test('outbox: findings that wait too long to be written', async () => {
		let nowMs = Date.now();
		const waiting = vi.spyOn(work.live.outbox, 'waiting').mockReturnValue(3);
		const databases = { ...database(), isUp: () => false };
		maker = readinessMaker({
			...{ databases, live: work.live, company: company(), role: 'both', loop, now: () => nowMs },
			...{ brokenPages: () => [], more: () => [], isClosing: () => false },
		});
		nowMs += (readinessRules.outboxLag.value + 1) * 1000;
		const { checks } = await maker.look();
		waiting.mockRestore();
		expect(checks.find(({ name }) => name === 'outbox')).toMatchObject({
			...{ ok: false, isBlocking: true, message: expect.stringMatching(/告警待写 3 条，11 秒/) },
		});
		failed.add('outbox');
	});

	test('judge: is told, whichever process it is; none is a failure', async () => {
		const judges = vi.spyOn(work.live, 'isJudge').mockReturnValue(false);
		const { ready, checks } = await look();
		judges.mockRestore();
		expect([ready, checks.find(({ name }) => name === 'judge')?.message]).toEqual([
			true,
			expect.stringMatching(/another judges/),
		]);
		failed.add('judge');
	});

	test('loop: the process stood still', () =>
		fails('loop', { loop: { ...loop, worstS: () => readinessRules.loopStall.value } }, /停顿/));

	test('F-50 clock: this machine and the database disagree', () =>
		fails('clock', { now: () => Date.now() + (readinessRules.clockSkew.value + 1) * 1000 }, /相差 3\.\d 秒/));

	test('disk: nearly full, nothing more is accepted', async () => {
		await fails('disk', { disk: used(0.96) }, /已停止接收.*96 %/);
	});

	test('disk-warning: filling up', () => fails('disk-warning', { disk: used(0.9) }, /快满了/));

	test('pages: damaged pages of the embedded database', () =>
		fails('pages', { brokenPages: () => ['reading block 7'] }, /reading block 7/));

	test('redis: only wakes others', () => fails('redis', { company: company('down') }, /Redis/));

	test.each([
		['behind', 12, /behind 12\.0 s，改由主库应答/],
		['away', null, /away \(ECONNREFUSED\)，改由主库应答/],
	] as const)('replica: the database heavy questions go to is %s', (state, lagS, says) => {
		const why = state === 'away' ? 'ECONNREFUSED' : null;
		return fails('replica', { databases: { ...database(), replica: () => ({ state, lagS, why }) } }, says);
	});

	test('way-in: a way in that does not work', () =>
		fails('way-in', { more: () => [check('way-in', false, false, '端口 1883 被占用')] }, /1883/));
});

describe('the checks', () => {
	test('are all in this list, and each of them was made to fail', () => {
		const named = ['readiness', 'start-operations'].flatMap((file) => {
			const text = readFileSync(`src/lib/server/operations/${file}.ts`, 'utf8');
			return [...text.matchAll(/check\(\s*'([a-z-]+)'/g)].map(([, name]) => name!);
		});
		expect([...new Set(named)].sort()).toEqual(Object.keys(CHECKS).sort());
		expect([...failed].sort()).toEqual(Object.keys(CHECKS).sort());
	});
});
