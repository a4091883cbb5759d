// A bureau's own base map: an archive as a file beside the product, and a style served by another machine. The review
// number is always on the map, and the page may fetch from the named host and from no other.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { solidPmtiles, solidPng } from './make-pmtiles.ts';
import { expect, signInAs, test } from './people.ts';
import { startServer, type Started } from './product.ts';

const PORT = String(Number(process.env.E2E_PORT ?? 3917) + 1);
const VIOLET: [number, number, number] = [150, 40, 200];

async function opened(page: Page, started: Started): Promise<void> {
	process.env.E2E_SIGN_IN = readFileSync(join(started.data, 'sign-in.json'), 'utf8');
	await signInAs(page, 'dutyOfficer');
	await page.goto(`http://127.0.0.1:${PORT}/?theme=light`);
	await expect(page.getByText('实时', { exact: true }).first()).toBeVisible();
}

/** Share of a piece of the map, away from panels, that has nearly this colour. */
async function shareOf(page: Page, [r, g, b]: [number, number, number]): Promise<number> {
	const picture = await page.screenshot({ clip: { x: 500, y: 200, width: 700, height: 600 } });
	return page.evaluate(
		async ({ encoded, wanted }) => {
			const bytes = Uint8Array.from(atob(encoded), (letter) => letter.charCodeAt(0));
			const bitmap = await createImageBitmap(new Blob([bytes]));
			const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
			const context = canvas.getContext('2d')!;
			context.drawImage(bitmap, 0, 0);
			const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
			let near = 0;
			for (let i = 0; i < data.length; i += 4)
				if (wanted.every((part, at) => Math.abs(data[i + at]! - part) < 12)) near++;
			return near / (data.length / 4);
		},
		{ encoded: picture.toString('base64'), wanted: [r, g, b] },
	);
}

test('an archive of the bureau lies under the picture, with its review number', async ({ page }) => {
	const signIn = process.env.E2E_SIGN_IN;
	const folder = mkdtempSync(join(tmpdir(), 'sw-base-'));
	const archive = join(folder, 'own.pmtiles');
	writeFileSync(archive, solidPmtiles(VIOLET, 4));
	const started = await startServer(PORT, {
		...{ SIMULATOR: 'off', MQTT_PORT: 'off', BASEMAP_STYLE: archive },
		...{ BASEMAP_REVIEW_NO: '浙S(2026)1号', BASEMAP_DATUM: 'gcj02' },
	});
	try {
		await opened(page, started);
		await expect(page.getByText('审图号：浙S(2026)1号')).toBeVisible();
		await expect.poll(() => shareOf(page, VIOLET), { timeout: 90_000 }).toBeGreaterThan(0.3);
	} finally {
		await started.stop();
		rmSync(folder, { recursive: true });
		process.env.E2E_SIGN_IN = signIn;
	}
});

test('a style served in the house lies under the picture; what it may not fetch is not fetched', async ({ page }) => {
	const signIn = process.env.E2E_SIGN_IN;
	const tiles = createServer(({ url }, response) => {
		const { port } = tiles.address() as AddressInfo;
		response.setHeader('access-control-allow-origin', '*');
		if (url !== '/style.json') return response.writeHead(200, { 'content-type': 'image/png' }).end(solidPng(VIOLET));
		const source = { type: 'raster', tileSize: 256, maxzoom: 4, tiles: [`http://127.0.0.1:${port}/{z}/{x}/{y}.png`] };
		const style = { version: 8, sources: { own: source }, layers: [{ id: 'own', type: 'raster', source: 'own' }] };
		return response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(style));
	});
	await new Promise<void>((resolve) => tiles.listen(0, '127.0.0.1', resolve));
	const origin = `http://127.0.0.1:${(tiles.address() as AddressInfo).port}`;
	const settings = { SIMULATOR: 'off', MQTT_PORT: 'off', BASEMAP_STYLE: `${origin}/style.json` };
	const started = await startServer(PORT, settings);
	try {
		await opened(page, started);
		await expect(page.getByText('审图号：未填写')).toBeVisible();
		await expect.poll(() => shareOf(page, VIOLET), { timeout: 90_000 }).toBeGreaterThan(0.3);
		const policy = (await page.request.get(`http://127.0.0.1:${PORT}/`)).headers()['content-security-policy'];
		expect(policy).toContain(`connect-src 'self' ${origin}`);
		expect(policy?.match(/http:/g)).toHaveLength(2);
	} finally {
		await started.stop();
		tiles.close();
		process.env.E2E_SIGN_IN = signIn;
	}
});

test('Tianditu lies under the picture through the product; browsers never see the key', async ({ page }) => {
	const KEY = '0123456789abcdef0123456789abcdef';
	const signIn = process.env.E2E_SIGN_IN;
	const asked = new Set<string>();
	const node = createServer(({ url }, response) => {
		const { pathname, searchParams } = new URL(url!, 'http://node');
		asked.add(`${pathname} ${searchParams.get('LAYER')} ${searchParams.get('TILEMATRIXSET')}`);
		// A key that is not known is answered by words, as Tianditu does.
		if (searchParams.get('tk') !== KEY) return response.writeHead(403).end('{"msg":"非法Key"}');
		return response.writeHead(200, { 'content-type': 'image/png' }).end(solidPng(VIOLET));
	});
	await new Promise<void>((resolve) => node.listen(0, '127.0.0.1', resolve));
	const origin = `http://127.0.0.1:${(node.address() as AddressInfo).port}`;
	const started = await startServer(PORT, {
		...{ SIMULATOR: 'off', MQTT_PORT: 'off', BASEMAP_STYLE: `tianditu:${KEY}@${origin}` },
		...{ BASEMAP_REVIEW_NO: 'GS(2026)2号' },
	});
	const told: string[] = [];
	page.on('request', (request) => told.push(request.url()));
	page.on('response', (response) => told.push(JSON.stringify(response.headers())));
	try {
		await opened(page, started);
		await expect(page.getByText('审图号：GS(2026)2号')).toBeVisible();
		await expect(page.getByText(/天地图/).first()).toBeVisible();
		await expect.poll(() => shareOf(page, VIOLET), { timeout: 90_000 }).toBeGreaterThan(0.3);
		expect([...asked].sort()).toEqual(['/cva_w/wmts cva w', '/vec_w/wmts vec w']);
		expect(told.filter((line) => line.includes(KEY) || line.startsWith(origin))).toEqual([]);
		expect(await page.content()).not.toContain(KEY);
	} finally {
		await started.stop();
		node.close();
		process.env.E2E_SIGN_IN = signIn;
	}
});
