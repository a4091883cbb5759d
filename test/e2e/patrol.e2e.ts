// A whole day of patrol as its people live it: the plan is made and changed, issued, driven with a phone, an emergency
// comes in between, and ledger and map know what was done.

import { expect, signInAs, test } from './people.ts';

interface Place {
	name: string;
	at: [lng: number, lat: number];
}

test('plan, drag, issue, phone, emergency, ledger', async ({ page, browser }) => {
	test.setTimeout(420_000);
	await signInAs(page, 'dutyOfficer');
	await page.goto('/patrol?theme=light');

	// Plan: the two officers who have phones go together in team 1.
	const { officers } = await (await page.request.get('/api/v1/patrol/people')).json();
	const idOf = (name: string) => officers.find((one: { name: string }) => one.name === name).id as string;
	await page.getByRole('button', { name: '新建计划' }).click();
	await page.getByRole('button', { name: '楼建国' }).click();
	await page.getByRole('button', { name: '沈岚', exact: true }).click();
	await page.getByRole('dialog').getByLabel('组数').fill('2');
	await page.getByRole('button', { name: '生成', exact: true }).click();
	await page.getByRole('button', { name: '自动排定' }).click();
	const timeline = page.getByRole('list', { name: /时间轴/ });
	await expect(timeline.locator('[data-stop]').first()).toBeVisible({ timeout: 90_000 });
	const planId = new URL(page.url()).searchParams.get('plan')!;
	expect(idOf('楼建国')).toBeTruthy();
	const kept = async () => {
		const { drafts } = await (await page.request.get(`/api/v1/patrol/plans/${planId}`)).json();
		return (drafts as { visits: string[] }[]).flatMap(({ visits }) => visits).length;
	};
	await expect.poll(kept).toBeGreaterThan(0);

	// Drag: the first stop of team 2 to team 1, judged in the browser while it is in the hand.
	const team1 = timeline.locator('[data-team="t1"]');
	const team2 = timeline.locator('[data-team="t2"]');
	const before = await team1.locator('[data-stop]').count();
	const from = (await team2.locator('[data-stop]').first().boundingBox())!;
	const to = (await team1.boundingBox())!;
	const asked: string[] = [];
	page.on('request', (request) => asked.push(request.url()));
	await page.mouse.move(from.x + 6, from.y + 20);
	await page.mouse.down();
	await page.mouse.move(to.x + to.width * 0.7, to.y + 25, { steps: 6 });
	await expect(page.getByText(/若移到此处/)).toBeVisible();
	expect(asked.filter((url) => url.includes('/patrol/plans/'))).toEqual([]);
	await page.mouse.up();
	await expect(team1.locator('[data-stop]')).toHaveCount(before + 1);
	await page.getByRole('button', { name: '撤销' }).click();
	await expect(team1.locator('[data-stop]')).toHaveCount(before);

	// By keyboard: whoever moves a stop to the other team stays with it.
	const moved = (await team2.locator('[data-stop]').first().getAttribute('data-stop'))!;
	await timeline.locator(`[data-stop="${moved}"]`).focus();
	await page.keyboard.press('Alt+ArrowDown');
	await expect(team1.locator(`[data-stop="${moved}"]`)).toBeFocused();
	await page.keyboard.press('Alt+ArrowUp');
	await expect(team2.locator(`[data-stop="${moved}"]`)).toBeFocused();
	await page.keyboard.press('Control+z');
	await page.keyboard.press('Control+z');
	await expect(team1.locator('[data-stop]')).toHaveCount(before);
	await page.screenshot({ path: 'test-results/pictures/patrol-plan.png' });

	// Issue, and the sheet to print.
	await page.getByRole('button', { name: '下发', exact: true }).click();
	await expect(page.getByRole('link', { name: '打印路线单' })).toBeVisible();
	await page.goto(`/patrol/${planId}`);
	await expect(page.getByRole('heading', { name: /巡查路线单 · 1 组/ })).toBeVisible();
	await page.screenshot({ path: 'test-results/pictures/patrol-sheet.png' });

	// Phone: depart, arrive, finding, leave.
	const phone = await browser.newContext({
		viewport: { width: 390, height: 844 },
		locale: 'zh-CN',
		geolocation: { longitude: 120.27, latitude: 30.18, accuracy: 15 },
		permissions: ['geolocation'],
	});
	const mobile = await phone.newPage();
	await signInAs(mobile, 'supervisor');
	await mobile.goto('/m');
	await mobile.getByRole('button', { name: '出发' }).click();
	const first = mobile.getByRole('listitem').first().getByRole('button');
	const siteName = (await first.locator('b').nth(1).textContent())!;
	await mobile.screenshot({ path: 'test-results/pictures/patrol-phone-today.png' });
	await first.click();
	await mobile.getByRole('button', { name: '到达', exact: true }).click();
	await expect(mobile.getByText(/距红线 \d+ 米/)).toBeVisible();
	await mobile.getByRole('button', { name: /记录隐患/ }).click();
	await mobile.getByLabel('问题描述').fill('东侧临边护栏缺失约 6 米');
	await mobile.getByLabel('拍照取证').setInputFiles('docs/images/board-phone.png');
	await expect(mobile.getByText(/位置精度/)).toBeVisible();
	await expect(mobile.getByLabel('问题描述')).toHaveValue('东侧临边护栏缺失约 6 米');
	await mobile.screenshot({ path: 'test-results/pictures/patrol-phone-finding.png' });
	await mobile.getByRole('button', { name: '保存隐患' }).click();
	await mobile.getByRole('button', { name: '离开', exact: true }).click();
	await expect(mobile.getByText('已查 1 /')).toBeVisible();

	// Emergency: before and after, then accepted on both sides.
	await page.goto(`/patrol?plan=${planId}&theme=light`);
	await expect(page.getByText('已查 1 /')).toBeVisible();
	await page.getByRole('button', { name: '插入应急检查' }).click();
	const plan = await (await page.request.get(`/api/v1/patrol/plans/${planId}`)).json();
	// At the other end of the district nothing may fit; beside a stop of the day something has to.
	const planned = new Set(plan.drafts.flatMap(({ visits }: { visits: string[] }) => visits));
	const [stops, others] = [true, false].map((isStop) =>
		plan.visits.filter(({ key }: { key: string }) => planned.has(key) === isStop),
	) as [Place[], Place[]];
	const apart = ({ at }: Place) => Math.min(...stops.map((stop) => Math.hypot(at[0] - stop.at[0], at[1] - stop.at[1])));
	const other = others.reduce((nearest, one) => (apart(one) < apart(nearest) ? one : nearest));
	const dialog = page.getByRole('dialog');
	await dialog.getByLabel(/查找工地/).fill(other.name);
	await dialog.getByRole('button', { name: other.name }).first().click();
	await dialog.getByLabel('原因').fill('塔吊力矩报警');
	await dialog.getByRole('button', { name: '看影响' }).click();
	// Late in the day nothing fits any more, and that is said; before, what it moves is shown and accepted.
	const hour = Number(new Date().toLocaleString('en-GB', { timeZone: 'Asia/Shanghai', hour: '2-digit' }));
	const tooLate = dialog.getByText('最多调整两站仍排不进这次应急检查');
	await expect(dialog.getByText('调整后').first().or(tooLate)).toBeVisible();
	if (hour < 14) await expect(tooLate).toBeHidden();
	if (await tooLate.isVisible()) await dialog.getByRole('button', { name: '关闭' }).click();
	else await dialog.getByRole('button', { name: '确认插入' }).click();
	await expect(dialog).toBeHidden();

	// Ledger and map: the site is visited today, its finding is open.
	const ledger = await (await page.request.get('/api/v1/coverage')).json();
	const visited = ledger.sites.find(({ name }: { name: string }) => name === siteName);
	expect(visited.lastVisitOn).toBe(ledger.today);
	expect(visited.openHazards).toBeGreaterThan(0);
	await page.goto('/coverage?theme=dark');
	await expect(page.getByRole('heading', { name: '检查覆盖台账' })).toBeVisible();
	await expect(page.getByText(/按目前进度/).first()).toBeVisible({ timeout: 90_000 });
	await page.screenshot({ path: 'test-results/pictures/patrol-coverage.png' });
	await phone.close();
});

