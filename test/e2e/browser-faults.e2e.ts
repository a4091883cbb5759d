// What may break around a page (docs/faults.md): the machine sleeps, the line goes silent, the graphics card or the map's
// worker goes, the base map does not come, memory grows. The picture comes back by itself, or says that it has not.

import type { CDPSession, Page } from '@playwright/test';
import { openFaultProxy } from '../fault-proxy.ts';
import { expect, signInAs, test } from './people.ts';

const PORT = Number(process.env.E2E_PORT ?? 3917);
const HOUR = '01:00:00';
const live = (page: Page) => expect(page.getByText('实时', { exact: true }).first());

/** Counts in the page what a test asks of it: sounds begun, workers of the map, graphics contexts. */
async function watched(page: Page): Promise<void> {
	await page.addInitScript(() => {
		const seen = { sounds: 0, workers: [] as Worker[], contexts: new Set<unknown>() };
		Object.assign(window, { seen });
		for (const kind of ['OscillatorNode', 'AudioBufferSourceNode'] as const) {
			const { start } = window[kind].prototype;
			window[kind].prototype.start = function (...args: []) {
				seen.sounds++;
				return start.apply(this, args);
			};
		}
		const Native = window.Worker;
		window.Worker = class extends Native {
			constructor(url: string | URL, options?: WorkerOptions) {
				super(url, options);
				if (String(url).includes('maplibre')) seen.workers.push(this);
			}
		};
		const { getContext } = HTMLCanvasElement.prototype;
		HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, kind: string, ...rest: unknown[]) {
			const context = (getContext as (...all: unknown[]) => unknown).call(this, kind, ...rest);
			if (kind === 'webgl2' && context) seen.contexts.add(context);
			return context;
		} as typeof getContext;
	});
}
interface Seen {
	seen: { sounds: number; workers: Worker[]; contexts: Set<WebGL2RenderingContext> };
}
const sounds = (page: Page) => page.evaluate(() => (window as unknown as Seen).seen.sounds);
/** Share of the middle of the map that is not one flat colour: 0 where nothing is drawn. */
async function drawn(page: Page): Promise<number> {
	const picture = await page.screenshot({ clip: { x: 600, y: 250, width: 500, height: 500 } });
	return page.evaluate(async (encoded) => {
		const bytes = Uint8Array.from(atob(encoded), (letter) => letter.charCodeAt(0));
		const bitmap = await createImageBitmap(new Blob([bytes]));
		const canvas = document.createElement('canvas');
		[canvas.width, canvas.height] = [bitmap.width, bitmap.height];
		const context = canvas.getContext('2d')!;
		context.drawImage(bitmap, 0, 0);
		const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
		const counts = new Map<number, number>();
		for (let i = 0; i < data.length; i += 4) {
			const colour = (data[i]! << 16) | (data[i + 1]! << 8) | data[i + 2]!;
			counts.set(colour, (counts.get(colour) ?? 0) + 1);
		}
		return 1 - Math.max(...counts.values()) / (data.length / 4);
	}, picture.toString('base64'));
}

async function board(page: Page, origin = ''): Promise<void> {
	await page.goto(`${origin}/?theme=dark`);
	await live(page).toBeVisible();
	await expect.poll(() => drawn(page)).toBeGreaterThan(0.01);
}

// The page itself is frozen for as long as a test can wait; its clocks then stand an hour later.
test('F-30 a page that slept for an hour is live again within seconds, on little, and plays no old sounds', async ({
	page,
}) => {
	await page.clock.install();
	await watched(page);
	await signInAs(page, 'dutyOfficer');
	await board(page);
	const cdp = await page.context().newCDPSession(page);
	await cdp.send('Network.enable');
	let bytes = 0;
	cdp.on('Network.dataReceived', ({ encodedDataLength, dataLength }) => (bytes += encodedDataLength || dataLength));
	cdp.on('Network.webSocketFrameReceived', ({ response }) => (bytes += response.payloadData.length));
	await cdp.send('Page.setWebLifecycleState', { state: 'frozen' });
	await new Promise((resolve) => setTimeout(resolve, 20_000));
	const before = await sounds(page).catch(() => 0);
	bytes = 0;
	await cdp.send('Page.setWebLifecycleState', { state: 'active' });
	await page.clock.fastForward(HOUR);
	const woke = Date.now();
	await live(page).toBeVisible({ timeout: 20_000 });
	// Not what stood there before it slept: the data are of this moment again.
	await expect(page.getByText(/^数据 \d 秒前/).first()).toBeVisible({ timeout: 20_000 });
	console.log(`${Date.now() - woke} ms, ${bytes} bytes`);
	expect(Date.now() - woke).toBeLessThan(10_000);
	expect(bytes).toBeGreaterThan(0);
	expect(bytes).toBeLessThan(2_000_000);
	expect((await sounds(page)) - before).toBeLessThanOrEqual(1);
});

