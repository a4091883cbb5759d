import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import mqtt, { type MqttClient } from 'mqtt';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Token } from '#lib/domain/access/principal.ts';
import { ingestRules } from '#db/rules/ingest.ts';
import { readBureauBroker } from '#lib/server/ingest/mqtt/bureau-client.ts';
import { openBroker, type MqttDoor } from '#lib/server/ingest/mqtt/embedded-broker.ts';
import { openMqtt } from '#lib/server/ingest/mqtt/open-mqtt.ts';
import { deadLetters } from '#lib/server/repositories/dead-letter.ts';
import { aRegister } from '../builders.ts';
import { onBoth } from '../database/both.ts';
import { AtWork } from './at-work.ts';
import { hasMosquitto, startMosquitto, type Mosquitto } from './mosquitto.ts';

const token = (more: Partial<Token>): Token => ({
	...{ kind: 'token', id: '0000-gateway', name: 'gateway', scope: 'ingest', areas: ['330109'] },
	...more,
});
const KEYS = new Map([
	['swt_gateway_secret', token({})],
	['swt_crane_secret', token({ id: 'crane', name: 'crane', deviceIds: ['TC-1'] })],
	['swt_reader_secret', token({ id: 'reader', scope: 'read' })],
]);
const TOKENS = {
	peek: (bearer: string) => KEYS.get(bearer),
	check: async (bearer: string) => KEYS.get(bearer) ?? null,
};

