// Rules as their users meet them: where a number comes from, a change with its devices, the back-test, the switch; the
// section of a pit with its danger button; the health file of a crane.

import { drawNoMap, expect, signInAs, test } from './people.ts';

test('on a phone a rule that is chosen is taken into view', async ({ page }) => {
	await page.setViewportSize({ width: 390, height: 844 });
	await signInAs(page, 'analyst');
	await page.goto('/rules');
	await page.getByRole('button', { name: '风速', exact: false }).first().click();
	await expect(page.getByRole('heading', { name: '塔式起重机 · 风速' })).toBeInViewport();
});

test('a rule is changed by an analyst, back-tested, and switched on by a leader', async ({ page, browser }) => {
	await signInAs(page, 'analyst');
	await page.goto('/rules');
	await expect(page.getByRole('heading', { name: '报警规则' })).toBeVisible();
	await page.getByRole('button', { name: '力矩', exact: false }).first().click();
	await expect(page.getByText('GB 5144-2006', { exact: false }).first()).toBeVisible();

	await page.getByRole('button', { name: '修改此规则' }).click();
	await expect(page.getByText(/将影响 [\d,]+ 台设备/)).toBeVisible();
	await expect(page.getByText('改动至少一个数值后才能保存')).toBeVisible();
	await page.getByLabel(/报警限值/).fill('80');
	await expect(page.getByText('改动至少一个数值后才能保存')).toBeHidden();
	await expect(page.getByText(/须比.*更严重/)).toBeVisible();
	await page.getByLabel(/预警限值/).fill('70');
	await expect(page.getByText(/须比.*更严重/)).toBeHidden();
	await page.getByLabel('修改原因').fill('老旧塔机从严');
	await page.getByRole('button', { name: '保存草稿并回测' }).click();
	await expect(page.getByText(/天内将产生 [\d,]+ 条报警；现行规则 [\d,]+ 条/)).toBeVisible({ timeout: 120_000 });
	await expect(page.getByRole('button', { name: '启用', exact: true })).toBeHidden();
	await page.screenshot({ path: process.env.SHOTS ? `${process.env.SHOTS}/rules.png` : undefined });

	const leader = await browser.newContext({
		baseURL: new URL(page.url()).origin,
		viewport: { width: 1920, height: 1080 },
	});
	const other = await leader.newPage();
	await signInAs(other, 'leader');
	await other.goto('/rules');
	await other.getByRole('button', { name: '力矩', exact: false }).first().click();
	await other.getByRole('button', { name: '启用', exact: true }).click();
	await expect(other.getByText('正在执行的修改')).toBeVisible();
	await expect(other.getByRole('button', { name: '撤回修改' })).toBeVisible();
	await other.getByRole('button', { name: '撤回修改' }).click();
	await other.getByLabel('撤回原因').fill('演示结束');
	await other.getByRole('button', { name: '撤回', exact: true }).click();
	await expect(other.getByText('全部按出厂数值执行')).toBeVisible();
	await leader.close();
});

test('a rule is changed for one point over what holds there, named by its site and code', async ({ page }) => {
	await drawNoMap(page);
	await signInAs(page, 'analyst');
	await page.goto('/rules?rule=monitorPoint.cumulative');
	await expect(page.getByRole('heading', { name: '基坑测点 · 累计值' })).toBeVisible();
	await page.getByRole('button', { name: '修改此规则' }).click();
	// What a point may reach is another for every point.
	await expect(page.getByLabel(/测点控制值/)).toHaveCount(0);
	await page.getByRole('radio', { name: '某测点' }).click();
	await page.getByRole('combobox', { name: '按名称查找' }).fill('S01');
	await expect(page.getByText(/还有 \d+ 个符合/)).toBeVisible();
	await page.keyboard.press('ArrowDown');
	await page.keyboard.press('Enter');
	await expect(page.getByText('将影响 1 台设备')).toBeVisible();
	await expect(page.getByLabel(/测点控制值/)).toHaveAttribute('placeholder', /^[\d.]+$/);
});

test('a danger sign at a pit raises a red alarm at once', async ({ page }) => {
	await signInAs(page, 'dutyOfficer');
	const { features } = await (await page.request.get('/api/v1/pits?limit=200')).json();
	const pit = features.find((one: { properties: { stage: string } }) => one.properties.stage === 'digging').properties;
	await page.goto(`/pit/${pit.id}/section`);
	await expect(page.getByText('控制值使用比例')).toBeVisible();
	await page.screenshot({ path: process.env.SHOTS ? `${process.env.SHOTS}/section.png` : undefined });
	await page.getByRole('button', { name: '上报险情' }).click();
	await page.getByText('出现流沙、管涌', { exact: false }).click();
	await page.getByRole('button', { name: '立即报警' }).click();
	await expect(page.getByText(/上报$/).first()).toBeVisible();
	await expect
		.poll(async () => {
			const { items } = await (await page.request.get('/api/v1/alarms?format=json')).json();
			return items.some((alarm: { condition: string }) => alarm.condition === 'dangerSign');
		})
		.toBe(true);
});

test('the health file of a crane says which limits hold and why, on a phone too', async ({ page }) => {
	await signInAs(page, 'dutyOfficer');
	const { features } = await (await page.request.get('/api/v1/machines?limit=5')).json();
	await page.goto(`/machine/${features[0].properties.id}/file`);
	await expect(page.getByText('现行限值与依据')).toBeVisible();
	await expect(page.getByText('出厂数值').first()).toBeVisible();
	await page.screenshot({ path: process.env.SHOTS ? `${process.env.SHOTS}/file.png` : undefined });
	await page.setViewportSize({ width: 390, height: 844 });
	await expect(page.getByText('安装记录')).toBeVisible();
	await page.screenshot({ path: process.env.SHOTS ? `${process.env.SHOTS}/file-phone.png` : undefined });
});
