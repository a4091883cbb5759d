// What an update of the live map costs the browser: processor time of the renderer process, ours beside a bare deck.gl
// layer with binary attributes and beside object accessors, on the same points in the same page, alternated. Frames
// per second would say how fast the graphics card is, and here there may be none.

import { svelte } from '@sveltejs/vite-plugin-svelte';
import { chromium, type Browser, type CDPSession, type Page } from '@playwright/test';
import { rm, mkdtemp, readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import type { Scenario } from './map-frame/changes.ts';
import type { BenchPage, WayName } from './map-frame/page.ts';
import { median, type BenchResult, type BenchRow } from './result.ts';

const SCENARIOS: (Scenario & { what: string })[] = [
	{ what: '2,000 moving objects', objects: 2_000, changing: 2_000, isMoving: true },
	{ what: '10,000 objects, all of them each second', objects: 10_000, changing: 10_000, isMoving: true },
	{ what: '100,000 objects, 1 % changing', objects: 100_000, changing: 1_000, isMoving: false },
	{ what: '1,000,000 objects, 1 % changing', objects: 1_000_000, changing: 10_000, isMoving: false },
];
const WAYS: WayName[] = ['ours', 'bare', 'accessors', 'still'];
const ROUNDS = 3;
const LONGEST_TASK_MS = 50;
const FLAGS = [
	'--no-sandbox',
	'--use-angle=swiftshader',
	'--enable-unsafe-swiftshader',
	'--ignore-gpu-blocklist',
	'--disable-background-networking',
];

declare global {
	interface Window {
		page: BenchPage;
	}
}

export async function run({ seconds }: { seconds: number }): Promise<BenchResult> {
	const built = await mkdtemp(join(tmpdir(), 'map-frame-'));
	let browser: Browser | undefined;
	let server: Server | undefined;
	try {
		await buildPage(built);
		server = await serve(built);
		browser = await openBrowser();
		const rows: BenchRow[] = [];
		for (const scenario of SCENARIOS)
			rows.push(...(await measure(browser, server, scenario, seconds / SCENARIOS.length / WAYS.length / ROUNDS)));
		return { name: 'map-frame', rows };
	} finally {
		await browser?.close();
		server?.close();
		await rm(built, { recursive: true, force: true });
	}
}

async function measure(
	browser: Browser,
	server: Server,
	scenario: Scenario & { what: string },
	secondsEach: number,
): Promise<BenchRow[]> {
	const page = await browser.newPage();
	const faults: string[] = [];
	page.on('pageerror', (error) => faults.push(error.message));
	await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
	await page.waitForFunction(() => 'page' in window);
	await page.evaluate((chosen) => window.page.choose(chosen), scenario);
	const cdp = await browser.newBrowserCDPSession();
	const renderer = await rendererOf(cdp, page);

	const costs: Record<WayName, number[]> = { ours: [], bare: [], accessors: [], still: [] };
	let [longestMs, longestOpenMs] = [0, 0];
	for (let round = 0; round < ROUNDS; round++) {
		for (const way of WAYS) {
			const args = { way, isDrawn: round === 0 };
			const opening = await page.evaluate((open) => window.page.open(open.way, open.isDrawn), args);
			const updates = await updatesIn(page, secondsEach);
			await page.evaluate(() => window.page.longestTask());
			const before = await cpuMs(cdp, renderer);
			await page.evaluate((count) => window.page.run(count), updates);
			costs[way].push(((await cpuMs(cdp, renderer)) - before) / updates);
			const longest = await page.evaluate(() => window.page.longestTask());
			if (way === 'ours') longestMs = Math.max(longestMs, longest);
			// In the first round the shaders are compiled as well, once for the life of the page.
			if (way === 'ours' && round > 0) longestOpenMs = Math.max(longestOpenMs, opening);
			await page.evaluate(() => window.page.close());
		}
	}
	await page.close();
	if (faults.length) throw new Error(`The page failed: ${faults[0]}`);
	return rowsOf(scenario.what, costs, longestMs, longestOpenMs);
}

/** Warms up, and sees how many updates fit into the time; at least three. */
async function updatesIn(page: Page, seconds: number): Promise<number> {
	await page.evaluate(() => window.page.run(8));
	const start = performance.now();
	await page.evaluate(() => window.page.run(3));
	const eachS = (performance.now() - start) / 3000;
	return Math.max(3, Math.round(seconds / eachS));
}

function rowsOf(what: string, costs: Record<WayName, number[]>, longestMs: number, longestOpenMs: number): BenchRow[] {
	const [ours, bare, accessors, still] = WAYS.map((way) => median(costs[way])) as [number, number, number, number];
	const frame = `a frame with nothing new: ${still.toFixed(2)} ms`;
	const row = (beside: string, cost: number, limit: number): BenchRow => ({
		what: `${what}: renderer CPU per update, to ${beside} (at most)`,
		ours: `${ours.toFixed(2)} ms`,
		beside: `${cost.toFixed(2)} ms; ${frame}`,
		ratio: ours / cost,
		limit,
		ok: ours / cost <= limit,
	});
	return [
		row('a bare binary layer', bare, 1.3),
		row('object accessors', accessors, 1 / 8),
		beyondFrame(what, ours - still, accessors - still),
		taskRow(`${what}: longest task of the main thread during updates (at most)`, longestMs),
		taskRow(`${what}: longest task while a whole picture arrives (at most)`, longestOpenMs),
	];
}

/** Where an empty frame costs more than the goal allows, this still tells what the update by itself costs. */
function beyondFrame(what: string, ours: number, accessors: number): BenchRow {
	return {
		what: `${what}: the same without what a frame with nothing new costs`,
		ours: `${ours.toFixed(2)} ms`,
		beside: `${accessors.toFixed(2)} ms`,
		ratio: Math.max(0, ours) / accessors,
		limit: null,
		ok: true,
	};
}

function taskRow(what: string, longestMs: number): BenchRow {
	return {
		what,
		ours: longestMs < LONGEST_TASK_MS ? `< ${LONGEST_TASK_MS} ms` : `${longestMs.toFixed(0)} ms`,
		beside: `${LONGEST_TASK_MS} ms`,
		ratio: longestMs / LONGEST_TASK_MS,
		limit: 1,
		ok: longestMs <= LONGEST_TASK_MS,
	};
}

/** Process of the page, told from others by what it burns while the page is made to work. */
async function rendererOf(cdp: CDPSession, page: Page): Promise<number> {
	const renderers = async () => {
		const { processInfo } = await cdp.send('SystemInfo.getProcessInfo');
		return new Map(processInfo.filter(({ type }) => type === 'renderer').map(({ id, cpuTime }) => [id, cpuTime]));
	};
	let last: number | undefined;
	for (;;) {
		const before = await renderers();
		await page.evaluate(() => {
			const until = performance.now() + 300;
			while (performance.now() < until);
		});
		const burnt = [...(await renderers())].map(([id, cpuTime]) => ({ id, cost: cpuTime - (before.get(id) ?? 0) }));
		const [most] = burnt.sort((a, b) => b.cost - a.cost);
		// Another process may burn as much while it starts, but not twice.
		if (most && most.cost > 0.05 && most.id === last) return most.id;
		last = most?.id;
	}
}

async function cpuMs(cdp: CDPSession, renderer: number): Promise<number> {
	const { processInfo } = await cdp.send('SystemInfo.getProcessInfo');
	const found = processInfo.find(({ id }) => id === renderer);
	if (!found) throw new Error('The process of the page is gone.');
	return found.cpuTime * 1000;
}

async function openBrowser(): Promise<Browser> {
	const finder = '../scripts/browser.mjs';
	const { findBrowser } = (await import(finder)) as { findBrowser: () => Promise<string> };
	return chromium.launch({ executablePath: await findBrowser(), args: FLAGS });
}

async function buildPage(outDir: string): Promise<void> {
	await build({
		configFile: false,
		root: fileURLToPath(new URL('map-frame', import.meta.url)),
		plugins: [svelte({ configFile: false, compilerOptions: { runes: true } })],
		worker: { format: 'es' },
		build: { outDir, emptyOutDir: true, chunkSizeWarningLimit: 4000 },
		logLevel: 'warn',
	});
}

const TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

async function serve(folder: string): Promise<Server> {
	const server = createServer(async ({ url }, response) => {
		const path = url === '/' ? '/index.html' : new URL(url ?? '/', 'http://host').pathname;
		try {
			const body = await readFile(join(folder, path));
			response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream' }).end(body);
		} catch {
			response.writeHead(404).end();
		}
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return server;
}
