// What the goal list of the nights asks of taking in: steady for long, more than is asked for a while, and how soon it is
// on the screens; on both databases. What was acknowledged is stored, or the benchmark ends with an error. With
// `--seconds 5400` the steady row lasts the half hour that is asked for.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChildProcess } from 'node:child_process';
import type { Pace, Paced } from './live/pace.ts';
import type { Look, Looked } from './nights/screens.ts';
import { percentile, type BenchResult, type BenchRow } from './result.ts';
import { engineGone, same, settled } from './shared/live-server.ts';
import { withDatabase } from './shared/postgres.ts';
import { ask, stopped, withProcesses, type Start } from './shared/talk.ts';

const PORT = 4415;
const SENSORS = 20_000;
/** Nobody falls silent while something else is measured. */
const DEVICES = { BENCH_DEVICES: String(SENSORS), BENCH_SET_APART: '200', BENCH_INTERVAL_S: '60' };
/** Fifty at desks and eight on walls. */
const SCREENS = 58;
const OFFICE_RATE = 250;
const SEEN_MS = { p95: 1000, p99: 2000 };
/** What is not asked for longer than a minute. */
const MINUTE_S = 60;

interface Load {
	tier: string;
	/** Readings a second. */
	rate: number;
	seconds: number;
	/** Milliseconds from the send of a hundred readings to the word that they are stored, 99 in 100 (at most). */
	ackMs: number;
	/** Whether some may be told to come again later. */
	mayDefer: boolean;
}

interface Hello {
	bearer: string;
	cookie: string;
}

export async function run({ seconds }: { seconds: number }): Promise<BenchResult> {
	const folder = mkdtempSync(join(tmpdir(), 'sitewatch-nights-'));
	const embedded = join(folder, 'embedded');
	try {
		const rows = await withDatabase((url) =>
			withProcesses(settings(url, join(folder, 'server')), (start) => onServer(start, seconds)),
		);
		rows.push(...(await withProcesses(settings('', embedded), (start) => onEmbedded(start, seconds))));
		return { name: 'nights', rows };
	} finally {
		await engineGone(embedded);
		rmSync(folder, { recursive: true, force: true });
	}
}

const settings = (url: string, dataDir: string): Record<string, string> => ({
	...{ DATABASE_URL: url, DATA_DIR: dataDir, PORT: String(PORT), MQTT_PORT: 'off' },
	...{ DEMO: 'off', SIMULATOR: 'off', LOG_LEVEL: 'error', ...DEVICES },
});

async function onServer(start: Start, seconds: number): Promise<BenchRow[]> {
	const [server, hello] = await start<Hello>('live/server.ts');
	const [pace] = await start('live/pace.ts');
	const [screens] = await start('nights/screens.ts');
	const span = Math.min(MINUTE_S, seconds / 3);
	const meanwhile = ask<Paced>(pace, paced(hello, OFFICE_RATE, span));
	const looked = await ask<Looked>(screens, { port: PORT, ...hello, screens: SCREENS, seconds: span } satisfies Look);
	await meanwhile;
	const rows = seenRows(looked);
	const steady = { tier: 'PostgreSQL', rate: 2000, seconds: seconds / 3, ackMs: 250, mayDefer: false };
	const much = { ...steady, rate: 10_000, seconds: Math.min(MINUTE_S, seconds / 9), mayDefer: true };
	for (const load of [steady, much]) rows.push(...(await under(load, server, pace, hello)));
	await stopped(server);
	return rows;
}

async function onEmbedded(start: Start, seconds: number): Promise<BenchRow[]> {
	const [server, hello] = await start<Hello>('live/server.ts');
	const [pace] = await start('live/pace.ts');
	const load = { tier: 'embedded', rate: 500, seconds: (seconds * 2) / 9, ackMs: 400, mayDefer: false };
	const rows = await under(load, server, pace, hello);
	await stopped(server);
	return rows;
}

const paced = ({ bearer }: Hello, rate: number, seconds: number): Pace => ({
	...{ over: 'http', port: PORT, bearer, rate, seconds },
});

/** @throws Error where a reading that was acknowledged is not stored */
async function under(
	{ tier, rate, seconds, ackMs, mayDefer }: Load,
	server: ChildProcess,
	pace: ChildProcess,
	hello: Hello,
): Promise<BenchRow[]> {
	const before = await settled(server);
	const { sent, acknowledged, later, delaysMs } = await ask<Paced>(pace, paced(hello, rate, seconds));
	same(acknowledged, before, await settled(server));
	const what = `${tier}: ${rate.toLocaleString('en')}/s for ${Math.round(seconds)} s`;
	const kept = acknowledged / sent;
	return [
		{
			what: `${what}: stored and acknowledged${mayDefer ? `; ${later} times told to come later` : ' (at least)'}`,
			...{ ours: acknowledged.toLocaleString('en'), beside: `${sent.toLocaleString('en')} sent`, ratio: kept },
			...{ limit: mayDefer ? null : 1, ok: mayDefer || kept === 1 },
		},
		msRow(`${what}: a hundred readings acknowledged, p99 (at most)`, percentile(delaysMs, 0.99), ackMs),
	];
}

function seenRows({ sent, delaysMs }: Looked): BenchRow[] {
	const all = sent * SCREENS;
	const what = `${OFFICE_RATE}/s, ${SCREENS} screens: device to screen`;
	return [
		{
			...{
				what: `${what}: readings that reached every screen`,
				ours: String(delaysMs.length),
				beside: String(all),
			},
			...{ ratio: delaysMs.length / all, limit: 1, ok: delaysMs.length === all },
		},
		msRow(`${what}, p95 (at most)`, percentile(delaysMs, 0.95), SEEN_MS.p95),
		msRow(`${what}, p99 (at most)`, percentile(delaysMs, 0.99), SEEN_MS.p99),
	];
}

function msRow(what: string, ms: number, limitMs: number): BenchRow {
	return {
		...{ what, ours: `${ms.toFixed(0)} ms`, beside: `goal ${limitMs} ms` },
		...{ ratio: ms / limitMs, limit: 1, ok: ms <= limitMs },
	};
}