test('the phone keeps what is done without a network and sends it later', async ({ page, context }) => {
	test.setTimeout(180_000);
	await context.grantPermissions(['geolocation']);
	await signInAs(page, 'supervisor');
	await page.setViewportSize({ width: 390, height: 844 });
	await page.goto('/m');
	await expect(page.getByText(/在线/)).toBeVisible();
	const next = page.getByRole('button', { name: /待查/ }).first();
	await context.setOffline(true);
	await next.click();
	await page.getByRole('button', { name: '到达', exact: true }).click();
	await expect(page.getByText(/检查中/).first()).toBeVisible();
	await expect(page.getByText(/离线/)).toBeVisible();
	await context.setOffline(false);
	await page.evaluate(() => window.dispatchEvent(new Event('online')));
	await expect
		.poll(async () => JSON.stringify(await (await page.request.get('/api/v1/field/today')).json()), { timeout: 60_000 })
		.toContain('"state":"arrived"');
});

test('a site that is in no register is reported with three taps, and the phone says when it reads where it is', async ({
	page,
	context,
}) => {
	test.setTimeout(180_000);
	await context.grantPermissions(['geolocation']);
	// In the river, far from every site.
	await context.setGeolocation({ longitude: 120.4, latitude: 30.33, accuracy: 12 });
	await signInAs(page, 'supervisor');
	await page.setViewportSize({ width: 390, height: 844 });
	await page.goto('/m');
	await expect(page.getByText(/未在读取位置/)).toBeVisible();
	await page.getByRole('button', { name: '发现未登记工地' }).click();
	await expect(page.getByText(/未在读取位置/)).toBeVisible();
	await page.getByRole('button', { name: '疑似未批先建' }).click();
	await expect(page.getByText('位置精度 ±12 米')).toBeVisible();
	await page.getByLabel('拍照取证').setInputFiles('docs/images/board-phone.png');
	await expect(page.getByText('已拍照')).toBeVisible();
	await page.screenshot({ path: 'test-results/pictures/patrol-phone-new-site.png' });
	const kept = page.waitForResponse((response) => response.request().postData()?.includes('"newSite"') ?? false);
	await page.getByRole('button', { name: '上报', exact: true }).click();
	expect((await kept).status()).toBeLessThan(300);
});
