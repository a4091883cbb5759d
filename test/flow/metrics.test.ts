// What /metrics counts: each figure moved by what it stands for, over the real doors.

import { createServer, type AddressInfo } from 'node:net';
import { io as connectSocket } from 'socket.io-client';
import mqtt from 'mqtt';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { beaconRules } from '#db/rules/operations.ts';
import { createBeacons } from '#lib/server/operations/beacons.ts';
import { transaction } from '#lib/server/db/transaction.ts';
import { AtTheDoors } from './at-the-doors.ts';
import { TOWN, twoTowns, type OneTown } from './two-towns.ts';

let doors: AtTheDoors;
let own: OneTown;
let other: OneTown;
let admin: Record<string, string>;
let port: number;
let seq = 0;

beforeAll(async () => {
	const free = createServer().listen(0, '127.0.0.1');
	await new Promise((resolve) => free.once('listening', resolve));
	port = (free.address() as AddressInfo).port;
	await new Promise((resolve) => free.close(resolve));
	doors = await AtTheDoors.open(async ({ ingest }) => void ({ own, other } = await twoTowns(ingest)), {
		MQTT_PORT: String(port),
	});
	admin = await doors.person('systemAdmin', '330109');
});
afterAll(() => doors.close());

/** The figures of one name by its labels as they stand in the text; no labels: ''. */
async function figures(name: string): Promise<Record<string, number>> {
	const { text, status } = await doors.ask(admin, 'GET', '/metrics');
	expect(status).toBe(200);
	const lines = text.split('\n').filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));
	return Object.fromEntries(
		lines.map((line) => {
			const [, labels = '', value] = line.match(/^[a-z_]+(?:\{(.*)\})? (\S+)$/)!;
			return [labels, Number(value)];
		}),
	);
}
const figure = async (name: string, labels = '') => (await figures(name))[labels] ?? 0;
const grows = async (name: string, labels: string, what: () => Promise<unknown>) => {
	const before = await figure(name, labels);
	await what();
	return (await figure(name, labels)) - before;
};

const reading = (device: string, more: object = {}) => ({
	...{ device, at: new Date().toISOString(), seq: ++seq, values: { windMs: 3 } },
	...more,
});
const send = (key: Record<string, string>, ...readings: object[]) =>
	doors.ask(key, 'POST', '/api/v1/telemetry', { body: { readings } });

describe('readings', () => {
	test('received counts all that came in; accepted what was stored', async () => {
		const key = await doors.token('ingest', [own.site]);
		const before = await figure('ingest_accepted_total');
		const received = await grows('ingest_received_total', '', () =>
			send(key, reading(own.device), reading(own.device), reading(other.device)),
		);
		expect([received, (await figure('ingest_accepted_total')) - before]).toEqual([3, 2]);
	});

	test('quarantined counts what was kept aside', async () => {
		const key = await doors.token('ingest', [own.site]);
		const before = await figure('ingest_quarantined_total');
		await send(key, reading('TC-NOBODY'));
		await expect.poll(() => figure('ingest_quarantined_total')).toBe(before + 1);
	});

	test('the time to an acknowledgement is measured for every batch', async () => {
		const key = await doors.token('ingest', [own.site]);
		expect(await grows('ingest_ack_seconds_count', '', () => send(key, reading(own.device)))).toBe(1);
		const [count, sum] = [await figure('ingest_ack_seconds_count'), await figure('ingest_ack_seconds_sum')];
		expect(sum).toBeGreaterThan(0);
		expect(sum / count).toBeLessThan(5);
	});
});

