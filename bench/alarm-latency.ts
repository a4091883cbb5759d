// How long an alarm is on its way: from the device's send to the handler of everybody who watches, while the district
// talks; beside it a plain `ws` fan-out of the same bytes after one commit, at the same time on the same machine. Then
// what fanning out costs, what happens at twice the capacity, and when a real browser has painted it.

import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { paintTimes } from './alarm-latency/paint.ts';
import type { Probe, Probed } from './alarm-latency/probe.ts';
import type { Arrived, Watch } from './alarm-latency/watchers.ts';
import type { Send, Sent } from './ingest/sender.ts';
import type { Pace, Paced } from './live/pace.ts';
import { percentile, type BenchResult, type BenchRow } from './result.ts';
import { withDatabase } from './shared/postgres.ts';
import { ask, stopped, withProcesses } from './shared/talk.ts';

const [PORT, RAW_PORT] = [4412, 4413];
const SENSORS = 20_000;
/** Devices for the alarms; and a minute between words, so that nobody falls silent while something else is measured. */
const APART = { BENCH_SET_APART: '2000', BENCH_INTERVAL_S: '60' };
const WATCHERS = 50;
const RATES = [230, 2000];
const PROBE_EVERY_MS = 100;
const FANS = 1500;
const P99_TO_RAW = 2;
const CPU_TO_RAW = 1.2;
const PAINT_MS = 500;
/** Of what it took at saturation, twice the demand may cost so much. */
const KEPT = 0.8;

