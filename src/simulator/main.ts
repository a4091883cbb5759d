// The simulator process: plays the devices of the demonstration district against a running platform. The only file here
// that reads the clock, the environment and the network.

import { setTimeout as sleep } from 'node:timers/promises';
import { backoff } from './backoff.ts';
import { deliver } from './delivery.ts';
import { startDistrict } from './district.ts';
import { openOutbox } from './outbox.ts';
import { connect, reasonOf } from './platform.ts';
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

const log = (line: string): void => console.log(`${new Date().toISOString()} simulator: ${line}`);

async function run(settings: Settings, ended: AbortSignal): Promise<void> {
	const platform = connect(settings.url, settings.token, settings.readToken, DEADLINE_MS);
	const board = await firstBoard(platform, ended);
	if (!board) return;

	const startMs = Date.now();
	const fleet = startDistrict(board, { seed: settings.seed, hours: settings.hours, startMs });
	const outbox = openOutbox(ROOM);
	const delivery = deliver(outbox, platform, fleet, backoff(FIRST_RETRY_MS, LONGEST_RETRY_MS), TICK_MS / 4, log);
	log(`${fleet.size} devices, hours ${settings.hours}, seed ${settings.seed}`);

	let tickedAt = startMs;
	const ticking = setInterval(() => {
		const now = Date.now();
		if (now - tickedAt > SLEPT_MS) fleet.skipTo(now);
		tickedAt = now;
		outbox.put(fleet.due(now));
	}, TICK_MS);
	const reporting = setInterval(() => {
		const { sent, accepted, duplicates, rejected, failures } = delivery.tally();
		log(
			`${(sent / (REPORT_MS / 1000)).toFixed(0)} readings/s sent, ${accepted} accepted, ${duplicates} duplicates, ` +
				`${rejected} rejected, ${failures} failed requests, ${outbox.size} waiting, ${outbox.lost} lost`,
		);
	}, REPORT_MS);

	while (!ended.aborted) await pause(await delivery.step(), ended);
	clearInterval(ticking);
	clearInterval(reporting);
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
