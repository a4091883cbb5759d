// The built product with its demo district, and a real browser before it.

import { chromium, type Page } from '@playwright/test';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startServer } from '../../test/e2e/product.ts';

/** A browser without a graphics card draws the map on the processor. */
const ARGS = ['--no-sandbox', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist'];

/** How long a page may take on a machine that has other work. */
const BUSY_MS = 180_000;

export interface Visited {
	origin: string;
	/** Of the server's process. */
	pid: number;
	/** Of somebody who may send readings. */
	bearer: string;
	/** A page whose duty officer has just signed in. */
	enter(viewport: { width: number; height: number }, reducedMotion?: 'reduce'): Promise<Page>;
	close(): Promise<void>;
}

export async function visit(port: string, settings: Record<string, string>): Promise<Visited> {
	const product = await startServer(port, settings);
	const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ARGS });
	const origin = `http://127.0.0.1:${port}`;
	const { stdout } = spawnSync(
		process.execPath,
		['scripts/cli.mjs', 'token', 'create', '--name', 'bench', '--scope', 'ingest'],
		{
			cwd: join(import.meta.dirname, '../..'),
			encoding: 'utf8',
			env: { ...process.env, ...settings, DATA_DIR: product.data, PORT: port },
		},
	);
	const { links } = JSON.parse(readFileSync(join(product.data, 'sign-in.json'), 'utf8')) as {
		links: { kind: string; url: string }[];
	};
	return {
		...{ origin, pid: product.pid, bearer: stdout.trim() },
		async enter(viewport, reducedMotion) {
			const page = await browser.newPage({ baseURL: origin, locale: 'zh-CN', viewport, reducedMotion });
			page.setDefaultTimeout(BUSY_MS);
			await page.goto(links.find(({ kind }) => kind === 'dutyOfficer')!.url);
			// The page lets people in by itself after a moment.
			const button = page.locator('form button[type="submit"]').first();
			await button.click({ timeout: 5000 }).catch(() => undefined);
			await page.waitForURL((url) => !url.pathname.startsWith('/login'));
			return page;
		},
		async close() {
			await browser.close();
			await product.stop();
		},
	};
}

/** @returns one tower crane's device of each site */
export async function craneOfEachSite(page: Page): Promise<string[]> {
	const { features } = (await (await page.request.get('/api/v1/machines?limit=1000')).json()) as {
		features: { properties: { deviceId: string | null; siteId: string } }[];
	};
	const bySite = new Map(features.map(({ properties }) => [properties.siteId, properties.deviceId]));
	return [...bySite.values()].filter((id) => id !== null).filter((id) => id.startsWith('TC-'));
}
