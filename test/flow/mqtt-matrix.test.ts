// Every topic of MQTT × everybody × own and other device, through the broker inside with real keys. A topic without a
// row fails. What counts is what is stored: nothing of another’s, whatever the broker answers.

import { createServer, type AddressInfo } from 'node:net';
import { sql } from 'kysely';
import mqtt from 'mqtt';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TOKEN_SCOPES, type PersonRole } from '#lib/domain/access/principal.ts';
import { FILTERS, readTopic, WHATS } from '#lib/server/ingest/mqtt/topic.ts';
import { AtTheDoors } from './at-the-doors.ts';
import { PEOPLE } from './door-matrix.ts';
import { TOWN, twoTowns, type OneTown } from './two-towns.ts';

/** `device` and `site`: keys bound to one device, one site; `ingest` and `admin` are bound to nothing. */
const WHO = ['anonymous', ...PEOPLE.split(' '), 'wall', 'device', 'site', 'ingest', 'admin', 'read', 'plan'];
const CONNECTS = 'device site ingest admin';
/** Keys that speak for every device of the district. */
const UNBOUND = 'ingest admin';
const may = (list: string, who: string) => list.split(' ').includes(who);

interface Row {
	filter: (typeof FILTERS)[number];
	topic: (at: { device: string; key: string }) => string;
	/** Whether the topic is of a key and the readings name the device. */
	ofKey?: boolean;
}
const TOPICS: Row[] = [
	...WHATS.map((what): Row => ({
		filter: 'site/+/+/+/+',
		topic: ({ device }) => `site/330109202601010101/towerCrane/${device}/${what}`,
	})),
	{ filter: 't/+/telemetry', topic: ({ key }) => `t/${key}/telemetry`, ofKey: true },
];

let doors: AtTheDoors;
let world: { own: OneTown; other: OneTown };
let port: number;
let seq = 0;
const keys = new Map<string, { username: string; password: string } | undefined>();

beforeAll(async () => {
	port = await freePort();
	doors = await AtTheDoors.open(async ({ ingest }) => void (world = await twoTowns(ingest)), {
		MQTT_PORT: String(port),
	});
	for (const who of WHO) keys.set(who, await keyOf(who));
});
afterAll(() => doors.close());

/** What somebody could try as user name and password. */
async function keyOf(who: string) {
	if (who === 'anonymous') return undefined;
	const scope = TOKEN_SCOPES.find((name) => name === who);
	const sites = who === 'site' ? [world.own.site] : null;
	const devices = who === 'device' ? [world.own.device] : null;
	const isToken = scope !== undefined || sites || devices;
	const headers = isToken
		? await doors.token(scope ?? 'ingest', sites, devices)
		: who === 'wall'
			? await doors.wall(TOWN)
			: await doors.person(who as PersonRole, '330109');
	const secret = headers['authorization']?.replace('Bearer ', '') ?? headers['cookie']!.split('=')[1]!;
	return { username: secret.split('_')[1] ?? who, password: secret };
}

const connect = (who: string) =>
	mqtt.connectAsync(`mqtt://127.0.0.1:${port}`, { ...keys.get(who), protocolVersion: 4, reconnectPeriod: 0 });

async function storedOf(device: string): Promise<number> {
	const { rows } = await sql<{ n: string }>`select count(*) as n from reading
		join device on device.no = device_no where device.id = ${device}`.execute(doors.databases.read);
	return Number(rows[0]!.n);
}

/** Sends one reading of a device on a topic. @returns how many readings of that device were stored by it */
async function send(who: string, row: Row, device: string, key: string): Promise<number> {
	const before = await storedOf(device);
	const client = await connect(who);
	const closed = new Promise<void>((resolve) => client.once('close', () => resolve()));
	const reading = { at: new Date().toISOString(), seq: ++seq, values: { windMs: 3 } };
	const body = row.ofKey
		? { readings: [{ device, ...reading }] }
		: { deviceId: device, kind: 'towerCrane', ts: reading.at, seq, values: reading.values };
	const published = client.publishAsync(row.topic({ device, key }), JSON.stringify(body), { qos: 1 });
	await Promise.race([published.catch(() => undefined), closed]);
	client.end(true);
	return (await storedOf(device)) - before;
}
const ownKey = (who: string) => keys.get(who)!.username;

describe('who may connect', () => {
	test.each(WHO)('%s', async (who) => {
		const client = await connect(who).catch(() => undefined);
		expect(client !== undefined).toBe(may(CONNECTS, who));
		await client?.endAsync(true);
	});
});

describe.each(CONNECTS.split(' '))('%s', (who) => {
	test.each(TOPICS.map((row) => [row.topic({ device: '…', key: '…' }), row] as const))('on %s', async (_, row) => {
		expect(await send(who, row, world.own.device, ownKey(who)), 'the own device').toBe(1);
		const other = await send(who, row, world.other.device, ownKey(who));
		expect(other, 'another’s device').toBe(may(UNBOUND, who) ? 1 : 0);
		if (!row.ofKey) return;
		const strange = ownKey(CONNECTS.split(' ').find((name) => name !== who)!);
		expect(await send(who, row, world.own.device, strange), 'another key’s topic').toBe(0);
	});

	test.each(FILTERS)('is handed nothing of %s', async (filter) => {
		const client = await connect(who);
		const granted = await client.subscribeAsync(filter, { qos: 1 }).catch(() => 'refused');
		expect(granted).toBe('refused');
		client.end(true);
	});
});

describe('the rows of the MQTT matrix', () => {
	test('name every topic the ways in are asked for, and no other', () => {
		const filters = new Set(TOPICS.map(({ filter }) => filter));
		expect([...filters].sort(), 'add a row in this test').toEqual([...FILTERS].sort());
	});

	test('are topics the program reads, each with everything a topic may carry', () => {
		const read = TOPICS.map(({ topic }) => readTopic(topic({ device: 'TC-1', key: 'k' })));
		expect(read.every((topic) => topic !== undefined)).toBe(true);
		expect(new Set(read.filter((topic) => topic?.device).map((topic) => topic!.what))).toEqual(new Set(WHATS));
	});
});

async function freePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await new Promise((resolve) => server.once('listening', resolve));
	const { port: free } = server.address() as AddressInfo;
	await new Promise((resolve) => server.close(resolve));
	return free;
}
