// The planner's desk beyond one day: the month that closes a round, one of its days made a plan of its own, searched on
// in the browser, changed on the map; and the people and cars it is made of.

import type { Page } from '@playwright/test';
import { expect, signInAs, test } from './people.ts';

const shot = (page: Page, name: string) =>
	page.screenshot({ path: `test-results/pictures/planner-${name}.png`, timeout: 120_000 });

interface Stop {
	key: string;
	team: string;
	at: [number, number];
}

/** Stops of the kept plan, with where they stand. */
async function stopsOf(page: Page, plan: string): Promise<Stop[]> {
	const { drafts, visits, problem } = await (await page.request.get(`/api/v1/patrol/plans/${plan}`)).json();
	const siteOf = new Map(visits.map(({ key, at }: { key: string; at: [number, number] }) => [key, at]));
	const placeOf = new Map(problem.places.map(({ id, at }: { id: string; at: [number, number] }) => [id, at]));
	const visitAt = new Map(
		problem.visits.map(({ id, place }: { id: string; place: string }) => [id, placeOf.get(place)]),
	);
	return drafts.flatMap(({ team, visits }: { team: string; visits: string[] }) =>
		visits.map((key) => ({ key, team, at: siteOf.get(key) ?? visitAt.get(key) })),
	);
}

/** Pixels of a web map of that zoom, of tiles of 512. */
function pixelsOf([lng, lat]: [number, number], zoom: number): [number, number] {
	const size = 512 * 2 ** zoom;
	const y = Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360));
	return [((lng + 180) / 360) * size, (0.5 - y / (2 * Math.PI)) * size];
}

/** Back to degrees. */
function placeOf([x, y]: [number, number], zoom: number): [number, number] {
	const size = 512 * 2 ** zoom;
	return [(x / size) * 360 - 180, (Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / size))) * 180) / Math.PI];
}

test('the month that closes a round, a day of it, searched on in the browser, dragged on the map', async ({ page }) => {
	test.setTimeout(900_000);
	await signInAs(page, 'dutyOfficer');

	// The forecast says what will be missed; one button drafts the month that misses nothing, and searches it.
	await page.goto('/coverage?theme=light');
	await expect(page.getByRole('status').filter({ hasText: '按目前进度' })).toBeVisible({ timeout: 90_000 });
	const fix = page.getByRole('button', { name: /^生成补齐排程/ });
	// The two-monthly round sees every site twice as often as patrols of the demonstration go, and takes several teams.
	const rounds = page.getByRole('button', { name: /^\d{4} 年 \d+–\d+ 月/ });
	await rounds.first().click();
	for (let at = 1; !(await fix.isVisible()) && at < (await rounds.count()); at++) await rounds.nth(at).click();
	await fix.click();
	await expect(page).toHaveURL(/\/patrol\?.*plan=/, { timeout: 60_000 });
	await expect(page.getByText(/正在求解/)).toBeVisible({ timeout: 60_000 });
	await expect(page.getByText(/正在求解/)).toBeHidden({ timeout: 240_000 });
	await expect(page.getByText(/个工作日共排 \d+ 站/)).toBeVisible();
	await expect(page.getByRole('button', { name: '下发', exact: true })).toBeHidden();
	await shot(page, 'month');

	// One of its days becomes a plan that can be issued, by the same officers.
	const month = new URL(page.url()).searchParams.get('plan')!;
	// The last one on which more than one team goes: on the map a stop will change its team.
	const together = page.getByRole('listitem').filter({ hasText: /\d · \d/ });
	await together
		.getByRole('button', { name: /^生成当日计划/ })
		.last()
		.click();
	await expect.poll(() => new URL(page.url()).searchParams.get('plan'), { timeout: 60_000 }).not.toBe(month);
	const plan = new URL(page.url()).searchParams.get('plan')!;
	await expect(page.getByRole('button', { name: '下发', exact: true })).toBeVisible({ timeout: 90_000 });
	const timeline = page.getByRole('list', { name: /时间轴/ });
	await expect(timeline.locator('[data-stop]').first()).toBeVisible({ timeout: 90_000 });
	await expect.poll(async () => (await stopsOf(page, plan)).length, { timeout: 60_000 }).toBeGreaterThan(1);

	// Searched on here, without the server: with progress, and stopped by hand.
	const asked: string[] = [];
	page.on('request', (request) => asked.push(`${request.method()} ${new URL(request.url()).pathname}`));
	await page.getByRole('spinbutton', { name: '秒' }).fill('100');
	await page.getByRole('button', { name: '本机接着优化' }).click();
	await expect(page.getByText(/正在求解 · 当前代价 [\d,]+ · [\d,]{2,} 轮/)).toBeVisible();
	expect(asked.filter((what) => what.endsWith('/solve'))).toEqual([]);
	await page.getByRole('button', { name: '停止，取当前最优' }).click();
	await expect(page.getByText(/正在求解/)).toBeHidden();
	await expect(timeline.locator('[data-stop]').first()).toBeVisible();
	await expect(page.getByRole('button', { name: '本机接着优化' })).toBeVisible();

	// On the map: a stop is taken and dropped on one of another team, and comes after it there.
	await page.waitForTimeout(2000);
	const stops = await stopsOf(page, plan);
	const pairs = stops.flatMap((a) => stops.filter(({ team }) => team !== a.team).map((b) => [a, b] as const));
	// As far away as shows two of them that nothing else lies near: which stops a day has depends on the day.
	const [zoom, from, onto] = [12, 13, 14, 15].flatMap((near) => {
		const apart = ([a, b]: readonly [Stop, Stop]) => {
			const [p, q] = [pixelsOf(a.at, near), pixelsOf(b.at, near)];
			return Math.hypot(p[0] - q[0], p[1] - q[1]);
		};
		const alone = (stop: Stop) => stops.every((other) => other === stop || apart([stop, other]) > 30);
		const [nearest] = pairs.filter((pair) => pair.every(alone)).sort((a, b) => apart(a) - apart(b));
		return nearest ? [[near, ...nearest] as const] : [];
	})[0]!;
	// The plan lies over the right of the map: what is dragged has to lie left of it.
	const canvas = (await page.locator('canvas.maplibregl-canvas').boundingBox())!;
	const plate = (await timeline.boundingBox())!;
	const middle = middleOf(pixelsOf(from.at, zoom), pixelsOf(onto.at, zoom));
	const centre: [number, number] = [middle[0] + (canvas.x + canvas.width / 2 - plate.x / 2), middle[1]];
	const [lng, lat] = placeOf(centre, zoom);
	await page.goto(`/patrol?plan=${plan}&theme=light&at=${lng.toFixed(5)},${lat.toFixed(5)},${zoom}`);
	await expect(timeline.locator('[data-stop]').first()).toBeVisible({ timeout: 60_000 });
	await page.waitForTimeout(5000);
	const screen = ({ at }: Stop): [number, number] => {
		const [x, y] = pixelsOf(at, zoom);
		return [canvas.x + canvas.width / 2 + x - centre[0], canvas.y + canvas.height / 2 + y - centre[1]];
	};
	await shot(page, 'day');
	await page.mouse.move(...screen(from));
	await page.mouse.down();
	await page.mouse.move(...middleOf(screen(from), screen(onto)), { steps: 5 });
	await page.mouse.move(...screen(onto), { steps: 5 });
	await page.mouse.up();
	const order = async () => (await stopsOf(page, plan)).filter(({ team }) => team === onto.team).map(({ key }) => key);
	await expect.poll(async () => (await order()).indexOf(from.key)).toBe((await order()).indexOf(onto.key) + 1);
	expect((await order()).indexOf(onto.key)).toBeGreaterThanOrEqual(0);
	await page.getByRole('button', { name: '撤销' }).click();
	await expect.poll(order).not.toContain(from.key);
});

