// The alarm desk as those on duty meet it, and what no cut line and no dead server may take from it. A product of its
// own without the simulator: only what this file says happens.

import { alarmOf, AlarmDesk, alarmsOf, ids, list, raised, row, type Crane } from './alarm-desk.ts';
import { expect, test } from './people.ts';

const OVERLOADED = { momentPercent: 104, windMs: 4 };
/** Grave from the vertical, as long as no calm has taught the boxes where their masts stood. */
const LEANING = { momentPercent: 20, windMs: 4, tiltDeg: 1.2 };
const STRAINED = { momentPercent: 93, windMs: 4 };

const desk = new AlarmDesk(20);

test.use({ baseURL: desk.origin });
test.describe.configure({ mode: 'serial' });
test.setTimeout(300_000);

test.beforeAll(async () => {
	test.setTimeout(400_000);
	await desk.start();
});
test.afterAll(() => desk.stop());

test('alarms are walked, opened and acknowledged by the keyboard, and a filter is an address', async ({ page }) => {
	await desk.signIn(page, 'dutyOfficer');
	const [first, second, mild] = desk.fresh(3) as [Crane, Crane, Crane];
	await desk.boxes.say(ids([first]), OVERLOADED, 40);
	const [firstId] = (await raised(page, [first])) as [string];
	await desk.boxes.say(ids([second]), OVERLOADED, 30);
	await desk.boxes.say(ids([mild]), STRAINED, 30);
	const [secondId, mildId] = (await raised(page, [second, mild])) as [string, string];

	await page.goto('/alarms?cond=moment');
	for (const id of [firstId, secondId, mildId]) await expect(row(page, id)).toHaveCount(1);
	await page.keyboard.press('j');
	await page.keyboard.press('Enter');
	await expect(page.getByRole('article', { name: '告警卡' })).toBeVisible();
	await expect(page).toHaveURL(new RegExp(`alarm=${secondId}`));
	await expect(page.getByText('限值依据')).toBeVisible();
	await expect(page.getByText('谁看过')).toBeVisible();
	await expect(page.locator('article li').filter({ hasText: '沈岚' }).first()).toBeVisible();
	await page.keyboard.press('Escape');
	await expect(list(page)).toBeVisible();
	await page.keyboard.press('k');
	await page.keyboard.press('a');
	await expect.poll(async () => (await alarmOf(page.request, first.device))?.handling).toBe('acknowledged');
	await expect(page.getByRole('heading', { name: /已确认，未恢复/ })).toBeVisible();

	await page.getByRole('group', { name: '筛选告警' }).getByRole('button', { name: '预警' }).click();
	await expect(page).toHaveURL(/lv=warning/);
	await expect(row(page, mildId)).toBeVisible();
	await expect(row(page, secondId)).toHaveCount(0);
	await page.reload();
	await expect(row(page, mildId)).toBeVisible();
	await expect(row(page, secondId)).toHaveCount(0);
	await page.getByRole('button', { name: '清除筛选' }).click();
	await expect(row(page, secondId)).toBeVisible();
});

test('red goes on the shelf only with a second person', async ({ page, browser }) => {
	await desk.signIn(page, 'dutyOfficer');
	const cranes = desk.fresh(1);
	await desk.boxes.say(ids(cranes), OVERLOADED, 30);
	const [id] = (await raised(page, cranes)) as [string];
	await page.goto('/alarms?cond=moment&lv=danger&new=1');
	await expect(row(page, id)).toBeVisible();
	// The older red one of before is the first row.
	await page.keyboard.press('j');
	await page.keyboard.press('s');
	const dialog = page.getByRole('dialog', { name: '搁置' });
	const askFor = dialog.getByRole('button', { name: '申请搁置' });
	await expect(askFor).toBeDisabled();
	await dialog.getByRole('textbox').fill('传感器检修');
	await askFor.click();
	const shelf = page.getByRole('region', { name: '搁置与停用' });
	const waits = shelf.getByText(/申请搁置至 .*，待第二人同意/);
	await expect(waits).toBeVisible();
	await expect(row(page, id)).toBeVisible();
	// Who asked cannot agree, only take it back.
	await expect(shelf.getByRole('button', { name: '同意搁置' })).toHaveCount(0);
	await expect(shelf.getByRole('button', { name: '撤回搁置申请' })).toBeVisible();

	const leader = await desk.colleague(browser, 'leader');
	await leader.goto('/alarms');
	await expect(leader.getByText('有 1 条红色告警申请搁置', { exact: false })).toBeVisible();
	const theirs = leader.getByRole('region', { name: '搁置与停用' });
	await theirs.getByRole('button', { name: '不同意搁置' }).click();
	const refusal = leader.getByRole('dialog', { name: '不同意搁置' });
	await refusal.getByRole('textbox').fill('吊装未停，不能不看');
	await refusal.getByRole('button', { name: '不同意搁置' }).click();
	await expect(waits).toHaveCount(0);

	await page.keyboard.press('s');
	await dialog.getByRole('textbox').fill('吊装已停，传感器检修');
	await askFor.click();
	await theirs.getByRole('button', { name: '同意搁置', exact: true }).click();
	await expect(shelf.getByText('沈岚 + 来志远')).toBeVisible();
	await expect(row(page, id)).toHaveCount(0);
	await page.goto(`/alarms?alarm=${id}`);
	await expect(page.getByText('吊装未停，不能不看')).toBeVisible();
	await leader.context().close();
});

