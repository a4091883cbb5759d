// How things at the alarm desk come to their end: a shelf that runs out, an incident that is closed, a rule that is taken
// back. A product of its own without the simulator: only what this file says happens.

import type { Page } from '@playwright/test';
import { alarmOf, AlarmDesk, alarmsOf, ids, list, raised, row } from './alarm-desk.ts';
import { drawNoMap, expect, test } from './people.ts';

const desk = new AlarmDesk(24);
const CALM = { momentPercent: 30, windMs: 4 };
const RAISED = { momentPercent: 84, windMs: 4 };
/** Of another condition than the burst: what comes within ten minutes of it would belong to it. */
const LEANING = { momentPercent: 20, windMs: 4, tiltDeg: 0.7 };
const UPRIGHT = { ...LEANING, tiltDeg: 0.1 };
const OVERLOADED = { momentPercent: 104, windMs: 4 };

test.use({ baseURL: desk.origin });
test.describe.configure({ mode: 'serial' });
test.setTimeout(600_000);
test.beforeAll(async () => {
	test.setTimeout(600_000);
	await desk.start();
});
test.afterAll(() => desk.stop());

const picture = (page: Page, name: string) => page.screenshot({ path: `test-results/pictures/${name}.png` });
const handlings = async (page: Page, condition: string): Promise<string[]> =>
	(await alarmsOf(page.request)).filter((one) => one.condition === condition).map(({ handling }) => handling);

/** The shortest time on the shelf that the page offers is half an hour. */
async function shelveFor(page: Page, alarm: string, seconds: number, note: string): Promise<void> {
	const until = new Date(Date.now() + seconds * 1000).toISOString();
	const status = await page.evaluate(
		async (body) =>
			(
				await fetch('/api/v1/alarms/moves', {
					...{ method: 'POST', headers: { 'content-type': 'application/json' } },
					body: JSON.stringify(body),
				})
			).status,
		{ move: 'shelve', alarms: [alarm], note, until },
	);
	expect(status).toBe(200);
}

test('a shelf that runs out brings its alarm back, and it asks again', async ({ page }) => {
	await drawNoMap(page);
	await desk.signIn(page, 'dutyOfficer');
	const cranes = desk.fresh(1);
	await desk.boxes.say(ids(cranes), LEANING, 30);
	const [id] = (await raised(page, cranes, 'tilt')) as [string];
	await page.goto('/alarms?cond=tilt');
	await row(page, id).getByRole('button', { name: '确认', exact: true }).click();
	await expect(page.getByRole('heading', { name: /已确认，未恢复/ })).toBeVisible();

	await page.keyboard.press('s');
	const dialog = page.getByRole('dialog', { name: '搁置' });
	await dialog.getByRole('radio', { name: '30 分钟' }).check();
	await dialog.getByRole('textbox').fill('倾角传感器检修');
	await dialog.getByRole('button', { name: '搁置', exact: true }).click();
	const shelf = page.getByRole('region', { name: '搁置与停用' });
	await expect(shelf.getByText(/倾角传感器检修 · 沈岚/)).toBeVisible();
	await expect(shelf.getByText(/还有 (29|30):\d\d/)).toBeVisible();
	await expect(row(page, id)).toHaveCount(0);
	await shelf.getByRole('button', { name: '取消搁置' }).click();
	await expect(row(page, id)).toContainText('已确认');
	await shelveFor(page, id, 60, '等待厂家到场');
	await expect(shelf.getByText(/等待厂家到场 · 沈岚/)).toBeVisible();
	await expect(row(page, id)).toHaveCount(0);
	// A filter under which nothing is left does not say that nothing waits.
	await expect(page.getByText('没有需要处置的告警')).toHaveCount(0);
	await expect(page.getByText(/没有符合筛选的告警；全部待确认 \d+ 条/)).toBeVisible();
	await picture(page, 'shelf-on');

	await expect(row(page, id)).toBeVisible({ timeout: 90_000 });
	await expect(page.getByRole('heading', { name: /待确认/ })).toBeVisible();
	await expect(row(page, id).getByText(/起提醒/)).toBeVisible();
	await expect(shelf.getByText('没有搁置的告警')).toBeVisible();
	await picture(page, 'shelf-over');
	expect((await alarmOf(page.request, cranes[0]!.device, 'tilt'))?.handling).toBe('new');
	await row(page, id).getByRole('button', { name: /倾角/ }).click();
	const past = page.getByRole('region', { name: '经过' }).getByRole('listitem');
	await expect(past.filter({ hasText: '搁置到期' })).toHaveCount(1);
	await expect(page.getByRole('button', { name: '确认', exact: true })).toBeVisible();
	await picture(page, 'shelf-over-card');
	await desk.boxes.say(ids(cranes), UPRIGHT);
});

