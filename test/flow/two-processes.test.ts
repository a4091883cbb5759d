// Two processes of the program on one database: one judges, the other looks on and takes over.

import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshServerDatabase, send, withCranes, type FreshDatabase } from './fresh-server-database.ts';
import { startServer, type ServerChild } from './server-child.ts';

const url = process.env.TEST_DATABASE_URL ?? '';
const STORM = Array.from({ length: 40 }, (_, i) => `TC-${i}`);
/** Overloaded only while nobody judges. */
const SHORT = 'TC-SHORT';
const EVERY_MS = 250;

describe.runIf(url)('two processes on one database', () => {
	let fresh: FreshDatabase;
	let bearer: string;
	const folders: string[] = [];
	const children: ServerChild[] = [];

	beforeAll(async () => {
		fresh = await freshServerDatabase(url);
		bearer = await withCranes(fresh.databases.ingest, [...STORM, SHORT]);
	});
	afterAll(async () => {
		for (const child of children) await child.kill();
		await fresh.remove();
		for (const folder of folders) fs.rmSync(folder, { recursive: true, force: true });
	});

	async function start(env: Record<string, string> = {}): Promise<ServerChild> {
		const folder = fs.mkdtempSync(join(tmpdir(), 'sw-two-'));
		folders.push(folder);
		const child = await startServer({ DATABASE_URL: fresh.url, DATA_DIR: folder, ...env });
		children.push(child);
		return child;
	}

	async function judge(): Promise<number | undefined> {
		const { rows } = await sql<{ pid: number }>`
			select pid from lease join app_process on app_process.id = lease.holder
			where name = 'engine' and until > clock_timestamp()`.execute(fresh.databases.read);
		return rows[0]?.pid;
	}

	test('F-28 one is killed in an alarm storm: every alarm is written once, nothing acknowledged is lost, the gap is below 5 s', async () => {
		const [one, other] = [await start(), await start()];
		const first = await judge();
		expect([one.process.pid, other.process.pid]).toContain(first);
		const [leader, follower] = first === one.process.pid ? [one, other] : [other, one];

		const acknowledged = new Set<string>();
		const startedMs = performance.now();
		let killedMs = Infinity;
		let isOver = false;
		const load = (device: string): number => {
			const nowMs = performance.now();
			if (device === SHORT) return nowMs > killedMs + 100 && nowMs < killedMs + 4000 ? 120 : 50;
			return nowMs - startedMs > 1000 + STORM.indexOf(device) * 150 ? 130 : 50;
		};
		/** Half of the devices speak to one process, half to the other, until it is gone. */
		const gateway = async (devices: string[], to: () => ServerChild): Promise<void> => {
			for (let seq = 1; !isOver; seq++) {
				const at = new Date().toISOString();
				const readings = devices.map((device) => ({ device, at, seq, values: { momentPercent: load(device) } }));
				while (!(await send(to().port, bearer, readings)) && !isOver) await sleep(50);
				for (const device of devices) acknowledged.add(`${device} ${seq}`);
				await sleep(EVERY_MS);
			}
		};
		const alive = (wanted: ServerChild) => () => (killedMs < Infinity ? follower : wanted);
		const sending = [gateway(STORM.slice(0, 20), alive(leader)), gateway([...STORM.slice(20), SHORT], alive(follower))];

		/** When each number of the log was first seen. */
		const seen: number[] = [];
		const watching = (async () => {
			for (let newest = 0; !isOver;) {
				const { rows } = await sql<{ seq: string }>`
					select seq from event_log where seq > ${newest}::bigint and type = 'alarm:raised' order by seq`.execute(
					fresh.databases.read,
				);
				if (rows.length > 0) {
					newest = Number(rows.at(-1)!.seq);
					seen.push(performance.now());
				}
				await sleep(50);
			}
		})();

		await sleep(6500);
		await leader.kill();
		killedMs = performance.now();
		await sleep(12_000);
		isOver = true;
		await Promise.all([...sending, watching]);

		expect(await judge()).toBe(follower.process.pid);
		const { rows } = await sql<{ device_id: string; n: string }>`
			select device_id, count(*) as n from alarm where condition = 'moment' group by 1`.execute(fresh.databases.read);
		expect(new Set(rows.map((row) => row.device_id))).toEqual(new Set([...STORM, SHORT]));
		expect(rows.filter(({ n }) => n !== '1')).toEqual([]);
		const events = await sql<{ n: string }>`
			select count(*) as n from event_log where type = 'alarm:raised' and data->>'condition' = 'moment'`.execute(
			fresh.databases.read,
		);
		expect(events.rows[0]!.n).toBe(String(rows.length));

		const back = seen.find((ms) => ms > killedMs)!;
		const gapMs = back - Math.max(...seen.filter((ms) => ms <= killedMs));
		console.log(`gap without a judge, seen from outside: ${Math.round(gapMs)} ms`);
		expect(gapMs).toBeLessThan(5000);

		const stored = await sql<{ key: string; n: string }>`
			select device.id || ' ' || seq as key, count(*) as n from reading join device on device.no = device_no group by 1`.execute(
			fresh.databases.read,
		);
		const keys = new Set(stored.rows.map(({ key }) => key));
		expect([...acknowledged].filter((key) => !keys.has(key))).toEqual([]);
		expect(stored.rows.every(({ n }) => n === '1')).toBe(true);

		expect(await follower.stop()).toBe(0);
		expect(await judge()).toBeUndefined();
	}, 300_000);

	test('one that was frozen and comes back writes nothing as judge: its seat has another number', async () => {
		const one = await start();
		const held = await judge();
		expect(held).toBe(one.process.pid);
		const before = await epoch();
		const other = await start();
		one.process.kill('SIGSTOP');
		await expect.poll(judge, { timeout: 60_000 }).toBe(other.process.pid);
		one.process.kill('SIGCONT');
		await sleep(2500);
		expect(await judge()).toBe(other.process.pid);
		expect(await epoch()).toBe(before + 1);
		expect(await one.stop()).toBe(0);
		expect(await other.stop()).toBe(0);
	}, 240_000);

	async function epoch(): Promise<number> {
		const row = await fresh.databases.read
			.selectFrom('lease')
			.select('epoch')
			.where('name', '=', 'engine')
			.executeTakeFirstOrThrow();
		return Number(row.epoch);
	}
});