test('what a filter shows, and what an outline on the map holds, is acknowledged with one reason', async ({ page }) => {
	await desk.signIn(page, 'dutyOfficer');
	const cranes = desk.fresh(3);
	await desk.boxes.say(ids(cranes), STRAINED, 30);
	const found = await raised(page, cranes);
	const [inside] = cranes as [Crane];
	await page.goto(`/alarms?cond=moment&lv=warning&new=1&at=${inside.at.join()},16`);
	await expect(row(page, found[0]!)).toBeVisible();

	await page.getByRole('button', { name: '地图圈选' }).click();
	await expect(page.getByText('在地图上逐点圈出范围', { exact: false })).toBeVisible();
	const map = (await page.locator('canvas.maplibregl-canvas').boundingBox())!;
	const [x, y] = [map.x + map.width / 2, map.y + map.height / 2];
	for (const [dx, dy] of [
		[-60, -60],
		[60, -60],
		[60, 60],
	] as const) {
		await page.mouse.click(x + dx, y + dy);
		await page.waitForTimeout(600);
	}
	await page.mouse.dblclick(x - 60, y + 60);
	const dialog = page.getByRole('dialog', { name: '确认' });
	await expect(dialog.getByRole('button', { name: '确认', exact: true })).toBeDisabled();
	await dialog.getByRole('textbox').fill('已电话核实，吊装收尾');
	await dialog.getByRole('button', { name: '确认', exact: true }).click();
	await expect.poll(async () => (await alarmOf(page.request, inside.device))?.handling).toBe('acknowledged');
	expect((await alarmOf(page.request, cranes[1]!.device))?.handling).toBe('new');

	await page.getByRole('button', { name: /确认筛选出的 \d+ 条/ }).click();
	await dialog.getByRole('textbox').fill('同一批构件吊装，已通知减载');
	await dialog.getByRole('button', { name: '确认', exact: true }).click();
	for (const { device } of cranes)
		await expect.poll(async () => (await alarmOf(page.request, device))?.handling).toBe('acknowledged');
	await page.goto(`/alarms?alarm=${found[2]}`);
	await expect(page.getByText('同一批构件吊装，已通知减载')).toBeVisible();
});

test('a gale over many cranes is one row, acknowledged once', async ({ page }) => {
	await desk.signIn(page, 'dutyOfficer');
	const cranes = desk.fresh(12);
	await desk.boxes.say(ids(cranes), { momentPercent: 20, windMs: 13 }, 300);
	const found = await raised(page, cranes, 'wind');
	await page.goto('/alarms?cond=wind');
	const gale = list(page).getByRole('listitem').filter({ hasText: '大风' });
	await expect(gale).toHaveCount(1);
	await expect(gale).toContainText('12 台起重机超风限');
	for (const id of found) await expect(row(page, id)).toHaveCount(0);
	await gale.getByRole('button', { name: '确认 12 条' }).click();
	await expect
		.poll(async () => {
			const wind = (await alarmsOf(page.request)).filter(({ condition }) => condition === 'wind');
			return [wind.length, wind.filter(({ handling }) => handling === 'acknowledged').length];
		})
		.toEqual([12, 12]);
	await gale.getByRole('button', { name: /大风/ }).click();
	// The title of the incident ends with the same word.
	await expect(page.getByRole('heading', { name: '镇街', exact: true })).toBeVisible();
	await page.screenshot({ path: test.info().outputPath('incident.png') });

	const wall = await page.context().newPage();
	await wall.goto('/wall');
	await expect(wall.getByText('12 台起重机超风限', { exact: false }).first()).toBeVisible();
	await wall.screenshot({ path: test.info().outputPath('wall.png') });
});

