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
