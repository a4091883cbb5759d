// What months on a wall rest on: whether a page and the server hold no more after an hour of a day's events than before.
// Two pages of the built product stay open, the board and the wall; every minute their waste is collected and what they
// still hold is read. With `--seconds 3600` the limits hold; a shorter run only tells its figures.

import type { CDPSession, Page } from '@playwright/test';
import { setTimeout as sleep } from 'node:timers/promises';
import { percentile, type BenchResult, type BenchRow } from './result.ts';
import { withDatabase } from './shared/postgres.ts';
import { craneOfEachSite, visit, type Visited } from './shared/visited.ts';
import { ALARM_EVERY_MS, beginDay, READINGS_PER_S } from './soak/day.ts';
import { compiledMb, held, residentMb, watchContexts, type Held } from './soak/look.ts';
import { slope } from './soak/slope.ts';

const PORT = '4416';
/** Small, and jibs jump instead of turning: without a graphics card every point of a picture costs processor time. */
const VIEWPORT = { width: 960, height: 540 };
const PAGES = ['/', '/wall'];
const HOUR_S = 3600;
/** The first minutes fill what stays: caches, code, the readings of the last hour. */
const WARM_UP = 1 / 6;
const SAMPLES = 60;
const WARM = Math.floor(SAMPLES * WARM_UP);
/** The map's own, and that of the layers overlaid on it. */
const CONTEXTS = 2;
const LIMITS = { pageMbPerHour: 0.5, serverMbPerHour: 2, share: 0.01, contexts: CONTEXTS };

interface Open {
	page: Page;
	cdp: CDPSession;
}

interface Sample {
	hours: number;
	pages: Held[];
	serverMb: number;
	/** Of each page, at the first sample after the warm-up and at the last. */
	compiledMb?: number[];
}

export async function run({ seconds }: { seconds: number }): Promise<BenchResult> {
	const rows = await withDatabase(async (url) => {
		const visited = await visit(PORT, { DATABASE_URL: url, MQTT_PORT: 'off' });
		try {
			return await soak(visited, seconds);
		} finally {
			await visited.close();
		}
	});
	return { name: 'soak', rows };
}

async function soak(visited: Visited, seconds: number): Promise<BenchRow[]> {
	const pages = await Promise.all(
		PAGES.map(async (path) => {
			const page = await visited.enter(VIEWPORT, 'reduce');
			await watchContexts(page);
			await page.goto(path);
			const cdp = await page.context().newCDPSession(page);
			await cdp.send('Performance.enable');
			return { page, cdp };
		}),
	);
	const { page } = pages[0]!;
	const { features } = (await (await page.request.get('/api/v1/sites?limit=50')).json()) as {
		features: { properties: { name: string } }[];
	};
	const sites = features.map(({ properties }) => properties.name);
	const day = beginDay({ ...visited, devices: await craneOfEachSite(page), sites, page });

	const samples = await watched(visited, pages, seconds).finally(() => day.stop());
	const what = `${day.acknowledged} readings (${READINGS_PER_S}/s), ${day.alarms} alarms, ${day.failures} failures`;
	const warm = samples.slice(WARM);
	const [first, last] = [warm[0]!, warm.at(-1)!];
	return [
		{ what, ours: `${Math.round(seconds)} s`, beside: `one alarm each ${ALARM_EVERY_MS / 1000} s`, ...told },
		...PAGES.flatMap((path, i) => [
			...pageRows(
				path,
				warm.map(({ hours, pages }) => ({ hours, ...pages[i]! })),
				seconds,
			),
			compiledRow(path, (last.compiledMb![i]! - first.compiledMb![i]!) / (last.hours - first.hours)),
		]),
		atMost('server', 'MB an hour', perHour(warm, 'serverMb'), LIMITS.serverMbPerHour, seconds),
	];
}

/** A sample of each page and of the server's process at even distances. */
async function watched(visited: Visited, pages: Open[], seconds: number): Promise<Sample[]> {
	const samples: Sample[] = [];
	const beganMs = performance.now();
	while (samples.length < SAMPLES) {
		await sleep(Math.max(0, beganMs + ((samples.length + 1) * seconds * 1000) / SAMPLES - performance.now()));
		const now: Held[] = [];
		for (const { page, cdp } of pages) now.push(await held(page, cdp));
		const hours = (performance.now() - beganMs) / 3_600_000;
		const sample: Sample = { hours, pages: now, serverMb: residentMb(visited.pid) };
		samples.push(sample);
		if (samples.length - 1 === WARM || samples.length === SAMPLES) {
			sample.compiledMb = [];
			for (const { cdp } of pages) sample.compiledMb.push(await compiledMb(cdp));
		}
		console.error(JSON.stringify(samples.at(-1)));
	}
	return samples;
}

const told = { ratio: null, limit: null, ok: true };

function pageRows(path: string, samples: ({ hours: number } & Held)[], seconds: number): BenchRow[] {
	const share = (name: 'nodes' | 'listeners') => Math.abs(perHour(samples, name)) / samples[0]![name];
	const fps = percentile(
		samples.map((sample) => sample.fps).sort((a, b) => a - b),
		0.5,
	);
	const contexts = samples.map(({ webglContexts }) => webglContexts);
	return [
		atMost(path, 'MB an hour on its heap', perHour(samples, 'heapMb'), LIMITS.pageMbPerHour, seconds),
		atMost(path, 'share of its nodes, more or less in an hour', share('nodes'), LIMITS.share, seconds),
		atMost(path, 'share of its listeners, more or less in an hour', share('listeners'), LIMITS.share, seconds),
		// Needs no hour to be told.
		atMost(path, 'drawing contexts', Math.max(...contexts), LIMITS.contexts, HOUR_S),
		{
			what: `${path}: frames a second, 19 of 20 are faster`,
			ours: fps.toFixed(1),
			beside: 'no graphics card here',
			...told,
		},
	];
}

function compiledRow(path: string, mbPerHour: number): BenchRow {
	const what = `${path}: MB an hour of its heap that is code the engine compiled`;
	return { what, ours: mbPerHour.toPrecision(3), beside: 'what is run often becomes hot', ...told };
}

const perHour = <K extends string>(samples: ({ hours: number } & Record<K, number>)[], name: K): number =>
	slope(samples.map((sample) => [sample.hours, sample[name]]));

function atMost(of: string, what: string, value: number, limit: number, seconds: number): BenchRow {
	const counts = seconds >= HOUR_S;
	return {
		what: `${of}: ${what} (at most)`,
		ours: value.toPrecision(3),
		beside: `goal ${limit}`,
		ratio: value / limit,
		...(counts ? { limit: 1, ok: value <= limit } : { limit: null, ok: true }),
	};
}
