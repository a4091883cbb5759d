// The devices of the demonstration through the real doors: hoists, welding machines and cameras over MQTT, dust stations
// by HJ 212.

import { sql } from 'kysely';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Reading } from '#lib/contract/telemetry.ts';
import type { Token } from '#lib/domain/access/principal.ts';
import { SYSTEM } from '#lib/domain/access/scope.ts';
import { alarmCard } from '#lib/server/alarms/alarm-card.ts';
import { openBroker, type MqttDoor } from '#lib/server/ingest/mqtt/embedded-broker.ts';
import { hj212 } from '#lib/server/ingest/tcp/protocols.ts';
import { serveFrames, type FrameDoor } from '#lib/server/ingest/tcp/serve-frames.ts';
import { alarmsInScope } from '#lib/server/repositories/alarm.ts';
import { deadLetters } from '#lib/server/repositories/dead-letter.ts';
import { openHj212, type Line } from '../../src/simulator/hj212-line.ts';
import { openMqtt } from '../../src/simulator/mqtt-line.ts';
import { aRegister } from '../builders.ts';
import { onBoth } from '../database/both.ts';
import { AtWork } from './at-work.ts';

const ID = '0123456789abcdef0123456789abcdef';
const KEY = `swt_${ID}_secret`;
const TOKEN: Token = { kind: 'token', id: ID, name: 'simulator', scope: 'ingest', areas: ['330109'] };
const TOKENS = {
	peek: (bearer: string) => (bearer === KEY ? TOKEN : undefined),
	check: async (bearer: string) => (bearer === KEY ? TOKEN : null),
};

onBoth('the simulator at the doors', (database) => {
	let work: AtWork;
	let broker: MqttDoor & { port: number };
	let dust: FrameDoor;
	const lines: Line[] = [];

	beforeAll(async () => {
		await aRegister(database().ingest)
			.withSite({ name: '工地', town: null, at: [120.27, 30.17] })
			.withCrane({ site: '工地', record: 'A', device: 'SC-0001' })
			.withSiteDevice('工地', 'hotWork', 'HJ-0001')
			.withSiteDevice('工地', 'camera', 'AI-0001', 300)
			.withSiteDevice('工地', 'dustStation', 'YC-330109202601010101')
			.build();
		work = await AtWork.start(database(), '2026-11-20T08:00:00Z');
		const shared = {
			port: 0,
			host: '127.0.0.1',
			intake: work.intake,
			onFault: (e: unknown) => void work.faults.push(e),
		};
		broker = await openBroker({ ...shared, tokens: TOKENS });
		dust = await serveFrames({ ...shared, protocol: hj212(work.intake.mappings, () => work.now.getTime()) });
	});
	afterAll(async () => {
		for (const line of lines) line.close();
		await broker.close();
		await dust.close();
		await work.close();
		expect(work.faults).toEqual([]);
	});

	const said = (device: string, values: Reading['values']): Reading => ({
		...{ device, at: work.now.toISOString(), seq: 7, values },
	});
	const stored = async (device: string) => {
		const { rows } = await sql<{ values: unknown }>`
			select values from reading join device on no = device_no where device.id = ${device}`.execute(database().read);
		return rows.map(({ values }) => values);
	};
	const overMqtt = (): Line => {
		const permitOf = (id: string) => (id.startsWith('SC') ? undefined : '330109202601010101');
		const line = openMqtt(`mqtt://127.0.0.1:${broker.port}`, KEY, permitOf, 5000);
		lines.push(line);
		return line;
	};
	async function send(line: Line, readings: Reading[]): Promise<void> {
		for (let i = 0; ; i++) {
			try {
				await line.send(readings);
				return;
			} catch (error) {
				if (i > 50) throw error;
				await sleep(50);
			}
		}
	}

	test('hoists, welding machines and cameras come in over MQTT, and nothing is left as a dead letter', async () => {
		await send(overMqtt(), [
			said('SC-0001', { loadPercent: 40, windMs: 3 }),
			said('HJ-0001', { welding: true, currentA: 120, longitude: 120.2702, latitude: 30.1701 }),
			said('AI-0001', { aiEvent: 'smoke', confidence: 0.94 }),
		]);
		expect(await stored('SC-0001')).toEqual([{ loadPercent: 40, windMs: 3 }]);
		expect(await work.live.hotWork(SYSTEM)).toMatchObject([{ deviceId: 'HJ-0001', state: 'welding', isPlaced: true }]);
		await work.live.outbox.drained();
		const [alarm] = await alarmsInScope(database().read, SYSTEM, { limit: 10, after: 0 });
		expect(alarm).toMatchObject({ deviceId: 'AI-0001', condition: 'cameraFire' });
		const card = await alarmCard(database().read, work.live, SYSTEM, alarm!.id, work.now.getTime());
		expect(card!.stills).toHaveLength(1);
		expect(await deadLetters(database().read, { limit: 10 })).toEqual([]);
	});

	test('a dust station speaks HJ 212 and waits for the answer before it says more', async () => {
		const line = openHj212(`127.0.0.1:${dust.port}`, 5000);
		lines.push(line);
		const station = 'YC-330109202601010101';
		const first = said(station, { pm10: 71, noiseDb: 62.4 });
		const second = {
			...said(station, { pm10: 72, noiseDb: 61 }),
			at: new Date(work.now.getTime() - 60_000).toISOString(),
		};
		expect(await line.send([second, first])).toEqual({ accepted: 2, duplicates: 0, rejected: [] });
		expect(await stored(station)).toEqual(
			expect.arrayContaining([
				expect.objectContaining({ pm10: 71, noiseDb: 62.4 }),
				expect.objectContaining({ pm10: 72 }),
			]),
		);
		expect(await deadLetters(database().read, { limit: 10 })).toEqual([]);
	});

	test('a broker that is not there is an error, so that the readings are kept', async () => {
		const line = openMqtt('mqtt://127.0.0.1:9', KEY, () => undefined, 300);
		lines.push(line);
		await expect(line.send([said('SC-0001', {})])).rejects.toThrow('not connected');
	});
});