describe('alarms and screens', () => {
	const append = async (type: 'alarm:raised' | 'incident:opened' | 'alarm:changed', data: Record<string, unknown>) => {
		const { databases, live, events } = doors.runtime;
		const event = { at: new Date(), type, subject: { kind: 'alarm', id: 'a', siteId: own.site, townCode: TOWN }, data };
		live.feed.announce(await transaction(databases.alarm, (tx) => events.append(tx, [event])));
	};
	const asks = { handling: 'new', suppressedBy: null, isOutOfService: false, incidentId: null, shelf: null };

	test.each([
		['an alarm that begins to ask for a person', 'alarm:raised', {}, 1],
		['an incident', 'incident:opened', {}, 1],
		['none for an alarm of an incident', 'alarm:raised', { incidentId: 'i' }, 0],
		['none for one whose gateway is down', 'alarm:raised', { suppressedBy: 'g' }, 0],
		['none for one on the shelf', 'alarm:raised', { shelf: { state: 'on' } }, 0],
		['none for a machine out of service', 'alarm:raised', { isOutOfService: true }, 0],
		['none for a change of an alarm', 'alarm:changed', {}, 0],
	] as const)('annunciations: %s', async (_, type, data, count) => {
		expect(await grows('annunciations_total', '', () => append(type, { ...asks, ...data }))).toBe(count);
	});

	test('replayed counts events told again to a browser that was away', async () => {
		const leader = await doors.person('leader', TOWN);
		const behind = doors.runtime.live.feed.cursor;
		for (let i = 0; i < 3; i++) await append('alarm:changed', asks);
		const told = await grows('replay_events_total', '', async () => {
			const socket = connectSocket(doors.url, {
				...{ transports: ['websocket'], forceNew: true, reconnection: false },
				...{ auth: { cursor: behind }, extraHeaders: { origin: doors.url, ...leader } },
			});
			await new Promise((resolve) => socket.once('events', resolve));
			socket.disconnect();
		});
		expect(told).toBe(3);
	});

	test('a wall is last seen when it last asked; a revoked one is not told of', async () => {
		const wall = await doors.wall(TOWN);
		expect(await figures('wall_last_seen_seconds')).toEqual({});
		await doors.ask(wall, 'GET', '/api/v1/board');
		expect(await figure('wall_last_seen_seconds', 'wall="大屏"')).toBeGreaterThanOrEqual(0);
		expect(Object.keys(await figures('wall_last_seen_seconds'))).toHaveLength(1);
		await doors.databases.ingest.updateTable('wall').set({ revoked_at: new Date() }).execute();
		expect(await figures('wall_last_seen_seconds')).toEqual({});
	});
});

describe('who is sent away', () => {
	const leader = () => doors.person('leader', TOWN);
	const handshake = async (headers: Record<string, string>) => {
		const options = { transports: ['websocket'], forceNew: true, reconnection: false, extraHeaders: headers };
		const socket = connectSocket(doors.url, options);
		await new Promise((resolve) => socket.once('connect_error', resolve));
	};
	const cases: [door: string, reason: string, () => Promise<unknown>][] = [
		['page', 'not-signed-in', () => doors.ask({}, 'GET', '/api/v1/sites')],
		['page', 'forbidden', async () => doors.ask(await leader(), 'GET', '/admin/audit')],
		['front', 'host', async () => doors.ask({ ...(await leader()), host: 'evil.example' }, 'GET', '/api/v1/sites')],
		[
			'front',
			'other-origin',
			async () =>
				doors.ask({ ...(await leader()), origin: 'https://evil.example' }, 'POST', '/api/v1/beacons', { body: {} }),
		],
		[
			'command',
			'forbidden',
			async () =>
				doors.ask(await leader(), 'POST', '/api/v1/pits/[id]/danger', {
					params: { id: other.pit },
					body: { sign: 3, note: '裂缝' },
				}),
		],
		['telemetry', 'not-signed-in', () => send({ authorization: 'Bearer nonsense' }, reading(own.device))],
		['telemetry', 'forbidden', async () => send(await doors.token('read', null), reading(own.device))],
		['socket', 'not-signed-in', () => handshake({ origin: doors.url })],
		['socket', 'other-origin', async () => handshake({ ...(await leader()), origin: 'https://evil.example' })],
		['mqtt', 'not-signed-in', () => connectMqtt('nonsense').catch(() => undefined)],
		[
			'mqtt',
			'forbidden',
			async () =>
				connectMqtt((await doors.token('read', null))['authorization']!.slice('Bearer '.length)).catch(() => undefined),
		],
		[
			'mqtt',
			'topic',
			async () => {
				const bearer = (await doors.token('ingest', null, [own.device]))['authorization']!.slice('Bearer '.length);
				const client = await connectMqtt(bearer);
				const closed = new Promise<void>((resolve) => client.once('close', () => resolve()));
				client.publish(`site/1/towerCrane/${other.device}/telemetry`, '{}', { qos: 1 }, () => undefined);
				await closed;
				client.end(true);
			},
		],
	];
	const connectMqtt = (password: string) =>
		mqtt.connectAsync(`mqtt://127.0.0.1:${port}`, { username: 'x', password, reconnectPeriod: 0, protocolVersion: 4 });

	test.each(cases)('%s: %s', async (door, reason, come) => {
		expect(await grows('door_refusals_total', `door="${door}",reason="${reason}"`, come)).toBe(1);
	});
});