const middleOf = (a: [number, number], b: [number, number]): [number, number] => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];

test('officers and cars are kept by the bureau: changed, refused where wrong, taken back', async ({ page }) => {
	test.setTimeout(300_000);
	await signInAs(page, 'dutyOfficer');
	await page.goto('/patrol?theme=light');
	await page.getByRole('link', { name: '队伍与车辆' }).click();
	await expect(page.getByRole('heading', { name: '队伍与车辆' })).toBeVisible();
	const cars = page.getByRole('region', { name: '车辆' });
	await expect(cars.getByRole('listitem').first()).toBeVisible();
	const before = await cars.getByRole('listitem').count();
	await cars.getByRole('button', { name: '新增' }).click();
	await page.getByLabel('车牌').fill('浙A·E2E88');
	await page.getByLabel('座位数').fill('5');
	await page.getByRole('button', { name: '保存', exact: true }).click();
	await expect(cars.getByRole('listitem')).toHaveCount(before + 1);
	await expect(cars.getByText('浙A·E2E88')).toBeVisible();
	await shot(page, 'staff');
	const changes = page.getByRole('region', { name: '修改记录' });
	await changes.getByRole('button', { name: '撤销' }).first().click();
	await expect(cars.getByText('浙A·E2E88')).toBeHidden();
});

test('a draw is limited to a grade and a town, and says so to everybody before anything is drawn', async ({ page }) => {
	test.setTimeout(180_000);
	await signInAs(page, 'dutyOfficer');
	await page.goto('/patrol?theme=light');
	await page.getByLabel('事由').fill('高风险工地夜查');
	await page.getByLabel('抽取工地').fill('1');
	await page.getByLabel('组数').fill('1');
	await page.getByRole('group', { name: '风险等级' }).getByRole('button', { name: '高风险' }).click();
	const town = page.getByRole('group', { name: '只从这些镇街抽取' }).getByRole('button').first();
	const name = (await town.innerText()).trim();
	await town.click();
	await page.getByRole('button', { name: '锁定名单，公布承诺值' }).click();
	const drawn = page.getByRole('listitem').filter({ hasText: '高风险工地夜查' });
	await expect(drawn.getByText(`仅限 高风险 · ${name}`)).toBeVisible();
	await expect(drawn.getByText(/承诺值 [0-9a-f]{64}/)).toBeVisible();
	const [newest] = (await (await page.request.get('/api/v1/patrol/draws')).json()).draws;
	expect(newest).toMatchObject({ seed: null, outcome: null });
	expect(newest.pool.filter).toMatch(/^high、\d{9}$/);
	await shot(page, 'draw');
});
