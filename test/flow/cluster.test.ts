// Two processes that take readings in and two that serve pages, with a real Mosquitto, Redis and PostgreSQL of the
// test's own.

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import { connect as dial } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { MqttClient } from 'mqtt';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from '../own-postgres.ts';
import { freshServerDatabase, withCranes, type FreshDatabase } from './fresh-server-database.ts';
import { startServer, type ServerChild } from './server-child.ts';

const url = process.env.TEST_DATABASE_URL ?? '';
const DEVICES = Array.from({ length: 20 }, (_, i) => `CL-${i}`);
const ROUNDS = 50;
/** Nothing listens there. */
const NOWHERE = 1;

describe.runIf(url)('two ingest and two web processes', () => {
	let fresh: FreshDatabase;
	let folder: string;
	let broker: ChildProcess;
	let redis: ChildProcess;
	let ports: { mqtt: number; redis: number };
	let devices: MqttClient;
	/** They find no way to the broker. */
	let areHeldBack = false;
	let ingest: ServerChild[];
	let web: ServerChild[];
	let topic: (device: string) => string;

	beforeAll(async () => {
		folder = fs.mkdtempSync(join(tmpdir(), 'sw-cluster-'));
		ports = { mqtt: await freePort(), redis: await freePort() };
		fresh = await freshServerDatabase(url);
		await withCranes(fresh.databases.ingest, DEVICES);
		broker = startBroker();
		redis = spawn(
			'redis-server',
			['--port', String(ports.redis), '--bind', '127.0.0.1', '--save', '', '--dir', folder],
			{
				stdio: 'ignore',
			},
		);
		await Promise.all([listening(ports.mqtt), listening(ports.redis)]);
		devices = new MqttClient(() => dial(areHeldBack ? NOWHERE : ports.mqtt, '127.0.0.1'), {
			...{ clean: false, clientId: 'devices', reconnectPeriod: 200 },
		});
		devices.on('error', () => undefined);
		await new Promise((resolve) => devices.once('connect', resolve));
		topic = (device) => `site/P-1/towerCrane/${device}/telemetry`;

		const common = { DATABASE_URL: fresh.url, REDIS_URL: `redis://127.0.0.1:${ports.redis}` };
		const start = (name: string, env: Record<string, string>): Promise<ServerChild> => {
			fs.mkdirSync(join(folder, name));
			return startServer({ ...common, DATA_DIR: join(folder, name), ...env });
		};
		const takesIn = { ROLE: 'ingest', MQTT_URL: `mqtt://127.0.0.1:${ports.mqtt}`, MQTT_CONNECTIONS: '1' };
		ingest = [await start('ingest-1', takesIn), await start('ingest-2', takesIn)];
		web = [await start('web-1', { ROLE: 'web' }), await start('web-2', { ROLE: 'web' })];
	}, 400_000);

	afterAll(async () => {
		await devices?.endAsync(true).catch(() => undefined);
		for (const child of [...(ingest ?? []), ...(web ?? [])]) await child.kill();
		for (const program of [broker, redis]) program?.kill('SIGKILL');
		await fresh?.remove();
		fs.rmSync(folder, { recursive: true, force: true });
	});

	function startBroker(): ChildProcess {
		const config = join(folder, 'mosquitto.conf');
		const lines = [`listener ${ports.mqtt} 127.0.0.1`, 'allow_anonymous true', 'persistence true'];
		const own = [`persistence_location ${folder}/`, `user ${process.getuid?.() === 0 ? 'root' : ''}`.trimEnd()];
		fs.writeFileSync(config, [...lines, ...own.filter((line) => line !== 'user'), ''].join('\n'));
		return spawn(fs.existsSync('/usr/sbin/mosquitto') ? '/usr/sbin/mosquitto' : 'mosquitto', ['-c', config], {
			stdio: 'ignore',
		});
	}

	/** Each device sends one reading after the other, each once the broker has it. */
	async function sendAll(seqs: number[], load: (seq: number) => number): Promise<void> {
		await Promise.all(
			DEVICES.map(async (device) => {
				for (const seq of seqs) {
					const reading = {
						deviceId: device,
						ts: new Date().toISOString(),
						seq,
						values: { momentPercent: load(seq), windMs: 3 },
					};
					await devices.publishAsync(topic(device), JSON.stringify(reading), { qos: 1 });
					await sleep(5);
				}
			}),
		);
	}

	async function stored(): Promise<{ n: number; distinct: number }> {
		const { rows } = await sql<{ n: string; keys: string }>`
			select count(*) as n, count(distinct (device_no, seq)) as keys from reading`.execute(fresh.databases.read);
		return { n: Number(rows[0]!.n), distinct: Number(rows[0]!.keys) };
	}

	test('share what a broker has, each reading once; pages of both web processes know every device', async () => {
		await sendAll(
			Array.from({ length: ROUNDS }, (_, i) => i),
			() => 40,
		);
		const all = DEVICES.length * ROUNDS;
		await expect.poll(stored, { timeout: 60_000 }).toEqual({ n: all, distinct: all });
		for (const child of web) {
			await expect.poll(async () => (await child.look()).heard, { timeout: 20_000 }).toBe(DEVICES.length);
			expect((await child.look()).redis).toBe('up');
		}
		const judges = await Promise.all([...ingest, ...web].map(async (child) => (await child.look()).isJudge));
		expect(judges.filter(Boolean)).toHaveLength(1);
		expect(judges.slice(2)).toEqual([false, false]);
	}, 120_000);

	test('an overload that passes through both is judged in the order it was measured: one alarm per crane', async () => {
		for (let seq = 1000; seq < 1010; seq++) {
			await sendAll([seq], () => 130);
			await sleep(500);
		}
		const raised = () =>
			sql<{ n: string; each: string }>`
				select count(*) as n, count(distinct device_id) as each from alarm where condition = 'moment'`
				.execute(fresh.databases.read)
				.then(({ rows }) => [Number(rows[0]!.n), Number(rows[0]!.each)]);
		await expect.poll(raised, { timeout: 30_000 }).toEqual([DEVICES.length, DEVICES.length]);
		const newest = await fresh.databases.read
			.selectFrom('event_log')
			.select((eb) => eb.fn.max('seq').as('seq'))
			.executeTakeFirstOrThrow();
		for (const child of web)
			await expect
				.poll(async () => (await child.look()).cursor, { timeout: 20_000 })
				.toBeGreaterThanOrEqual(Number(newest.seq));
	}, 120_000);

	test('without Redis everything goes on, a moment later', async () => {
		redis.kill('SIGKILL');
		const before = (await web[0]!.look()).newestMs;
		await sendAll([2000], () => 40);
		for (const child of web)
			await expect.poll(async () => (await child.look()).newestMs, { timeout: 20_000 }).toBeGreaterThan(before);
		await expect.poll(async () => (await web[0]!.look()).reasons, { timeout: 20_000 }).toEqual([]);
	}, 120_000);

	test('F-16 the broker is killed and comes back: what it had taken and what devices kept is stored, once', async () => {
		const { n: before } = await stored();
		areHeldBack = true;
		broker.kill('SIGTERM');
		await once(broker, 'exit');
		const sending = sendAll([3000, 3001, 3002], () => 40);
		await sleep(1500);
		broker = startBroker();
		// Mosquitto keeps shares in memory only: what it is sent before a share is asked for again has nobody to go to.
		const lines = async () => Promise.all(ingest.map(async (child) => (await child.look()).mqtt));
		await expect.poll(lines, { timeout: 20_000 }).toEqual([1, 1]);
		areHeldBack = false;
		await sending;
		const all = before + DEVICES.length * 3;
		await expect.poll(stored, { timeout: 90_000 }).toEqual({ n: all, distinct: all });
	}, 240_000);

	test('one ingest process is stopped in good order: the other takes everything', async () => {
		expect(await ingest[0]!.stop()).toBe(0);
		const { n: before } = await stored();
		await sendAll([4000, 4001], () => 40);
		await expect.poll(stored, { timeout: 60_000 }).toMatchObject({ n: before + DEVICES.length * 2 });
		const judges = async () => Promise.all(web.map(async (child) => (await child.look()).isJudge));
		expect(await judges()).toEqual([false, false]);
		await expect.poll(async () => (await ingest[1]!.look()).isJudge, { timeout: 10_000 }).toBe(true);
	}, 120_000);
});

async function listening(port: number): Promise<void> {
	for (let tries = 0; tries < 200; tries++) {
		const isUp = await new Promise<boolean>((resolve) => {
			const socket = dial(port, '127.0.0.1', () => resolve(true));
			socket.on('error', () => resolve(false));
			socket.on('connect', () => socket.destroy());
		});
		if (isUp) return;
		await sleep(100);
	}
	throw new Error(`Nothing listens on ${port}: apt-get install mosquitto redis-server`);
}
