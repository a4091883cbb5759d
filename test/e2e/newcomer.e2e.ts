// The newcomer's path: sign in → find a crane by its record number → open its site → import a real file → see it → undo.

import type { Page } from '@playwright/test';
import { expect, signInAs, test } from './people.ts';

const REGISTER = [
	'项目名称,施工许可证编号,经度,纬度,建筑面积',
	'湘湖未来社区一期,330109202611010101,120.2301,30.1402,52000',
	'钱江世纪城中学,330109202611010102,120.2552,30.2391,38600.5',
	'瓜沥产业园二期,330109202611010103,120.4612,30.1698,1.2万',
].join('\n');

test('walks from the first sign-in to an import undone', async ({ page }) => {
	test.setTimeout(240_000);
	await signInAs(page, 'analyst');
	await expect(page.getByText('演示数据')).toBeVisible();

	const { features } = await (await page.request.get('/api/v1/machines?limit=1')).json();
	const { propertyRecordNo, siteId } = features[0].properties;
	const site = await (await page.request.get(`/api/v1/sites/${siteId}`)).json();
	await page.getByRole('combobox', { name: /搜索/ }).fill(propertyRecordNo);
	await expect(page.getByRole('listbox').getByRole('option').first()).toBeVisible();
	await page.keyboard.press('Enter');
	await expect(page.getByText(propertyRecordNo).first()).toBeVisible();
	await page.goto(`/site/${siteId}`);
	await expect(page.getByRole('heading', { name: site.name ?? site.site?.name })).toBeVisible();

	await page.goto('/import');
	await page.getByLabel('坐标系').first().selectOption('wgs84');
	await page.locator('input[type="file"]').setInputFiles({
		name: '新开工项目.csv',
		mimeType: 'text/csv',
		buffer: Buffer.from(REGISTER),
	});
	await expect(page.locator('li', { hasText: '湘湖未来社区一期' }).first()).toBeVisible({ timeout: 60_000 });
	for (const box of await page.getByRole('checkbox').all()) if (!(await box.isChecked())) await box.check();
	const before = await siteCount(page);
	await page
		.getByRole('button', { name: /写入名册|有必须先解决的问题/ })
		.first()
		.click();

	await expect.poll(() => siteCount(page), { timeout: 60_000 }).toBe(before + 3);
	const found = await (await page.request.get(`/api/v1/sites?q=${encodeURIComponent('湘湖未来社区')}`)).json();
	expect(found.features).toHaveLength(1);

	const entry = page.locator('li', { hasText: '新开工项目.csv' }).first();
	await expect(entry).toContainText('瞿晓雯');
	await expect(entry).toContainText('新增 3');
	await page.getByRole('button', { name: '撤销', exact: true }).first().click();
	await page.getByRole('dialog').getByRole('button', { name: '撤销这次导入' }).click();
	await expect.poll(() => siteCount(page), { timeout: 60_000 }).toBe(before);
});

async function siteCount(page: Page): Promise<number> {
	const { features } = await (await page.request.get('/api/v1/sites?limit=10000')).json();
	return features.length;
}
