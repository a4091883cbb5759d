// The storm: 1,000 machines over the wind limit within a minute, then a power cut at 40 sites. How many rows an officer
// sees, whether the log has every alarm, how long a page needs for all of it, and how fast alarms are written. The clock
// is driven by hand; database, engine, log and the page's own code are the product's.

import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { layDistrict, deviceId, DEVICES } from './ingest/district.ts';
import { boardRows } from '../src/lib/client/alarm/board-rows.ts';
import { NO_FILTER } from '../src/lib/client/alarm/board-filter.ts';
import { OpenAlarms } from '../src/lib/client/live/open-alarms.ts';
import type { EventMessage } from '../src/lib/contract/events.ts';
import { openDatabases } from '../src/lib/server/db/connection.ts';
import { startLive, type LivePart } from '../src/lib/server/live/live-part.ts';
import type { BenchResult, BenchRow } from './result.ts';

const STRUCK = 1000;
const DARK_SITES = 40;
const CRANES_PER_SITE = 4;
/** What one officer can take in; the number. */
const ROWS_MOST = 10;
/** A frame of a screen. */
const FRAME_MS = 1000 / 60;
/** Alarms of the storm must be in the log within this time of the machine. */
const WRITE_MS = 60_000;

export async function run({ seconds: _ }: { seconds: number }): Promise<BenchResult> {
	const dataDir = fs.mkdtempSync(join(tmpdir(), 'sitewatch-storm-'));
	const databases = await openDatabases({ DATABASE_URL: '', DATA_DIR: dataDir });
	try {
		await layDistrict(databases.ingest);
		const clock = { ms: Date.parse('2026-11-20T09:20:00Z') };
		const faults: unknown[] = [];
		const live = await startLive(databases, {
			...{ now: () => clock.ms, onFault: (error: unknown) => faults.push(error), sweepEveryMs: 0 },
		});
		const page = new Page(live);
		const storm = await gale(live, clock);
		const afterGale = page.rows();
		const cut = await powerCut(live, clock);
		const afterCut = page.rows();
		await live.close();
		if (faults.length > 0) throw new Error(`The storm broke something: ${String(faults[0])}`);
		return { name: 'storm', rows: verdicts(page, storm, cut, afterGale, afterCut) };
	} finally {
		await databases.close();
		fs.rmSync(dataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 1000 });
	}
}

function verdicts(page: Page, storm: number, cut: number, afterGale: number, afterCut: number): BenchRow[] {
	const raised = (condition: string) => page.raised.get(condition)?.size ?? 0;
	const most = (what: string, ours: number, beside: number, unit: string): BenchRow => {
		const told = (value: number) => `${Number.isInteger(value) ? value : value.toFixed(1)}${unit}`;
		return { what, ours: told(ours), beside: told(beside), ratio: ours / beside, limit: 1, ok: ours <= beside };
	};
	const all = (what: string, ours: number, beside: number): BenchRow => ({
		...{ what, ours: String(ours), beside: String(beside), ratio: ours / beside, limit: 1, ok: ours === beside },
	});
	return [
		most(`rows on the board after ${STRUCK} machines over the wind limit (at most)`, afterGale, ROWS_MOST, ''),
		most(`rows on the board after a power cut at ${DARK_SITES} sites as well (at most)`, afterCut, ROWS_MOST, ''),
		all('alarms of wind in the log, each once', raised('wind'), STRUCK),
		all('alarms of dark sites in the log, each once', raised('powerLost'), DARK_SITES),
		all('numbers of the log the page got, without a gap', page.seen, page.expected),
		most('time to write the gale', storm, WRITE_MS, ' ms'),
		most('time to write the power cut', cut, WRITE_MS, ' ms'),
		most(
			'longest work of a page for one frame of events and all rows, beside a frame',
			page.longestMs,
			FRAME_MS,
			' ms',
		),
	];
}

/** A page without a screen: holds the alarms and makes the rows as the browser does. */
class Page {
	readonly raised = new Map<string, Set<string>>();
	seen = 0;
	expected = 0;
	longestMs = 0;
	readonly #alarms = new OpenAlarms();
	#first = NaN;

	constructor(live: LivePart) {
		live.feed.listen((events) => this.#take(events));
	}

	rows(): number {
		return boardRows(this.#alarms.standing.values(), NO_FILTER).length;
	}

	#take(events: readonly EventMessage[]): void {
		if (Number.isNaN(this.#first)) this.#first = events[0]!.seq;
		this.seen += events.length;
		this.expected = events.at(-1)!.seq - this.#first + 1;
		for (const { type, data } of events) {
			if (type !== 'alarm:raised') continue;
			const { condition, id } = data as { condition: string; id: string };
			const ids = this.raised.get(condition) ?? new Set();
			this.raised.set(condition, ids.add(id));
		}
		const began = performance.now();
		this.#alarms.applyEvents(events);
		boardRows(this.#alarms.standing.values(), NO_FILTER);
		this.longestMs = Math.max(this.longestMs, performance.now() - began);
	}
}

/** Every machine reports every five seconds; @param windOf - what it measures, undefined: it is silent */
async function pass(live: LivePart, clock: { ms: number }, seconds: number, windOf: (i: number) => number | undefined) {
	const devices = Array.from({ length: DEVICES }, (_, i) => live.state.devices.get(deviceId(i))!);
	for (let s = 0; s < seconds; s += 5) {
		const heard = devices.flatMap((device, i) => {
			const windMs = windOf(i);
			return windMs === undefined
				? []
				: [{ device, atUs: clock.ms * 1000, seq: 0, values: { windMs, momentPercent: 30 } }];
		});
		live.engine.observe(heard, clock.ms);
		for (let i = 0; i < 5; i++) {
			clock.ms += 1000;
			live.engine.sweep(clock.ms);
		}
		await new Promise(setImmediate);
	}
}

/** Calm, then a front that reaches one machine after the other within a minute. @returns ms until all was written */
async function gale(live: LivePart, clock: { ms: number }): Promise<number> {
	await pass(live, clock, 130, () => 4);
	await live.outbox.drained();
	const began = performance.now();
	const startMs = clock.ms;
	const reached = (i: number) => i < STRUCK && clock.ms - startMs >= (i / STRUCK) * 60_000;
	await pass(live, clock, 300, (i) => (reached(i) ? 13 : 4));
	await live.outbox.drained();
	return performance.now() - began;
}

/** The last sites go dark at once; the gale goes on. */
async function powerCut(live: LivePart, clock: { ms: number }): Promise<number> {
	const began = performance.now();
	const dark = DEVICES - DARK_SITES * CRANES_PER_SITE;
	await pass(live, clock, 60, (i) => (i >= dark ? undefined : i < STRUCK ? 13 : 4));
	await live.outbox.drained();
	return performance.now() - began;
}
