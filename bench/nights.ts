// What the goal list of the nights asks of taking in: steady for long, more than is asked for a while, and how soon it is
// on the screens; on both databases. What was acknowledged is stored, or the benchmark ends with an error. A whole night
// is `--seconds 5400`: half an hour of the first row.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChildProcess } from 'node:child_process';
import type { Pace, Paced } from './live/pace.ts';
import type { Look, Looked } from './nights/screens.ts';
import { percentile, type BenchResult, type BenchRow } from './result.ts';
import { engineGone, same, settled } from './shared/live-server.ts';
import { asAdmin, POSTGRES } from './shared/postgres.ts';
import { ask, stopped, withProcesses, type Start } from './shared/talk.ts';

const PORT = 4415;
const SENSORS = 20_000;
/** Nobody falls silent while something else is measured. */
const DEVICES = { BENCH_DEVICES: String(SENSORS), BENCH_SET_APART: '200', BENCH_INTERVAL_S: '60' };
/** Fifty at desks and eight on walls. */
const SCREENS = 58;
const OFFICE_RATE = 250;
const STEADY_RATE = 2000;
const MUCH_RATE = 10_000;
const EMBEDDED_RATE = 500;
/** Milliseconds from the send of a hundred readings to the word that they are stored, 99 in 100. */
const ACK_MS = 250;
const EMBEDDED_ACK_MS = 400;
const SEEN_MS = { p95: 1000, p99: 2000 };
/** Shares of the time. */
const SPANS = { screens: 1 / 3, steady: 1 / 3, much: 1 / 9, embedded: 2 / 9 };

interface Hello {
	bearer: string;
	cookie: string;
}

export async function run({ seconds }: { seconds: number }): Promise<BenchResult> {
	const folder = mkdtempSync(join(tmpdir(), 'sitewatch-nights-'));
	const name = `sw_bench_nights_${process.pid}`;
	await asAdmin(`create database ${name}`);
	try {
		const url = Object.assign(new URL(POSTGRES), { pathname: `/${name}` }).href;
		const rows = await withProcesses(settings(url, folder), (start) => onServer(start, seconds));
		const embedded = join(folder, 'embedded');
		rows.push(...(await withProcesses(settings('', embedded), (start) => onEmbedded(start, seconds))));
		await engineGone(embedded);
		return { name: 'nights', rows };
	} finally {
		await asAdmin(`drop database ${name} with (force)`);
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
	const span = seconds * SPANS.screens;
	const meanwhile = ask<Paced>(pace, paced(hello, OFFICE_RATE, span));
	const looked = await ask<Looked>(screens, { port: PORT, ...hello, screens: SCREENS, seconds: span } satisfies Look);
	await meanwhile;
	const rows = seenRows(looked);
	rows.push(
		...ackRows('PostgreSQL', STEADY_RATE, await at(server, pace, hello, STEADY_RATE, seconds * SPANS.steady), ACK_MS),
	);
	rows.push(
		...ackRows('PostgreSQL', MUCH_RATE, await at(server, pace, hello, MUCH_RATE, seconds * SPANS.much), ACK_MS),
	);
	await stopped(server);
	return rows;
}

async function onEmbedded(start: Start, seconds: number): Promise<BenchRow[]> {
	const [server, hello] = await start<Hello>('live/server.ts');
	const [pace] = await start('live/pace.ts');
	const told = await at(server, pace, hello, EMBEDDED_RATE, seconds * SPANS.embedded);
	await stopped(server);
	return ackRows('embedded', EMBEDDED_RATE, told, EMBEDDED_ACK_MS);
}

const paced = ({ bearer }: Hello, rate: number, seconds: number): Pace => ({
	...{ over: 'http', port: PORT, bearer, rate, seconds },
});

/** @throws Error where a reading that was acknowledged is not stored */
async function at(
	server: ChildProcess,
	pace: ChildProcess,
	hello: Hello,
	rate: number,
	seconds: number,
): Promise<Paced> {
	const before = await settled(server);
	const told = await ask<Paced>(pace, paced(hello, rate, seconds));
	same(told.acknowledged, before, await settled(server));
	return told;
}

function ackRows(tier: string, rate: number, told: Paced, limitMs: number): BenchRow[] {
	const { sent, acknowledged, later, delaysMs, seconds } = told;
	const p99 = percentile(delaysMs, 0.99);
	const what = `${tier}: ${rate.toLocaleString('en')}/s for ${Math.round(seconds)} s`;
	const isAllAsked = rate !== MUCH_RATE;
	const kept = acknowledged / sent;
	return [
		{
			what: `${what}: stored and acknowledged${isAllAsked ? ' (at least)' : `; ${later} times told to come later`}`,
			...{ ours: acknowledged.toLocaleString('en'), beside: `${sent.toLocaleString('en')} sent`, ratio: kept },
			...{ limit: isAllAsked ? 1 : null, ok: !isAllAsked || kept === 1 },
		},
		msRow(`${what}: a hundred readings acknowledged, p99 (at most)`, p99, limitMs),
	];
}

function seenRows({ sent, delaysMs }: Looked): BenchRow[] {
	const all = sent * SCREENS;
	const what = `${OFFICE_RATE}/s, ${SCREENS} screens: device to screen`;
	return [
		{
			...{
				what: `${what}: readings that reached every screen once`,
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
