// The wall: the district from eight metres, nothing to press, and honest when the stream is silent.

import { expect, signInAs, test } from './people.ts';

test('shows clock, freshness and the unacknowledged count, and has no controls', async ({ page }) => {
	await signInAs(page, 'dutyOfficer');
	await page.goto('/wall');
	await expect(page.getByText('演示数据')).toBeVisible();
	await expect(page.getByRole('heading', { name: '未确认报警' })).toBeVisible();
	await expect(page.getByText(/\d+ 条\/秒/)).toBeVisible();
	await expect(page.getByRole('button')).toHaveCount(0);
	await expect(page.getByRole('textbox')).toHaveCount(0);
});

test('shows what does not fit not at all, instead of half', async ({ page }) => {
	await signInAs(page, 'dutyOfficer');
	// The towns are there while the wall rests: what the demonstration raises meanwhile must not decide what is looked at.
	await page.route('**/api/v1/alarms?*', (route) => route.fulfill({ json: { items: [] } }));
	for (const height of [1080, 900]) {
		await page.setViewportSize({ width: 1920, height });
		await page.goto('/wall');
		const list = page.locator('section', { hasText: '关注镇街' }).locator('ul');
		await expect(list.locator('li').first()).toBeVisible();
		const [box, rows] = await Promise.all([list.boundingBox(), list.locator('li').all()]);
		const inside = [];
		for (const row of rows) {
			const { x, y, height: tall } = (await row.boundingBox())!;
			if (x < box!.x + box!.width) inside.push(y + tall <= box!.y + box!.height + 0.5);
		}
		expect(inside.length).toBeGreaterThan(0);
		expect(inside).not.toContain(false);
	}
});

test('says when its data stopped once the server cannot be reached', async ({ page, context }) => {
	test.setTimeout(180_000);
	await signInAs(page, 'dutyOfficer');
	await page.goto('/wall');
	await expect(page.getByText(/\d+ 条\/秒/)).toBeVisible();
	await context.setOffline(true);
	await page.evaluate(() => window.dispatchEvent(new Event('offline')));
	await expect(page.getByText(/数据停止于 \d\d:\d\d:\d\d/)).toBeVisible({ timeout: 90_000 });
	await context.setOffline(false);
});
