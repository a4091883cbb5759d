// The database cannot be reached while devices go on sending over MQTT: nothing is acknowledged that is not stored, what
// waits is bounded, and everything is stored once when it is back.

import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import mqtt, { type IConnackPacket, type MqttClient } from 'mqtt';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ingestRules } from '#db/rules/ingest.ts';
import { openDatabases, type Databases } from '#lib/server/db/connection.ts';
import { readBureauBroker } from '#lib/server/ingest/mqtt/bureau-client.ts';
import { openBroker } from '#lib/server/ingest/mqtt/embedded-broker.ts';
import { openFaultProxy, type FaultProxy } from '../fault-proxy.ts';
import { AtWork } from './at-work.ts';
import { freshServerDatabase, withCranes, type FreshDatabase } from './fresh-server-database.ts';
import { hasMosquitto, startMosquitto } from './mosquitto.ts';

const url = process.env.TEST_DATABASE_URL ?? '';
const DEVICE = 'TC-1';
const MESSAGES = 300;
const KEY = { kind: 'token', id: 'gateway', name: 'gateway', scope: 'ingest', areas: ['330109'] } as const;
const TOKENS = { peek: () => KEY, check: () => Promise.resolve(KEY) };

describe.runIf(url)('F-17 the database is away while devices send over MQTT', () => {
	let fresh: FreshDatabase;
	let proxy: FaultProxy;
	let databases: Databases;
	let work: AtWork;
	let seq = 0;

	beforeAll(async () => {
		fresh = await freshServerDatabase(url);
		await withCranes(fresh.databases.ingest, [DEVICE]);
		proxy = await openFaultProxy(new URL(fresh.url));
		databases = await openDatabases({ DATABASE_URL: proxy.url, DATA_DIR: '' }, { migrate: false });
		work = await AtWork.start(databases, '2026-11-20T08:00:00Z');
	});
	afterAll(async () => {
		await work.close();
		await databases.close();
		proxy.close();
		await fresh.remove();
	});

	const stored = async () => {
		const { rows } = await sql<{ n: string }>`select count(*) as n from reading`.execute(fresh.databases.read);
		return Number(rows[0]!.n);
	};

	/** Sends while the database is away, and after it is back. @returns how many were acknowledged meanwhile */
	async function sendThrough(device: MqttClient): Promise<number> {
		let acknowledged = 0;
		proxy.silent(true);
		proxy.cut();
		const sent = Array.from({ length: MESSAGES }, () => {
			const reading = { deviceId: DEVICE, ts: work.now.toISOString(), seq: ++seq, values: { windMs: 4 } };
			return device
				.publishAsync(`site/330109202601010101/towerCrane/${DEVICE}/telemetry`, JSON.stringify(reading), { qos: 1 })
				.then(() => acknowledged++);
		});
		await sleep(3000);
		const meanwhile = acknowledged;
		proxy.silent(false);
		proxy.cut();
		await Promise.all(sent);
		return meanwhile;
	}

	test('sent to the broker inside: no message is acknowledged before its reading is stored, and none is lost', async () => {
		const onFault = (error: unknown) => void work.faults.push(error);
		const broker = await openBroker({ port: 0, host: '127.0.0.1', tokens: TOKENS, intake: work.intake, onFault });
		const options = { clean: false, clientId: 'gateway', username: 'gateway', password: 'swt_gateway_secret' };
		const device = mqtt.connect(`mqtt://127.0.0.1:${broker.port}`, {
			...{ ...options, protocolVersion: 5, reconnectPeriod: 200 },
		});
		const connack = await new Promise<IConnackPacket>((resolve) => device.once('connect', resolve));
		// No more than these wait here: a device keeps the rest.
		expect(connack.properties?.receiveMaximum).toBe(ingestRules.mqtt.inFlight.value);
		const before = await stored();
		expect(await sendThrough(device)).toBe(0);
		expect(await stored()).toBe(before + MESSAGES);
		await device.endAsync();
		await broker.close();
	}, 120_000);

	test.runIf(hasMosquitto)(
		'kept by the bureau’s broker: it is handed over again and again until it is stored, once',
		async () => {
			const mosquitto = await startMosquitto();
			const onFault = (error: unknown) => void work.faults.push(error);
			const hasOthers = () => false;
			const door = readBureauBroker({
				...{ url: mosquitto.url, connections: 1, instance: 'a', hasOthers, intake: work.intake, onFault },
			});
			await expect.poll(() => door.problem(), { timeout: 10_000 }).toBeUndefined();
			const device = await mqtt.connectAsync(mosquitto.url);
			const before = await stored();
			// The broker has taken them; what counts is that it keeps them until we have stored them.
			await sendThrough(device);
			await expect.poll(stored, { timeout: 60_000 }).toBe(before + MESSAGES);
			await sleep(1500);
			expect(await stored()).toBe(before + MESSAGES);
			await device.endAsync();
			await door.close();
			await mosquitto.stop();
		},
		120_000,
	);
});
