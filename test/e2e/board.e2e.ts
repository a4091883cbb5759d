// The live board as its users meet it: what they see, find and open.

import { drawNoMap, expect, linkOf, signInAs, test } from './people.ts';

test('a duty officer sees the whole district, live, and that it is a demonstration', async ({ page }) => {
	await signInAs(page, 'dutyOfficer');
	await expect(page.getByText('演示数据')).toBeVisible();
	await expect(page.getByRole('button', { name: /540\s*在建工地/ })).toBeVisible();
	await expect(page.getByRole('button', { name: /1,071\s*起重机械/ })).toBeVisible();
	await expect(page.getByRole('button', { name: /129\s*深基坑/ })).toBeVisible();
	const truth = page.getByRole('contentinfo', { name: '数据真实性' });
	await expect(truth.getByText('实时', { exact: true })).toBeVisible();
	await expect(truth.getByText(/数据 \d+ 秒/)).toBeVisible();
	await expect(truth.getByText(/[\d.]+ 条\/秒/)).toBeVisible();
	await expect(truth.getByText('嵌入式数据库')).toBeVisible();
});

test('the canvas of the map is drawn, not empty', async ({ page }) => {
	await signInAs(page, 'dutyOfficer');
	const canvas = page.locator('canvas.maplibregl-canvas');
	await expect(canvas).toBeVisible();
	await expect
		.poll(async () => new Set(await page.screenshot({ clip: { x: 700, y: 200, width: 500, height: 500 } })).size, {
			timeout: 60_000,
		})
		.toBeGreaterThan(200);
});

test('F-33 a browser that draws no map says so; figures, alarms and lists are live all the same', async ({ page }) => {
	await drawNoMap(page);
	await signInAs(page, 'dutyOfficer');
	await expect(page.getByText(/此浏览器不能绘制地图/)).toBeVisible();
	await expect(page.getByRole('button', { name: /540\s*在建工地/ })).toBeVisible();
	await expect(page.getByRole('contentinfo', { name: '数据真实性' }).getByText('实时', { exact: true })).toBeVisible();
	await page.getByRole('link', { name: '告警', exact: true }).click();
	await expect(page).toHaveTitle(/告警处置/);
	await expect(page.getByRole('heading', { name: '告警处置' })).toBeVisible();
});

test('a list of alarms that cannot be read is no calm; it comes as soon as it can be read', async ({ page }) => {
	const list = '**/api/v1/alarms?*';
	await page.route(list, (route) =>
		route.fulfill({ status: 503, json: { error: { code: 'down', message: '数据库忙' } } }),
	);
	await signInAs(page, 'dutyOfficer');
	await page.goto('/alarms');
	const truth = page.getByRole('contentinfo', { name: '数据真实性' });
	await expect(truth.getByText('实时', { exact: true })).toBeVisible();
	await expect(page.getByText('没有需要处置的告警')).toBeHidden();
	await expect(page.getByRole('button', { name: /–\s*未恢复报警/ })).toBeVisible();
	await page.unroute(list);
	await expect(page.getByRole('button', { name: /\d+\s*未恢复报警/ })).toBeVisible();
});

test('a machine is found by its record number and opens with its site', async ({ page }) => {
	await signInAs(page, 'dutyOfficer');
	const answer = await page.request.get('/api/v1/machines?limit=1');
	const { features } = await answer.json();
	const record: string = features[0].properties.propertyRecordNo;

	await page.getByRole('combobox', { name: /搜索/ }).fill(record);
	await expect(page.getByRole('listbox').getByRole('option').first()).toBeVisible();
	await page.keyboard.press('Enter');

	await expect(page).toHaveURL(/sel=/);
	await expect(page.getByText(record).first()).toBeVisible();
});

test('a view is an address: another browser opens the same selection', async ({ page, browser }) => {
	await signInAs(page, 'dutyOfficer');
	const { features } = await (await page.request.get('/api/v1/sites?limit=1')).json();
	const { name, id } = features[0].properties;
	await page.goto(`/site/${id}`);
	await expect(page.getByRole('heading', { name })).toBeVisible();
	// Names no camera: the map goes to the site, and its scale counts metres, not kilometres.
	await expect(page.locator('.maplibregl-ctrl-scale')).toHaveText(/^\d+\s*m$/);
	const address = page.url();
	await page.goto('about:blank');

	const other = await browser.newPage();
	await signInAs(other, 'dutyOfficer');
	await other.goto(address);
	await expect(other.getByRole('heading', { name })).toBeVisible();
	await other.close();
});

test('nobody sees anything without signing in', async ({ page }) => {
	await page.goto('/');
	await expect(page).toHaveURL(/\/login/);
	expect((await page.request.get('/api/v1/board')).status()).toBe(401);
	expect((await page.request.get('/api/v1/picture')).status()).toBe(401);
});

test('a sign-in that is answered slowly is sent once, not again and again', async ({ page }) => {
	let sent = 0;
	await page.route('**/login/link/**', async (route) => {
		if (route.request().method() !== 'POST') return route.continue();
		sent++;
		await new Promise((answered) => setTimeout(answered, 7000));
		// Whoever has sent again meanwhile has given this one up.
		await route.continue().catch(() => undefined);
	});
	await drawNoMap(page);
	await page.goto(linkOf('leader'));
	await expect(page).not.toHaveURL(/\/login\//);
	expect(sent).toBe(1);
});

test('a supervisor sees the sites of the own town only', async ({ page }) => {
	await signInAs(page, 'supervisor');
	const { features } = await (await page.request.get('/api/v1/sites')).json();
	const towns = new Set(features.map((site: { properties: { townCode: string } }) => site.properties.townCode));
	expect(features.length).toBeGreaterThan(0);
	expect(features.length).toBeLessThan(540);
	expect(towns.size).toBe(1);
});

test('the language can be English', async ({ page, context }) => {
	await context.addCookies([{ name: 'sitewatch_locale', value: 'en', url: test.info().project.use.baseURL! }]);
	await signInAs(page, 'dutyOfficer');
	await expect(page.getByText('Demonstration data')).toBeVisible();
});
