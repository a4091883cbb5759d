// The register kept by hand: a crane is put where it stands by a click on the map, its history tells it, and the way
// back; a new site gets its red line from pasted coordinates in another datum.

import { expect, signInAs, test } from './people.ts';

test('an analyst corrects a crane on the map, sees it in its history, and takes it back', async ({ page }) => {
	await signInAs(page, 'analyst');
	const { features } = await (await page.request.get('/api/v1/machines?limit=1')).json();
	const { id, no, kind } = features[0].properties;
	const [lng, lat] = features[0].geometry.coordinates;
	await page.goto(`/?sel=${kind}-${no}&at=${lng.toFixed(5)},${lat.toFixed(5)},17`);
	await page.getByRole('button', { name: '更正登记' }).click();
	await page.getByRole('menuitem', { name: '更正登记' }).click();
	const form = page.getByRole('form', { name: /更正：/ });
	await expect(form.getByLabel('经度 / 东坐标')).toHaveValue(/^120\./);
	const before = await form.getByLabel('经度 / 东坐标').inputValue();

	await form.getByRole('button', { name: '在图上选位置' }).click();
	await page.mouse.click(820, 520);
	await expect(form.getByLabel('经度 / 东坐标')).not.toHaveValue(before);
	await form.getByLabel('安装高度').fill('66.5');
	await form.getByRole('button', { name: '保存' }).click();
	await expect(page.getByText(/已更正：/).first()).toBeVisible();
	const at = async () =>
		(await (await page.request.get(`/api/v1/machines?limit=1`)).json()).features[0].geometry.coordinates[0];
	await expect.poll(at).not.toBe(lng);

	await page.getByRole('button', { name: '履历' }).click();
	await expect(page.getByText('66.5 m')).toBeVisible();
	await page.getByRole('button', { name: '撤销这次改动' }).first().click();
	await expect(page.getByText('已撤销').first()).toBeVisible();
	await expect.poll(at).toBe(lng);
	expect((await (await page.request.get(`/api/v1/history/machines/${id}`)).json()).entries.length).toBeGreaterThan(1);
});

test('a new site is told where it is wrong, then stands on the map with the red line that was pasted', async ({
	page,
}) => {
	await signInAs(page, 'analyst');
	await page.goto('/?list=sites');
	await page.getByRole('button', { name: '登记新工地' }).click();
	const form = page.getByRole('form', { name: '登记新工地' });
	await form.getByLabel('坐标系').selectOption('gcj02');
	await form.getByRole('button', { name: '粘贴坐标' }).click();
	await form.getByLabel(/WKT、GeoJSON/).fill('120.2800,30.1700\n120.2815,30.1700\n120.2815,30.1712\n120.2800,30.1712');
	await form.getByRole('button', { name: '保存' }).click();
	await expect(form.getByText('应为：文字').first()).toBeVisible();

	await form.getByLabel('项目名称').fill('手工登记的工地');
	await form.getByRole('button', { name: '保存' }).click();
	await expect(page.getByRole('heading', { name: '手工登记的工地' })).toBeVisible();
	const { features } = await (await page.request.get(`/api/v1/sites?q=${encodeURIComponent('手工登记')}`)).json();
	// 120.2800 in GCJ-02 is some 450 m farther west in WGS 84.
	expect(features[0].geometry.type).toBe('MultiPolygon');
	expect(features[0].geometry.coordinates[0][0][0][0]).toBeLessThan(120.2775);
	await page.getByRole('button', { name: '履历' }).click();
	await page.getByRole('button', { name: '撤销这次改动' }).first().click();
	const left = async () =>
		(await (await page.request.get(`/api/v1/sites?q=${encodeURIComponent('手工登记')}`)).json()).features.length;
	await expect.poll(left).toBe(0);
});