test('F-31 a line that goes silent without being cut is told within seconds, and taken up again', async ({ page }) => {
	const proxy = await openFaultProxy(new URL(`http://127.0.0.1:${PORT}`));
	const signIn = process.env.E2E_SIGN_IN!.replaceAll(`127.0.0.1:${PORT}`, new URL(proxy.url).host);
	try {
		await signInAs(page, 'dutyOfficer', signIn);
		await board(page, new URL(proxy.url).origin);
		proxy.silent(true);
		const since = Date.now();
		await expect(page.getByText('连接已断开').first()).toBeVisible({ timeout: 60_000 });
		expect(Date.now() - since).toBeGreaterThan(8_000);
		expect(Date.now() - since).toBeLessThan(40_000);
		proxy.silent(false);
		proxy.cut();
		await live(page).toBeVisible({ timeout: 60_000 });
	} finally {
		proxy.close();
	}
});

test('F-33 a graphics context that is lost and never given back: the map is drawn anew', async ({ page }) => {
	await watched(page);
	await signInAs(page, 'dutyOfficer');
	await board(page);
	await page.evaluate(() => {
		for (const context of (window as unknown as Seen).seen.contexts)
			context.getExtension('WEBGL_lose_context')?.loseContext();
	});
	await page.waitForTimeout(3000);
	await expect.poll(() => drawn(page), { timeout: 60_000 }).toBeGreaterThan(0.01);
	await live(page).toBeVisible();
});

test('F-34 the worker of the map dies: the map is made anew, with a new worker', async ({ page }) => {
	await watched(page);
	await signInAs(page, 'dutyOfficer');
	await board(page);
	const workers = () => page.evaluate(() => (window as unknown as Seen).seen.workers.length);
	const before = await workers();
	expect(before).toBeGreaterThan(0);
	await page.evaluate(() => {
		for (const worker of (window as unknown as Seen).seen.workers) {
			worker.terminate();
			worker.dispatchEvent(new ErrorEvent('error', { message: 'out of memory' }));
		}
	});
	await expect.poll(workers, { timeout: 30_000 }).toBeGreaterThan(before);
	await expect.poll(() => drawn(page), { timeout: 60_000 }).toBeGreaterThan(0.01);
	await live(page).toBeVisible();
});

test.describe('F-35 a base map that does not come', () => {
	for (const [how, answer] of [
		['is refused (429)', { status: 429, body: 'slow down' }],
		['is away (503)', { status: 503, body: '' }],
		['is a page instead of data', { status: 200, contentType: 'text/html', body: '<html><body>登录</body></html>' }],
		['never answers', undefined],
	] as const)
		test(`F-35 a base map that ${how}: the data are drawn all the same, and the console stays quiet`, async ({
			page,
		}) => {
			const said: string[] = [];
			page.on('console', (message) => message.type() === 'error' && said.push(message.text()));
			await page.route('**/basemap/**/*.geojson', (route) =>
				answer ? route.fulfill(answer) : new Promise<void>(() => undefined),
			);
			await signInAs(page, 'dutyOfficer');
			await board(page);
			await page.waitForTimeout(5000);
			await live(page).toBeVisible();
			expect(said.length).toBeLessThan(40);
			await page.unrouteAll({ behavior: 'ignoreErrors' });
		});
});

/** After everything that may go has gone. */
async function measured(cdp: CDPSession): Promise<{ heap: number; nodes: number; listeners: number }> {
	for (let i = 0; i < 3; i++) await cdp.send('HeapProfiler.collectGarbage');
	const { metrics } = await cdp.send('Performance.getMetrics');
	const of = (name: string) => metrics.find((metric) => metric.name === name)!.value;
	return { heap: of('JSHeapUsedSize'), nodes: of('Nodes'), listeners: of('JSEventListeners') };
}

test('F-37 a page walked through all day keeps its memory, its nodes and its one map', async ({ page }) => {
	test.setTimeout(600_000);
	await watched(page);
	await signInAs(page, 'dutyOfficer');
	await board(page);
	const cdp = await page.context().newCDPSession(page);
	await cdp.send('Performance.enable');
	await cdp.send('HeapProfiler.enable');
	const round = async () => {
		for (const name of ['告警', '总览']) {
			await page
				.getByRole('navigation')
				.getByRole('link', { name: new RegExp(`^${name}`) })
				.first()
				.click();
			await page.waitForTimeout(400);
		}
	};
	for (let i = 0; i < 8; i++) await round();
	const before = await measured(cdp);
	const contexts = await page.evaluate(() => (window as unknown as Seen).seen.contexts.size);
	for (let i = 0; i < 24; i++) await round();
	await live(page).toBeVisible();
	const after = await measured(cdp);
	console.log(JSON.stringify({ before, after }));
	expect(after.heap - before.heap).toBeLessThan(4_000_000);
	expect(after.nodes).toBeLessThan(before.nodes * 1.05);
	expect(after.listeners).toBeLessThan(before.listeners * 1.05);
	expect(await page.evaluate(() => (window as unknown as Seen).seen.contexts.size)).toBe(contexts);
});
