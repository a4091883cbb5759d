// The simulator process: plays the devices of the demonstration district against a running platform. The only file here
// that reads the clock, the environment and the network.

import { setTimeout as sleep } from 'node:timers/promises';
import { backoff } from './backoff.ts';
import { deliver } from './delivery.ts';
import { startDistrict, type DemoBoard } from './district.ts';
import { openHj212 } from './hj212-line.ts';
import { byDoor, shutDoors, type Door } from './lines.ts';
import { openMqtt } from './mqtt-line.ts';
import { openOutbox } from './outbox.ts';
import { connect, reasonOf, type Platform } from './platform.ts';
import { stopOrders } from './stop-orders.ts';
import { readSettings, type Settings } from './settings.ts';

/** Devices are asked this often; a request holds what they said since. */
const TICK_MS = 1000;
/** Ten minutes of readings are kept while the platform is away. */
const ROOM = 150_000;
/** A longer gap between two ticks means that the machine slept. */
const SLEPT_MS = 5 * 60_000;
const DEADLINE_MS = 20_000;
const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 15_000;
const REPORT_MS = 60_000;
/** How often the sites look whether they have been told to stop. */
const ORDERS_MS = 10_000;

const log = (line: string): void => console.log(`${new Date().toISOString()} simulator: ${line}`);

async function run(settings: Settings, ended: AbortSignal): Promise<void> {
	const platform = connect(settings.url, settings.token, settings.readToken, DEADLINE_MS);
	const board = await firstBoard(platform, ended);
	if (!board) return;

	const startMs = Date.now();
	const orders = stopOrders(settings.seed);
	const fleet = startDistrict(board, { seed: settings.seed, hours: settings.hours, startMs, orders });
	const lines = openLines(settings, platform, permitsOf(board));
	const open = new Set(lines.keys());
	const waiting = new Map([...open].map((door) => [door, openOutbox(ROOM)]));
	const deliveries = [...lines].map(([door, line]) => {
		const say = (text: string) => log(door === 'http' ? text : `${door}: ${text}`);
		return deliver(waiting.get(door)!, line, fleet, backoff(FIRST_RETRY_MS, LONGEST_RETRY_MS), TICK_MS / 4, say);
	});
	log(`${fleet.size} devices, hours ${settings.hours}, seed ${settings.seed}`);
	for (const line of shutDoors(open)) log(line);

	let tickedAt = startMs;
	const ticking = setInterval(() => {
		const now = Date.now();
		if (now - tickedAt > SLEPT_MS) fleet.skipTo(now);
		tickedAt = now;
		for (const [door, readings] of byDoor(fleet.due(now), open)) waiting.get(door)!.put(readings);
	}, TICK_MS);
	const reporting = setInterval(() => {
		const tallies = deliveries.map((delivery) => delivery.tally());
		const sum = (name: keyof (typeof tallies)[number]) => tallies.reduce((so, tally) => so + tally[name], 0);
		const boxes = [...waiting.values()];
		const all = (name: 'size' | 'lost') => boxes.reduce((so, box) => so + box[name], 0);
		log(
			`${(sum('sent') / (REPORT_MS / 1000)).toFixed(0)} readings/s sent, ${sum('accepted')} accepted, ` +
				`${sum('duplicates')} duplicates, ${sum('rejected')} rejected, ${sum('failures')} failed requests, ` +
				`${all('size')} waiting, ${all('lost')} lost`,
		);
	}, REPORT_MS);

	const listening = setInterval(() => {
		// What cannot be read now is read next time; until then the sites do what they were told last.
		void platform.notices().then(
			(notices) => orders.heard(notices, Date.now()),
			() => undefined,
		);
	}, ORDERS_MS);

	await Promise.all(
		deliveries.map(async (delivery) => {
			while (!ended.aborted) await pause(await delivery.step(), ended);
		}),
	);
	clearInterval(ticking);
	clearInterval(reporting);
	clearInterval(listening);
	for (const line of lines.values()) line.close?.();
}

type Opened = Pick<Platform, 'send'> & { close?: () => void };

/** The doors the platform has; HTTP always. */
function openLines(
	{ mqttUrl, hj212, token }: Settings,
	platform: Platform,
	permitOf: (deviceId: string) => string | undefined,
): Map<Door, Opened> {
	const lines = new Map<Door, Opened>([['http', platform]]);
	if (mqttUrl) lines.set('mqtt', openMqtt(mqttUrl, token, permitOf, DEADLINE_MS));
	if (hj212) lines.set('hj212', openHj212(hj212, DEADLINE_MS));
	return lines;
}

/** Topics name the permit of the site a device stands on. */
function permitsOf({ sites, siteDevices }: DemoBoard): (deviceId: string) => string | undefined {
	const permits = new Map(sites.features.map(({ properties: { id, permitNo } }) => [id, permitNo]));
	const found = new Map(siteDevices.map(({ id, siteId }) => [id, permits.get(siteId) ?? 'none']));
	return (deviceId) => found.get(deviceId);
}

/** Asks until the platform answers with the demonstration district; undefined when told to end first. */
async function firstBoard(platform: ReturnType<typeof connect>, ended: AbortSignal) {
	const retries = backoff(FIRST_RETRY_MS, LONGEST_RETRY_MS);
	let said = '';
	while (!ended.aborted) {
		try {
			const board = await platform.board();
			if (board.isDemo) return board;
			throw new Error('The register holds no demonstration data; nothing is simulated beside real sites.');
		} catch (error) {
			const reason = reasonOf(error);
			if (reason !== said) log((said = reason));
			await pause(retries.failed(), ended);
		}
	}
	return undefined;
}

async function pause(ms: number, ended: AbortSignal): Promise<void> {
	await sleep(ms, undefined, { signal: ended }).catch(() => undefined);
}

const ending = new AbortController();
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => ending.abort());

try {
	const settings = readSettings(process.env);
	if (settings.endsWithParent)
		process.stdin
			.on('close', () => ending.abort())
			.on('end', () => ending.abort())
			.resume();
	await run(settings, ending.signal);
	process.exit(0);
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	process.exit(1);
}