export async function run({ seconds }: { seconds: number }): Promise<BenchResult> {
	const folder = mkdtempSync(join(tmpdir(), 'sitewatch-latency-'));
	try {
		const rows = await withDatabase((url) => measure(url, folder, seconds / 6));
		const painted = (await paintTimes()).sort((a, b) => a - b);
		return { name: 'alarm-latency', rows: [...rows, paintRow(painted)] };
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

async function measure(url: string, folder: string, span: number): Promise<BenchRow[]> {
	const env = {
		...{ DATABASE_URL: url, DATA_DIR: join(folder, 'data'), PORT: String(PORT), MQTT_PORT: 'off', DEMO: 'off' },
		...{ SIMULATOR: 'off', LOG_LEVEL: 'error', BENCH_DEVICES: String(SENSORS), ...APART, RAW_PORT: String(RAW_PORT) },
	};
	return withProcesses(env, async (start) => {
		const [server, { bearer, cookie }] = await start<{ bearer: string; cookie: string }>('live/server.ts');
		const [raw] = await start('alarm-latency/raw.ts');
		const [watchers] = await start('alarm-latency/watchers.ts');
		const [probe] = await start('alarm-latency/probe.ts');
		const [sender] = await start('ingest/sender.ts');
		const [pace] = await start('live/pace.ts');
		const watch: Watch = { port: PORT, rawPort: RAW_PORT, cookie, count: WATCHERS };
		const { connected } = await ask<{ connected: number }>(watchers, watch);
		if (connected < 2 * WATCHERS) throw new Error(`${connected} of ${2 * WATCHERS} watchers could connect.`);

		let body = '';
		let next = 0;
		const under = async (rate: number) => {
			const paced = ask<Paced>(pace, { over: 'http', port: PORT, bearer, rate, seconds: span } satisfies Pace);
			const wish: Probe = {
				...{ port: PORT, rawPort: RAW_PORT, bearer, from: next, everyMs: PROBE_EVERY_MS, seconds: span, body },
			};
			const probed = await ask<Probed>(probe, wish);
			next += Object.keys(probed.alarms).length;
			return { paced: await paced, probed, arrived: await ask<Arrived>(watchers, 'look') };
		};
		body = (await under(RATES[0]!)).arrived.sample;
		const burst: Send = { port: PORT, bearer, connections: 32, perRequest: 100, seconds: span };
		await ask<Sent>(sender, burst);
		const sent = await ask<Sent>(sender, burst);
		const most = sent.acknowledged / sent.seconds;

		const rows: BenchRow[] = [];
		for (const rate of [...RATES, Math.round(most / 2)]) {
			const { probed, arrived } = await under(rate);
			rows.push(latencyRow(`p99 at ${rate.toLocaleString('en')}/s, ${WATCHERS} watching`, probed, arrived));
		}
		const { paced, probed, arrived } = await under(Math.round(most * 2));
		const kept = paced.acknowledged / paced.seconds / most;
		rows.push({
			...{ what: 'twice the capacity: readings taken, to saturation (at least)', ours: perS(kept * most) },
			...{ beside: perS(most), ratio: kept, limit: KEPT, ok: kept >= KEPT },
		});
		const missing = Object.keys(probed.alarms).filter((device) => (arrived.alarms[device]?.length ?? 0) < WATCHERS);
		const asked = Object.keys(probed.alarms).length;
		rows.push({
			what: `twice the capacity: alarms that reached everybody (p99 ${ms(p99(delays(probed.alarms, arrived.alarms)))})`,
			...{ ours: String(asked - missing.length), beside: String(asked) },
			...{ ratio: (asked - missing.length) / asked, limit: 1, ok: missing.length === 0 },
		});
		rows.push(await cpuRow(server, raw, body));
		await stopped(server);
		return rows;
	});
}

function latencyRow(what: string, probed: Probed, arrived: Arrived): BenchRow {
	const ours = delays(probed.alarms, arrived.alarms);
	const theirs = delays(probed.raw, arrived.raw);
	const full = Object.keys(probed.alarms).every((device) => arrived.alarms[device]?.length === WATCHERS);
	if (!full) throw new Error(`${what}: an alarm did not reach everybody once.`);
	const told = (list: number[]) => `p50 ${ms(percentile(list, 0.5))}, p99 ${ms(p99(list))}`;
	const ratio = p99(ours) / p99(theirs);
	return {
		what,
		ours: told(ours),
		beside: `ws + commit ${told(theirs)}`,
		ratio,
		limit: P99_TO_RAW,
		ok: ratio <= P99_TO_RAW,
	};
}

/** The same bytes, as often, to as many: what the product's fan-out costs beside `ws`. */
async function cpuRow(server: ChildProcess, raw: ChildProcess, body: string): Promise<BenchRow> {
	const ours = await ask<{ cpuMs: number }>(server, { fan: FANS, body });
	const theirs = await ask<{ cpuMs: number }>(raw, { fan: FANS, body });
	const ratio = ours.cpuMs / theirs.cpuMs;
	const each = (cpuMs: number) => `${((cpuMs * 1000) / FANS / WATCHERS).toFixed(2)} µs each`;
	return {
		...{ what: `processor time of ${FANS} alarms to ${WATCHERS}, to ws`, ours: each(ours.cpuMs) },
		...{ beside: each(theirs.cpuMs), ratio, limit: CPU_TO_RAW, ok: ratio <= CPU_TO_RAW },
	};
}

function paintRow(painted: number[]): BenchRow {
	const worst = p99(painted);
	return {
		...{ what: `device to paint in Chromium, ${painted.length} alarms, p99`, beside: `${PAINT_MS} ms` },
		ours: `p50 ${ms(percentile(painted, 0.5))}, p99 ${ms(worst)}`,
		...{ ratio: worst / PAINT_MS, limit: 1, ok: worst <= PAINT_MS },
	};
}

/** ms of every delivery to every watcher. */
function delays(sent: Record<string, number>, arrived: Record<string, number[]>): number[] {
	return Object.entries(sent)
		.flatMap(([key, sentNs]) => (arrived[key] ?? []).map((atNs) => (atNs - sentNs) / 1e6))
		.sort((a, b) => a - b);
}

const p99 = (sorted: readonly number[]): number => percentile(sorted, 0.99);
const ms = (value: number): string => `${value.toFixed(1)} ms`;
const perS = (rate: number): string => `${Math.round(rate).toLocaleString('en')}/s`;
