// The whole live path at once: senders, the server with its database, and two hundred browsers that watch. What was
// acknowledged, judged and stored must be one number. At saturation beside bare COPY and beside INSERTs of a thousand
// rows into the same table; at 2,000 a second over HTTP and over MQTT by the share of a core the server takes.

import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { bareCopy } from './ingest/bare-copy.ts';
import { bareInsert } from './live/bare-insert.ts';
import type { Send, Sent } from './ingest/sender.ts';
import type { Pace, Paced } from './live/pace.ts';
import type { Watch } from './live/viewers.ts';
import { median, type BenchResult, type BenchRow } from './result.ts';
import { engineGone, same, settled } from './shared/live-server.ts';
import { withDatabase } from './shared/postgres.ts';
import { ask, stopped, withProcesses } from './shared/talk.ts';

const PORT = 4410;
const MQTT_PORT = 4411;
const SENSORS = 20_000;
const VIEWERS = 200;
const ROUNDS = 3;
const CONNECTIONS = 32;
const RATE = 2000;
const EMBEDDED_RATE = 1000;
/** Longer than the pauses in which something else is measured: nobody is to fall silent in them and come back after. */
const INTERVAL_S = 60;

interface Hello {
	bearer: string;
	cookie: string;
}

export async function run({ seconds }: { seconds: number }): Promise<BenchResult> {
	const folder = mkdtempSync(join(tmpdir(), 'sitewatch-live-'));
	try {
		return {
			name: 'live',
			rows: [...(await onServer(folder, seconds * 0.7)), ...(await onEmbedded(folder, seconds * 0.3))],
		};
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

async function onServer(folder: string, seconds: number): Promise<BenchRow[]> {
	return withDatabase((url) =>
		beside(url, folder, async ({ server, hello, sender, pace, viewers }) => {
			const span = seconds / (3 * ROUNDS + 3);
			const saturate = (s: number) => ask<Sent>(sender, saturating(hello, s));
			await saturate(span);
			await heardOut(viewers);
			const [ours, copy, insert]: [number[], number[], number[]] = [[], [], []];
			for (let i = 0; i < ROUNDS; i++) {
				copy.push(await bareCopy(url, span));
				insert.push(await bareInsert(url, span));
				const before = await settled(server);
				const sent = await saturate(span);
				const after = await settled(server);
				same(sent.acknowledged, before, after);
				ours.push(sent.acknowledged / sent.seconds);
			}
			const rows = [
				rateRow('saturation, to bare COPY binary (at least)', median(ours), median(copy), 0.6),
				rateRow('saturation, to INSERTs of 1,000 rows (at least)', median(ours), median(insert), 5),
			];
			for (const over of ['http', 'mqtt'] as const) {
				const before = await settled(server);
				const paced = await ask<Paced>(pace, {
					...{ over, port: over === 'http' ? PORT : MQTT_PORT, bearer: hello.bearer, rate: RATE, seconds: span * 1.5 },
				} satisfies Pace);
				const after = await settled(server);
				same(paced.acknowledged, before, after);
				const share = (after.cpuS - before.cpuS) / paced.seconds;
				rows.push({
					...{ what: `${RATE}/s over ${over.toUpperCase()}, ${VIEWERS} watching: share of a core (below)` },
					...{ ours: share.toFixed(3), beside: '0.25', ratio: share / 0.25, limit: 1, ok: share < 0.25 },
				});
				const kept = paced.acknowledged / paced.sent;
				rows.push({
					...{ what: `${RATE}/s over ${over.toUpperCase()}: acknowledged = judged = stored, to sent (at least)` },
					...{ ours: String(paced.acknowledged), beside: String(paced.sent), ratio: kept, limit: 1, ok: kept >= 1 },
				});
			}
			return rows;
		}),
	);
}

async function onEmbedded(folder: string, seconds: number): Promise<BenchRow[]> {
	try {
		return await beside('', join(folder, 'embedded'), async ({ server, hello, sender, pace, viewers }) => {
			// Every device once, so that what follows is a day like any other.
			await ask<Sent>(sender, saturating(hello, 1));
			await settled(server);
			await heardOut(viewers);
			const before = await settled(server);
			const paced = await ask<Paced>(pace, {
				...{ over: 'http', port: PORT, bearer: hello.bearer, rate: EMBEDDED_RATE, seconds },
			} satisfies Pace);
			same(paced.acknowledged, before, await settled(server));
			return [
				rateRow('embedded database, sustained (at least)', paced.acknowledged / paced.seconds, EMBEDDED_RATE, 0.98),
			];
		});
	} finally {
		await engineGone(join(folder, 'embedded', 'data'));
	}
}

interface Stage {
	server: ChildProcess;
	hello: Hello;
	sender: ChildProcess;
	pace: ChildProcess;
	viewers: ChildProcess;
}

/** Starts server, senders and viewers, and ends them whatever happens. */
async function beside(
	url: string,
	folder: string,
	measure: (stage: Stage) => Promise<BenchRow[]>,
): Promise<BenchRow[]> {
	const env = {
		...{ DATABASE_URL: url, DATA_DIR: join(folder, 'data'), PORT: String(PORT), MQTT_PORT: String(MQTT_PORT) },
		...{
			DEMO: 'off',
			SIMULATOR: 'off',
			LOG_LEVEL: 'error',
			BENCH_DEVICES: String(SENSORS),
			BENCH_INTERVAL_S: String(INTERVAL_S),
		},
	};
	return withProcesses(env, async (start) => {
		const [server, hello] = await start<Hello>('live/server.ts');
		const [viewers] = await start('live/viewers.ts');
		const [sender] = await start('ingest/sender.ts');
		const [pace] = await start('live/pace.ts');
		const { connected } = await ask<{ connected: number }>(viewers, {
			port: PORT,
			cookie: hello.cookie,
			count: VIEWERS,
		} satisfies Watch);
		if (connected < VIEWERS) throw new Error(`${connected} of ${VIEWERS} browsers could connect.`);
		const rows = await measure({ server, hello, sender, pace, viewers });
		const watched = await ask<{ connected: number; frames: number }>(viewers, 'look');
		if (watched.connected < VIEWERS || watched.frames === 0)
			throw new Error(
				`${watched.connected} of ${VIEWERS} browsers were there at the end, with ${watched.frames} frames.`,
			);
		await stopped(server);
		return rows;
	});
}

const saturating = ({ bearer }: Hello, seconds: number): Send => ({
	...{ port: PORT, bearer, connections: CONNECTIONS, perRequest: 100, seconds },
});

/** The first word of twenty thousand devices is news of each to every browser: waits until they all have it. */
async function heardOut(viewers: ChildProcess): Promise<void> {
	const events = async () => (await ask<{ events: number }>(viewers, 'look')).events;
	let before = await events();
	for (let now = before, quiet = 0; quiet < 3; quiet = now === before ? quiet + 1 : 0) {
		before = now;
		await sleep(500);
		now = await events();
	}
}

function rateRow(what: string, ours: number, theirs: number, limit: number): BenchRow {
	const perS = (rate: number) => `${Math.round(rate).toLocaleString('en')}/s`;
	return { what, ours: perS(ours), beside: perS(theirs), ratio: ours / theirs, limit, ok: ours / theirs >= limit };
}