test('a burst of one cause is acknowledged once, opened to its last alarm, and closed', async ({ page }) => {
	await drawNoMap(page);
	await desk.signIn(page, 'dutyOfficer');
	const cranes = desk.fresh(11);
	await desk.boxes.say(ids(cranes), OVERLOADED, 40);
	const found = await raised(page, cranes);
	await page.goto('/alarms?cond=moment&lv=danger');
	const burst = list(page).getByRole('listitem').filter({ hasText: '处同时报警' });
	await expect(burst).toContainText('11 处同时报警');
	for (const id of found) await expect(row(page, id)).toHaveCount(0);
	await burst.getByRole('button', { name: /处同时报警/ }).click();
	const card = page.getByRole('article', { name: '群发事件' });
	await card.getByRole('button', { name: '确认 11 条' }).click();
	const dialog = page.getByRole('dialog');
	await dialog.getByRole('textbox').fill('同一批构件吊装，已通知减载');
	await dialog.getByRole('button', { name: '确认', exact: true }).click();
	await expect
		.poll(async () => (await handlings(page, 'moment')).filter((one) => one === 'acknowledged').length)
		.toBe(11);
	await expect(card.getByRole('button', { name: /确认 \d+ 条/ })).toHaveCount(0);
	await picture(page, 'incident-acknowledged');

	// Every one of them is still to be reached, and the way back leads to the incident.
	const members = card.getByRole('region', { name: '逐条' }).getByRole('button');
	await expect(members).toHaveCount(11);
	await members.first().click();
	await expect(page.getByRole('article', { name: '告警卡' })).toBeVisible();
	await expect(page.getByText('同一批构件吊装，已通知减载')).toBeVisible();
	await page.keyboard.press('Escape');
	await expect(card).toBeVisible();

	// Danger that is over is verified before it is closed.
	await desk.boxes.say(ids(cranes), CALM);
	await expect(card.getByRole('button', { name: '核实恢复 11 条' })).toBeVisible({ timeout: 180_000 });
	await expect(card.getByRole('button', { name: /销号/ })).toHaveCount(0);
	await picture(page, 'incident-over');
	await card.getByRole('button', { name: '核实恢复 11 条' }).click();
	await dialog.getByRole('textbox').fill('逐台电话核实，均已卸载');
	await dialog.getByRole('button', { name: '核实恢复', exact: true }).click();
	await card.getByRole('button', { name: '销号 11 条' }).click();
	await dialog.getByRole('button', { name: '销号', exact: true }).click();
	await expect(card.getByText('事件已全部销号')).toBeVisible();
	await picture(page, 'incident-closed');
	await page.keyboard.press('Escape');
	await expect(burst).toHaveCount(0);
	const closed = (await alarmsOf(page.request, 'closed')).filter(({ id }) => found.includes(id));
	expect(closed.map(({ handling }) => handling)).toEqual(found.map(() => 'closed'));
	await page.goto(`/alarms?alarm=${found[0]}`);
	await expect(page.getByText('由 沈岚 销号')).toBeVisible();
	await expect(page.getByText('逐台电话核实，均已卸载')).toBeVisible();
	await picture(page, 'incident-closed-member');
});

test('a device under maintenance asks for nobody, is seen to be out of service, and is put back', async ({ page }) => {
	await drawNoMap(page);
	await desk.signIn(page, 'dutyOfficer');
	const cranes = desk.fresh(1);
	await desk.boxes.say(ids(cranes), LEANING, 30);
	const [id] = (await raised(page, cranes, 'tilt')) as [string];
	await page.goto(`/alarms?alarm=${id}`);
	await page.getByRole('link', { name: `设备 ${cranes[0]!.device}` }).click();
	const service = page.getByRole('region', { name: '停用与检修' });
	await expect(service.getByText('在用', { exact: true })).toBeVisible();
	await service.getByRole('button', { name: '停用检修' }).click();
	await expect(service.getByRole('button', { name: '停用检修' })).toBeDisabled();
	await service.getByLabel('停用多久').selectOption('2 小时');
	await service.getByLabel('理由（必填）').fill('更换倾角传感器');
	await service.getByRole('button', { name: '停用检修' }).click();
	await expect(service.getByText(/停用至 .* · 更换倾角传感器 · 沈岚/)).toBeVisible();
	await picture(page, 'device-out-of-service');

	await page.goto('/alarms?cond=tilt');
	const shelf = page.getByRole('region', { name: '搁置与停用' });
	await expect(shelf.getByText('设备停用检修中')).toBeVisible();
	await expect(row(page, id)).toHaveCount(0);
	await shelf.getByRole('link', { name: '查看设备' }).click();
	await service.getByRole('button', { name: '恢复使用' }).click();
	await service.getByLabel('理由（必填）').fill('已更换');
	await service.getByRole('button', { name: '恢复使用' }).click();
	await expect(service.getByText('在用', { exact: true })).toBeVisible();
	await page.goto('/alarms?cond=tilt');
	await expect(row(page, id)).toBeVisible();
	await desk.boxes.say(ids(cranes), UPRIGHT);
});

