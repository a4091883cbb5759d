// The rules of coverage as an analyst drafts them at a desk and a leader switches them on and takes them back on a phone.

import type { Browser, Page } from '@playwright/test';
import { drawNoMap, expect, signInAs, test } from './people.ts';

/** @returns the page of the leader who has switched on what is drafted there */
async function switchedOn(browser: Browser, row: string | RegExp): Promise<Page> {
	const phone = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'zh-CN' });
	const leader = await phone.newPage();
	await drawNoMap(leader);
	await signInAs(leader, 'leader');
	await leader.goto('/coverage/rules');
	await leader.getByRole('button', { name: row }).click();
	await leader.getByRole('button', { name: '启用', exact: true }).click();
	await expect(leader.getByRole('button', { name: '撤回修改' })).toBeVisible();
	return leader;
}

async function takeBack(leader: Page, why: string): Promise<void> {
	await leader.getByRole('button', { name: '撤回修改' }).click();
	await leader.getByLabel('撤回原因').fill(why);
	await leader.getByRole('button', { name: '撤回', exact: true }).click();
	await expect(leader.getByText(`结束：${why}`)).toBeVisible();
}

test('a number of the coverage rules is drafted, switched on by a leader, named at every due day, and taken back', async ({
	page,
	browser,
}) => {
	test.setTimeout(240_000);
	await drawNoMap(page);
	await signInAs(page, 'analyst');
	await page.goto('/coverage/rules');
	await page.getByRole('button', { name: /高风险工地间隔/ }).click();
	await page.getByLabel(/新数值/).fill('70');
	await expect(page.getByRole('alert')).toHaveText('“高风险工地间隔”不得大于“一般风险工地间隔”');
	await page.getByLabel(/新数值/).fill('20');
	await page.getByLabel(/理由或文件依据/).fill('节前加密检查');
	await page.getByRole('button', { name: '起草修改' }).click();
	await expect(page.getByText(/将改变 \d+ 个工地的到期日/)).toBeVisible();

	const leader = await switchedOn(browser, /高风险工地间隔/);

	const { sites } = await (await page.request.get('/api/v1/coverage')).json();
	interface Site {
		name: string;
		due: { grading: { grade: string }; overdueDays: number };
	}
	const high = (sites as Site[]).filter(({ due }) => due.grading.grade === 'high' && due.overdueDays > 0);
	const worst = high.sort((a, b) => b.due.overdueDays - a.due.overdueDays)[0]!;
	await page.goto('/coverage?theme=light');
	await page.getByRole('button', { name: worst.name }).click();
	await expect(page.getByText('节前加密检查 · 本区规定').first()).toBeVisible();
	await page.screenshot({ path: 'test-results/pictures/patrol-coverage-own.png' });

	await takeBack(leader, '节日已过');
	await expect(page.getByText('节前加密检查 · 本区规定')).toHaveCount(0);
	await leader.context().close();
});

test('the days of both rounds are drafted as a circular names them, switched on by a leader, and taken back', async ({
	page,
	browser,
}) => {
	test.setTimeout(240_000);
	await drawNoMap(page);
	await signInAs(page, 'analyst');
	await page.goto('/coverage/rules');
	const year = new Date().getFullYear();
	await page.getByRole('button', { name: `${year} 年两轮全覆盖` }).click();
	await page.getByLabel('第二轮开始').fill(`${year}-06-15`);
	await expect(page.getByRole('alert')).toContainText('两轮重叠');
	await page.getByLabel('第一轮结束').fill(`${year}-06-14`);
	await expect(page.getByRole('alert')).toHaveCount(0);
	await page.getByLabel(/理由或文件依据/).fill('全年检查计划');
	await page.getByLabel(/理由或文件依据/).press('Enter');
	await expect(page.getByText(/改为 第一轮 01-01 – 06-14、第二轮 06-15/)).toBeVisible();
	await page.getByLabel('第二轮结束').scrollIntoViewIfNeeded();
	await page.screenshot({ path: 'test-results/pictures/coverage-days.png' });

	const leader = await switchedOn(browser, `${year} 年两轮全覆盖`);
	const second = async () => {
		const { rounds } = await (await page.request.get('/api/v1/coverage')).json();
		return (rounds as { name: string; fromOn: string }[]).find(({ name }) => name === `${year} 年第二轮`)?.fromOn;
	};
	expect(await second()).toBe(`${year}-06-15`);

	await takeBack(leader, '文件作废');
	expect(await second()).toBe(`${year}-07-01`);
	await leader.context().close();
});