describe('what browsers report', () => {
	const tell = async (who: Record<string, string>, body: object) =>
		(await doors.ask(who, 'POST', '/api/v1/beacons', { body })).status;

	test.each([
		['error', { kind: 'error', message: 'TypeError: x is not a function' }],
		['contextLost', { kind: 'contextLost' }],
		['heap', { kind: 'heap', mb: 412 }],
	])('%s', async (kind, body) => {
		const wall = await doors.wall(TOWN);
		const came = await grows('browser_reports_total', `kind="${kind}"`, async () =>
			expect(await tell(wall, body)).toBe(204),
		);
		expect(came).toBe(1);
	});

	test('the largest page of late is told', async () => {
		const leader = await doors.person('leader', TOWN);
		await tell(leader, { kind: 'heap', mb: 900 });
		expect(await figure('browser_heap_mb')).toBe(900);
	});

	test('one that fails in a loop is counted and not looked at, others still are', async () => {
		const [loud, quiet] = [await doors.person('leader', TOWN), await doors.person('leader', TOWN)];
		const statuses: number[] = [];
		const dropped = await grows('browser_reports_total', 'kind="dropped"', async () => {
			for (let i = 0; i < beaconRules.perMinute.value + 5; i++)
				statuses.push(await tell(loud, { kind: 'error', message: 'again' }));
		});
		expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(0);
		expect(dropped).toBe(statuses.filter((status) => status === 429).length);
		expect(await tell(quiet, { kind: 'contextLost' })).toBe(204);
	});

	test('nobody who is not signed in, no other kind, no long text', async () => {
		const leader = await doors.person('leader', TOWN);
		expect(await tell({}, { kind: 'contextLost' })).toBe(401);
		expect(await tell(leader, { kind: 'who' })).toBe(422);
		expect(await tell(leader, { kind: 'error', message: 'x'.repeat(301) })).toBe(422);
	});

	test('all together no more in a minute than one log can take; a report of memory is forgotten', () => {
		let nowMs = 0;
		const logged: string[] = [];
		const beacons = createBeacons(
			() => nowMs,
			(message) => logged.push(message),
		);
		const wall = (id: number) => ({ kind: 'wall' as const, id: String(id), name: '', areas: [] });
		for (let i = 0; i < 2 * beaconRules.perMinuteInAll.value; i++)
			beacons.take(wall(i), { kind: 'error', message: String(i) });
		expect(logged).toHaveLength(beaconRules.perMinuteInAll.value);
		nowMs += 60_000;
		expect(beacons.take(wall(1), { kind: 'heap', mb: 300 })).toBe(true);
		expect(beacons.largestHeapMb()).toBe(300);
		nowMs += (beaconRules.heapFor.value + 1) * 1000;
		expect(beacons.largestHeapMb()).toBeUndefined();
	});
});
