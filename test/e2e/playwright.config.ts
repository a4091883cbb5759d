// Browser tests: a real Chromium against the built product with its demo district in a folder of its own.

import { defineConfig } from '@playwright/test';
import { resolve } from 'node:path';

const PORT = Number(process.env.E2E_PORT ?? 3917);
/** Long walks through one part of the product; `npm run test:nightly` makes them too. */
const NIGHTLY_ONLY = [
	'alarms',
	'alarm-endings',
	'coverage-rules',
	'devices',
	'patrol',
	'rules',
	'flood',
	'planner',
	'storm',
	'stored-payloads',
	'browser-faults',
	'own-base-map',
].map((name) => `${name}.e2e.ts`);

export default defineConfig({
	testDir: '.',
	testMatch: '*.e2e.ts',
	testIgnore: process.env.NIGHTLY ? [] : NIGHTLY_ONLY,
	globalSetup: './product.ts',
	outputDir: resolve(import.meta.dirname, '../../test-results'),
	workers: 1,
	retries: 0,
	timeout: 240_000,
	expect: { timeout: 60_000 },
	use: {
		baseURL: `http://127.0.0.1:${PORT}`,
		locale: 'zh-CN',
		timezoneId: 'Asia/Shanghai',
		viewport: { width: 1920, height: 1080 },
		launchOptions: {
			executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
			args: [
				'--no-sandbox',
				'--use-angle=swiftshader',
				'--enable-unsafe-swiftshader',
				'--ignore-gpu-blocklist',
				'--disable-background-networking',
				'--disable-component-update',
				'--disable-sync',
				'--no-first-run',
			],
		},
	},
});