test('a rule that is taken back leaves what it had raised, and says what holds now', async ({ page, browser }) => {
	await drawNoMap(page);
	await desk.signIn(page, 'analyst');
	const leader = await desk.colleague(browser, 'leader');
	const officer = await desk.colleague(browser, 'dutyOfficer');
	const inForce = leader.getByRole('region', { name: '正在执行的修改' });
	const change = (reason: string) => inForce.getByRole('article').filter({ hasText: reason });
	const draft = async (numbers: [RegExp, string][], reason: string) => {
		await page.goto('/rules?rule=towerCrane.moment');
		await page.getByRole('button', { name: '修改此规则' }).click();
		for (const [label, value] of numbers) await page.getByLabel(label).fill(value);
		await page.getByLabel('修改原因').fill(reason);
		await page.getByRole('button', { name: '保存草稿并回测' }).click();
		const drafted = (who: Page) =>
			who.getByRole('region', { name: '草稿' }).getByRole('article').filter({ hasText: reason });
		await expect(drafted(page).getByText(/将产生 [\d,]+ 条报警/)).toBeVisible({ timeout: 120_000 });
		await leader.goto('/rules?rule=towerCrane.moment');
		await drafted(leader).getByRole('button', { name: '启用', exact: true }).click();
		await expect(change(reason)).toBeVisible();
	};
	const held = leader.getByRole('row', { name: /报警限值/ });
	const takeBack = async (reason: string, why: string) => {
		await change(reason).getByRole('button', { name: '撤回修改' }).click();
		await expect(change(reason).getByRole('button', { name: '撤回', exact: true })).toBeDisabled();
		await change(reason).getByLabel('撤回原因').fill(why);
		await change(reason).getByRole('button', { name: '撤回', exact: true }).click();
	};

	await draft(
		[
			[/预警限值/, '70'],
			[/报警限值/, '90'],
		],
		'老旧塔机从严',
	);
	await expect(held).toContainText('90%');
	await draft([[/报警限值/, '80']], '台风前再降');
	await expect(held).toContainText('80%');
	// Of the first change the warning holds on; its danger has given way.
	await expect(change('老旧塔机从严').getByText('报警限值 90% 现按后来的修改执行')).toBeVisible();
	await expect(change('老旧塔机从严').locator('strong')).toHaveText('预警限值 70%');
	await picture(leader, 'rule-partly-replaced');

	const cranes = desk.fresh(1);
	await desk.boxes.say(ids(cranes), RAISED, 40);
	const [id] = (await raised(officer, cranes)) as [string];
	await officer.goto(`/alarms?alarm=${id}`);
	await expect(officer.getByText(/80% · 台风前再降/)).toBeVisible();
	await expect(officer.getByText('本局对全区的修改')).toBeVisible();

	await takeBack('台风前再降', '台风过境');
	await expect(held).toContainText('90%');
	await expect(change('老旧塔机从严').locator('strong')).toHaveText('预警限值 70%，报警限值 90%');
	await expect(leader.getByText('现按后来的修改执行')).toHaveCount(0);
	const history = leader.getByRole('region', { name: '历史' });
	await expect(history.getByText(/来志远 .*结束：台风过境/)).toBeVisible();
	await picture(leader, 'rule-taken-back');

	// Whoever may not switch on may not take back either.
	await page.goto('/rules?rule=towerCrane.moment');
	await expect(page.getByRole('region', { name: '正在执行的修改' }).getByText('老旧塔机从严')).toBeVisible();
	await expect(page.getByRole('button', { name: '撤回修改' })).toHaveCount(0);

	await takeBack('老旧塔机从严', '恢复出厂数值');
	await expect(inForce.getByText('全部按出厂数值执行')).toBeVisible();
	await expect(held).toContainText('100%');
	// The alarm that the rule had raised says under which limit, and which one holds now.
	// Where the crane spoke between the two, its 84 % is a warning by the other one by now.
	await officer.reload();
	await expect(officer.getByText(/80% · 台风前再降|70% · 老旧塔机从严/)).toBeVisible();
	await expect(officer.getByText(/现行限值 /)).toBeVisible();
	await picture(officer, 'rule-taken-back-alarm');
	await expect.poll(async () => (await alarmOf(officer.request, cranes[0]!.device))?.clearedAt ?? null).not.toBeNull();
	await leader.context().close();
	await officer.context().close();
});