onBoth('MQTT', (database) => {
	let work: AtWork;
	/** How long readings wait for each other; as one connection needs it. */
	let holdMs = 0;
	let broker: MqttDoor & { port: number };
	let url: string;

	beforeAll(async () => {
		await aRegister(database().ingest)
			.withSite({ name: '工地', town: null, at: [120.27, 30.17] })
			.withCrane({ site: '工地', record: 'A', device: 'TC-1' })
			.withCrane({ site: '工地', record: 'B', device: 'TC-2' })
			.build();
		work = await AtWork.start(database(), '2026-11-20T08:00:00Z', () => holdMs);
		const onFault = (error: unknown) => void work.faults.push(error);
		broker = await openBroker({ port: 0, host: '127.0.0.1', tokens: TOKENS, intake: work.intake, onFault });
		url = `mqtt://127.0.0.1:${broker.port}`;
	});
	afterAll(async () => {
		await broker.close();
		await work.close();
		expect(work.faults).toEqual([]);
	});

	let seq = 0;
	const payload = (device: string, values: object = { windMs: 4 }) =>
		JSON.stringify({ deviceId: device, kind: 'towerCrane', ts: work.now.toISOString(), seq: ++seq, values });
	const topicOf = (device: string) => `site/330109202601010101/towerCrane/${device}/telemetry`;
	const stored = async (device: string) => {
		const { rows } = await sql<{ n: string }>`select count(*) as n from reading join device on no = device_no
			where device.id = ${device}`.execute(database().read);
		return Number(rows[0]!.n);
	};
	const letters = async (reason: string) => deadLetters(database().read, { reason, limit: 100 });
	const connect = (user: string, version: 4 | 5, more: object = {}) =>
		mqtt.connectAsync(url, {
			...{ username: user, password: 'secret', protocolVersion: version, reconnectPeriod: 0, ...more },
		});

	describe.each([4, 5] as const)('the broker inside, spoken to in protocol level %i', (version) => {
		test('acknowledges a message once its reading is stored', async () => {
			const before = await stored('TC-1');
			const device = await connect('crane', version);
			await device.publishAsync(topicOf('TC-1'), payload('TC-1'), { qos: 1 });
			expect(await stored('TC-1')).toBe(before + 1);
			await device.endAsync();
		});

		test('takes a gateway’s batch of readings that name their devices, on the topic of its key', async () => {
			const before = await stored('TC-2');
			const gateway = await connect('gateway', version);
			const readings = Array.from({ length: 100 }, () => ({
				...{ device: 'TC-2', at: work.now.toISOString(), seq: ++seq, values: { windMs: 3 } },
			}));
			await gateway.publishAsync('t/0000gateway/telemetry', JSON.stringify({ readings }), { qos: 1 });
			expect(await stored('TC-2')).toBe(before + 100);
			await gateway.endAsync();
		});

		test.each([
			['a key nobody knows', 'nobody'],
			['a key that may only read', 'reader'],
		])('refuses %s', async (_, user) => {
			await expect(connect(user, version)).rejects.toThrow(/authorized|user ?name or password/i);
		});

		test('ends the connection of a key that speaks for another’s device, and stores nothing of it', async () => {
			const before = await stored('TC-2');
			const device = await connect('crane', version);
			const closed = new Promise<void>((resolve) => device.once('close', () => resolve()));
			device.publish(topicOf('TC-2'), payload('TC-2'), { qos: 1 }, () => undefined);
			await closed;
			await work.intake.deadLetters.close();
			expect(await stored('TC-2')).toBe(before);
			expect((await letters('not-allowed')).length).toBeGreaterThan(0);
			device.end(true);
		});

		test('F-18 hands nothing on: a subscription is refused, so nobody who does not read can hold up others', async () => {
			const device = await connect('gateway', version);
			await expect(device.subscribeAsync('site/#', { qos: 1 })).rejects.toThrow();
			await device.endAsync(true);
		});

		test('keeps what it cannot read as a dead letter, and acknowledges that', async () => {
			const device = await connect('gateway', version);
			await device.publishAsync(topicOf('TC-1'), `{"device ${version}`, { qos: 1 });
			await device.publishAsync(topicOf(`nobody-${version}`), payload(`nobody-${version}`), { qos: 1 });
			await device.publishAsync(`elsewhere/${version}`, payload('TC-1'), { qos: 1 });
			const kept = await deadLetters(database().read, { protocol: 'mqtt', limit: 100 });
			expect(kept.filter(({ source }) => source.includes(topicOf('TC-1'))).map(({ reason }) => reason)).toContain(
				'not-json',
			);
			expect(kept.find(({ externalId }) => externalId === `nobody-${version}`)?.reason).toBe('unknown-device');
			expect(kept.find(({ source }) => source === `elsewhere/${version}`)?.reason).toBe('bad-topic');
			await device.endAsync();
		});

		test('gives up a packet larger than allowed', async () => {
			const device = await connect('gateway', version, { properties: undefined });
			const closed = new Promise<void>((resolve) => device.once('close', () => resolve()));
			device.on('error', () => undefined);
			device.publish(topicOf('TC-1'), Buffer.alloc(1_100_000, 0x20), { qos: 1 }, () => undefined);
			await closed;
			expect(device.connected).toBe(false);
			device.end(true);
		});
	});

	test('a port that is taken is told in one sentence, and the start goes on', async () => {
		const other = createServer().listen(0, '127.0.0.1');
		await new Promise((resolve) => other.once('listening', resolve));
		const { port } = other.address() as { port: number };
		const said: string[] = [];
		const door = await openMqtt(
			{
				ROLE: 'both',
				MQTT_URL: '',
				MQTT_PORT: port,
				MQTT_CONNECTIONS: 1,
				DEVICE_HOST: '127.0.0.1',
				PORT: 1,
				DATA_DIR: '.',
			},
			work.intake,
			TOKENS,
			{
				hasOthers: () => false,
				onFault: (error) => void work.faults.push(error),
				say: (line) => void said.push(line),
			},
		);
		expect(said).toEqual([door.problem()]);
		expect(said[0]).toContain(`${port}`);
		expect(said[0]).toContain('MQTT_PORT');
		await door.close();
		other.close();
	});

	describe.skipIf(!hasMosquitto)('the bureau’s broker (a real Mosquitto)', () => {
		let mosquitto: Mosquitto;
		let bureau: MqttClient;

		const open = (instance: string, connections = 2, hasOthers = () => false) =>
			readBureauBroker({
				...{ url: mosquitto.url, connections, instance, hasOthers, intake: work.intake },
				onFault: (error) => void work.faults.push(error),
			});
		const ready = async (...doors: MqttDoor[]) => {
			for (let i = 0; i < 200 && doors.some((door) => door.problem() !== undefined); i++) await sleep(25);
			expect(doors.map((door) => door.problem())).toEqual(doors.map(() => undefined));
		};
		const settled = async (device: string, count: number) => {
			for (let i = 0; i < 400 && (await stored(device)) < count; i++) await sleep(25);
			return stored(device);
		};

		// One for each test: a broker keeps the share of a process that left, until it comes back or a day is over.
		beforeEach(async () => {
			mosquitto = await startMosquitto();
			bureau = await mqtt.connectAsync(mosquitto.url);
		});
		afterEach(async () => {
			await bureau.endAsync();
			await mosquitto.stop();
		});

		/** A thousand readings of one device, a millisecond apart, of the second that has just passed. */
		const sendThousand = async (device: string) => {
			const before = await stored(device);
			const fromMs = work.now.getTime() - 1000;
			for (let i = 0; i < 1000; i++) {
				const ts = new Date(fromMs + i).toISOString();
				const body = JSON.stringify({ deviceId: device, ts, seq: ++seq, values: { windMs: i % 20 } });
				await bureau.publishAsync(topicOf(device), body, { qos: 1 });
			}
			expect(await settled(device, before + 1000)).toBe(before + 1000);
		};

		test('shares the load between two processes, loses nothing and doubles nothing', async () => {
			const doors = [open('a', 2), open('b', 2)];
			await ready(...doors);
			await sendThousand('TC-1');
			await Promise.all(doors.map((door) => door.close()));
		});

		/** What the engine was given, in the order it was given. */
		const hearing = async (from: () => Promise<void>) => {
			const heard: number[] = [];
			const observe = work.live.engine.observe.bind(work.live.engine);
			work.live.engine.observe = (rows, nowMs) => {
				heard.push(...rows.map(({ atUs }) => atUs));
				observe(rows, nowMs);
			};
			await from();
			work.live.engine.observe = observe;
			return heard;
		};

		test('keeps each device’s order on the one connection of a process', async () => {
			const door = open('d', 1);
			await ready(door);
			const heard = await hearing(() => sendThousand('TC-2'));
			expect(heard).toHaveLength(1000);
			expect(heard).toEqual(heard.toSorted((a, b) => a - b));
			await door.close();
		});

		test('keeps it over several connections of several processes, which overtake each other', async () => {
			const doors = [open('e', 3), open('f', 2)];
			await ready(...doors);
			holdMs = ingestRules.mqtt.orderWithinProcesses.value * 1000;
			// The clock goes on as the real one does.
			let lastMs = performance.now();
			const clock = setInterval(() => {
				const nowMs = performance.now();
				work.tick(nowMs - lastMs);
				lastMs = nowMs;
			}, 5);
			const heard = await hearing(async () => {
				await sendThousand('TC-1');
				await sleep(2 * holdMs);
			});
			clearInterval(clock);
			holdMs = 0;
			expect(new Set(heard).size).toBe(1000);
			expect(heard).toEqual(heard.toSorted((a, b) => a - b));
			await Promise.all(doors.map((door) => door.close()));
		});

		test('F-16 what was not acknowledged when the process died comes again to the next', async () => {
			const first = open('c');
			await ready(first);
			const before = await stored('TC-2');
			const sent: Promise<unknown>[] = [];
			for (let i = 0; i < 300; i++) {
				const ts = new Date(work.now.getTime() + i).toISOString();
				const body = JSON.stringify({ deviceId: 'TC-2', ts, seq: ++seq, values: { windMs: 2 } });
				sent.push(bureau.publishAsync(topicOf('TC-2'), body, { qos: 1 }));
				if (i === 100) await first.close();
			}
			await Promise.all(sent);
			const second = open('c');
			await ready(second);
			expect(await settled('TC-2', before + 300)).toBe(before + 300);
			await second.close();
		});

		test('F-16 what a device sends to a broker that has just restarted, before anybody reads it again, is stored', async () => {
			const alone = open('g', 1);
			await ready(alone);
			const before = await stored('TC-1');
			for (let cycle = 0; cycle < 5; cycle++) {
				await mosquitto.restart();
				const device = await mqtt.connectAsync(mosquitto.url);
				expect(alone.connections()).toBe(0);
				await device.publishAsync(topicOf('TC-1'), payload('TC-1'), { qos: 1 });
				await device.endAsync();
				await ready(alone);
			}
			expect(await settled('TC-1', before + 5)).toBe(before + 5);
			await alone.close();
		});

		test('a process that is alone now takes what was kept for its share when it had company', async () => {
			const shared = open('j', 1, () => true);
			await ready(shared);
			await shared.close();
			const before = await stored('TC-1');
			for (let i = 0; i < 20; i++) await bureau.publishAsync(topicOf('TC-1'), payload('TC-1'), { qos: 1 });
			const alone = open('j', 1);
			await ready(alone);
			expect(await settled('TC-1', before + 20)).toBe(before + 20);
			await alone.close();
		});

		test('one that is joined by another shares with it, one that is left alone takes everything: nothing is lost, nothing stored twice', async () => {
			let isJoined = false;
			const first = open('h', 1, () => isJoined);
			await ready(first);
			const before = await stored('TC-2');
			let sent = 0;
			let isSending = true;
			const sending = (async () => {
				for (; isSending; sent++) await bureau.publishAsync(topicOf('TC-2'), payload('TC-2'), { qos: 1 });
			})();
			isJoined = true;
			const second = open('i', 1, () => isJoined);
			await sleep(2500);
			isJoined = false;
			await second.close(true);
			await sleep(2500);
			isSending = false;
			await sending;
			expect(sent).toBeGreaterThan(100);
			expect(await settled('TC-2', before + sent)).toBe(before + sent);
			await first.close();
		});
	});
});
