// The pictures of the README, taken from the live product. They are written to docs/images when UPDATE_PICTURES is set,
// else beside the other results of the run.

import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, signInAs, test } from './people.ts';

const folder = join(
	import.meta.dirname,
	process.env.UPDATE_PICTURES ? '../../docs/images' : '../../test-results/pictures',
);

/** Live and settled: readings arrive, and the base map has drawn its names. */
async function settled(page: Page): Promise<void> {
	await expect(page.getByText('演示数据')).toBeVisible();
	await expect(page.getByText('实时', { exact: true }).first()).toBeVisible();
	await page.waitForTimeout(15_000);
}

test('the live board on a desk, 1920 × 1080', async ({ page }) => {
	await signInAs(page, 'dutyOfficer');
	await page.goto('/?theme=dark');
	await settled(page);
	const picture = await page.screenshot({ path: join(folder, 'board-desk.png'), timeout: 120_000 });
	expect(picture.length).toBeGreaterThan(100_000);
});

test('the live board on a phone, 390 × 844', async ({ page }) => {
	await page.setViewportSize({ width: 390, height: 844 });
	await signInAs(page, 'dutyOfficer');
	await page.goto('/?theme=light');
	await settled(page);
	const picture = await page.screenshot({ path: join(folder, 'board-phone.png'), timeout: 120_000 });
	expect(picture.length).toBeGreaterThan(30_000);
});

test('the wall, 1920 × 1080', async ({ page }) => {
	await signInAs(page, 'dutyOfficer');
	await page.goto('/wall');
	await settled(page);
	const picture = await page.screenshot({ path: join(folder, 'wall.png'), timeout: 120_000 });
	expect(picture.length).toBeGreaterThan(100_000);
});