test('a shift is handed over by two signatures, and fits on paper', async ({ page, browser }) => {
	await desk.signIn(page, 'dutyOfficer');
	await page.goto('/alarms/handover');
	await expect(page.getByRole('heading', { name: '未销号的红色告警' })).toBeVisible();
	await page.getByPlaceholder('交班说明', { exact: false }).fill('3 号工地塔机待检修');
	await page.getByRole('button', { name: '沈岚 签字交班' }).click();
	await expect(page.getByText('待接班人签收').first()).toBeVisible();

	const night = await desk.colleague(browser, 'nightOfficer');
	await night.goto('/alarms/handover');
	await night.getByRole('button', { name: /沈岚 · 待接班人签收/ }).click();
	await expect(night.getByText('3 号工地塔机待检修')).toBeVisible();
	await night.getByRole('button', { name: '金立群 签字接班' }).click();
	await expect(night.getByRole('button', { name: /沈岚 → 金立群/ })).toBeVisible();
	await night.emulateMedia({ media: 'print' });
	await expect(night.getByRole('button', { name: '打印' })).toBeHidden();
	await night.screenshot({ path: test.info().outputPath('handover-print.png'), fullPage: true });
	await night.context().close();
});

test('a page cut off for a while, and a server killed in between, miss nothing', async ({ page, context, browser }) => {
	await desk.signIn(page, 'dutyOfficer');
	const [before, during, after, wasOver, wasOverLater] = desk.fresh(5) as [Crane, Crane, Crane, Crane, Crane];
	// Of another condition than before: ten of one within ten minutes would be one row.
	await desk.boxes.say(ids([before]), LEANING, 30);
	await raised(page, [before], 'tilt');
	const night = await desk.colleague(browser, 'nightOfficer');
	await page.goto('/alarms?cond=tilt');
	const [beforeId] = (await raised(page, [before], 'tilt')) as [string];
	await expect(row(page, beforeId)).toContainText('1.2');

	await context.setOffline(true);
	await page.evaluate(() => window.dispatchEvent(new Event('offline')));
	await desk.boxes.say(ids([during]), LEANING, 30);
	await desk.boxes.hadBeenOverloaded(wasOver.device);
	const [duringId] = (await raised(night, [during], 'tilt')) as [string];
	await night.goto('/alarms?cond=tilt');
	await row(night, beforeId).getByRole('button', { name: '确认', exact: true }).click();
	await expect.poll(async () => (await alarmOf(night.request, before.device, 'tilt'))?.handling).toBe('acknowledged');

	await desk.kill();
	await desk.boxes.say(ids([after]), LEANING, 30);
	await desk.startAgain();
	await desk.boxes.hadBeenOverloaded(wasOverLater.device);
	const [afterId] = (await raised(night, [after], 'tilt')) as [string];
	await expect.poll(async () => (await alarmOf(night.request, wasOverLater.device))?.clearedAt ?? null).not.toBeNull();

	await context.setOffline(false);
	await page.evaluate(() => window.dispatchEvent(new Event('online')));
	await expect(row(page, afterId)).toBeVisible({ timeout: 90_000 });
	for (const id of [beforeId, duringId, afterId]) await expect(row(page, id)).toHaveCount(1);
	await expect(row(page, beforeId)).toContainText('已确认');
	// The line itself is a button too and says 已确认.
	await expect(row(page, beforeId).getByRole('button', { name: '确认', exact: true })).toHaveCount(0);
	await expect(row(page, duringId).getByRole('button', { name: '确认', exact: true })).toHaveCount(1);

	const missed = page.getByRole('region', { name: '离开期间的告警' });
	await expect(missed).toBeVisible();
	for (const { device } of [wasOver, wasOverLater]) {
		const { id } = (await alarmOf(page.request, device))!;
		await expect(missed.locator(`[data-missed="${id}"]`)).toHaveCount(1);
		await expect(row(page, id)).toHaveCount(0);
	}
	await page.screenshot({ path: test.info().outputPath('missed.png') });
	await missed.getByRole('button', { name: '知道了' }).click();
	await expect(missed).toBeHidden();

	const standing = (await alarmsOf(page.request)).filter(
		({ condition, clearedAt }) => condition === 'tilt' && clearedAt === null,
	);
	for (const { id } of standing) expect(await row(page, id).count(), id).toBeLessThanOrEqual(1);
	await night.context().close();
});
