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

// Only in the long form.
if (process.env.NIGHTLY)
	test.describe('on a phone', () => {
		test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

		test('a red line is drawn with a finger: a corner back, done; given up, the one before stays', async ({ page }) => {
			await signInAs(page, 'analyst');
			await page.goto('/?list=sites&at=120.27000,30.16000,16');
			await page.getByRole('button', { name: '登记新工地' }).click();
			const form = page.getByRole('form', { name: '登记新工地' });
			await form.getByRole('button', { name: '在图上画' }).click();
			const bar = page.getByRole('group', { name: '在图上画范围' });
			const done = bar.getByRole('button', { name: '完成' });
			for (const [x, y] of [
				[90, 200],
				[240, 200],
				[240, 380],
			] as const)
				await page.touchscreen.tap(x, y);
			await expect(bar.getByText('已 3 点')).toBeVisible();
			await expect(done).toBeEnabled();
			await bar.getByRole('button', { name: '撤回一点' }).tap();
			await expect(done).toBeDisabled();
			await page.touchscreen.tap(200, 420);
			await page.touchscreen.tap(90, 420);
			await done.tap();
			await expect(bar).toBeHidden();
			const drawn = async () => {
				await form.getByRole('button', { name: '粘贴坐标' }).click();
				const text = await form.getByLabel(/WKT、GeoJSON/).inputValue();
				await form.getByRole('button', { name: '粘贴坐标' }).click();
				return text;
			};
			const before = await drawn();
			// Four corners, the first of them again at the end.
			expect(before.match(/120\.\d+/g)).toHaveLength(5);

			await form.getByRole('button', { name: '在图上画' }).click();
			for (const x of [100, 150, 200]) await page.touchscreen.tap(x, 200 + x);
			await bar.getByRole('button', { name: '取消' }).tap();
			expect(await drawn()).toBe(before);
		});
	});
