// The demonstration's storm as a newcomer plays it: board and wall turn to the flood by themselves, the time slider says
// what it has and what it has not, a round is planned, a site is surveyed, and everything is quiet again.

import type { Page } from '@playwright/test';
import { expect, signInAs, test } from './people.ts';

const shot = (page: Page, name: string) =>
	page.screenshot({ path: `test-results/pictures/storm-${name}.png`, timeout: 120_000 });

test('the storm of the demonstration, on board and wall', async ({ page, context }) => {
	test.setTimeout(900_000);
	await signInAs(page, 'dutyOfficer');
	await page.goto('/?theme=light');
	await expect(page.getByRole('button', { name: /540\s*在建工地/ })).toBeVisible();
	const wall = await context.newPage();
	await wall.goto('/wall');
	await expect(wall.getByRole('heading', { name: '未确认报警' })).toBeVisible();
	await expect(wall.getByText('暴雨黄色')).toBeHidden();

	// Played from the flood page; the board left open beside it and the wall are not touched.
	const office = await context.newPage();
	await office.goto('/flood?theme=light');
	const begun = office.waitForResponse((response) => response.url().endsWith('/api/v1/flood/storm'));
	await office.getByRole('button', { name: '播放演示暴雨' }).click();
	expect((await begun).status()).toBe(202);
	await expect(page.getByRole('status').getByText('暴雨黄色')).toBeVisible({ timeout: 120_000 });
	await expect(wall.getByText('暴雨黄色')).toBeVisible({ timeout: 120_000 });
	await expect(page.getByRole('status').getByText('防汛Ⅲ级响应')).toBeVisible({ timeout: 240_000 });
	await expect(wall.getByText('防汛Ⅲ级响应')).toBeVisible({ timeout: 60_000 });
	await expect(wall.getByText(/^\/ 5\d\d 已确认$/)).toBeVisible();
	await shot(wall, 'wall');
	await wall.close();
	await expect(page.getByRole('switch', { name: /措施落实/ })).toBeChecked();
	await shot(page, 'board');
	await page.close();

	// One slider: what each layer has for the moment, and what has nothing.
	const slider = office.getByRole('slider', { name: '时间', exact: true });
	const field = office.getByRole('region', { name: '雨量场' });
	const times = office.getByRole('list', { name: '各图层数据时间' });
	await expect(times.getByRole('listitem')).toHaveCount(3);
	await expect(times.getByText(/\d+\/\d+ 处有数据/).first()).toBeVisible();
	await slider.fill('-140');
	await expect(field.getByText('实况', { exact: true })).toBeVisible();
	await expect(office.getByText('此时刻没有雨量场数据')).toBeVisible();
	await slider.fill('30');
	await expect(field.getByText('预报', { exact: true })).toBeVisible();
	await expect(times.getByText(/均无数据/).first()).toBeVisible();
	await shot(office, 'slider');
	await office.getByRole('button', { name: '回到当前' }).click();
	await expect(field.getByText('当前', { exact: true })).toBeVisible();

	// The round that follows: a plan is drafted and searched by one button.
	await office.getByRole('button', { name: '排防汛检查' }).click();
	await expect(office).toHaveURL(/\/patrol\?/);
	const timeline = office.getByRole('list', { name: /时间轴/ });
	await expect(timeline.locator('[data-stop]').first()).toBeVisible({ timeout: 120_000 });
	await shot(office, 'round');

	// Over: nothing holds, and the board says so by itself.
	await office.goto('/?theme=light');
	await expect(office.getByRole('status').getByText('防汛Ⅲ级响应')).toBeHidden({ timeout: 300_000 });
	await expect(office.getByRole('status').getByText(/暴雨/)).toBeHidden();
});

test('a site is surveyed: what nobody looked at stays unknown', async ({ page }) => {
	test.setTimeout(300_000);
	await signInAs(page, 'dutyOfficer');
	// One that nobody has looked at yet.
	const surveyOf = async (id: string): Promise<Record<string, unknown> | null> =>
		(await (await page.request.get(`/api/v1/flood/sites/${id}`)).json()).site.survey;
	const { features } = await (await page.request.get('/api/v1/sites?limit=100')).json();
	let chosen = { no: 0, id: '' };
	for (const { properties } of features) {
		chosen = properties;
		if ((await surveyOf(chosen.id)) === null) break;
	}
	expect(await surveyOf(chosen.id)).toBeNull();
	await page.goto(`/flood?theme=light&sel=site-${chosen.no}`);
	await page.getByRole('button', { name: '填写踏勘' }).click();
	await page.getByLabel('在场人数').fill('86');
	await page.getByLabel('近年积水（次）').fill('0');
	await page.getByLabel('来源（如 汛前踏勘、汛后复查）').fill('汛前踏勘 沈岚');
	await shot(page, 'survey');
	await page.getByRole('button', { name: '保存', exact: true }).click();
	await expect(page.getByText('汛前踏勘 沈岚')).toBeVisible();
	expect(await surveyOf(chosen.id)).toMatchObject({
		...{ people: 86, waterloggedTimes: 0 },
		...{ pumpM3h: null, hasUnderground: null, spoilHeightM: null },
	});
});
