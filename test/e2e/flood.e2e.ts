// One whole storm as its people live it: a warning comes as a file, sites are ordered, one answers by its link on a
// phone, the exceptions are worked off, everything is lifted, work is resumed through the gate, and the book is closed
// with its summary as a file.

import { inflateRawSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { writeArrayBuffer } from 'geotiff';
import { expect, signInAs, test } from './people.ts';

const shot = (page: Page, name: string) =>
	page.screenshot({
		path: `test-results/pictures/flood-${name}.png`,
		timeout: 120_000,
	});

/** A CAP 1.2 message of the weather bureau for the whole district, sent `minutesAgo`. */
function cap(id: string, type: 'Alert' | 'Cancel', sent: Date, references = ''): Buffer {
	const time = (moment: Date) => moment.toISOString().replace(/\.\d+Z$/, '+00:00');
	return Buffer.from(
		`<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>${id}</identifier><sender>qxt@example.gov.cn</sender>
<sent>${time(sent)}</sent><status>Actual</status><msgType>${type}</msgType><scope>Public</scope>
${references ? `<references>${references}</references>` : ''}
<info><language>zh-CN</language><category>Met</category><event>暴雨</event><urgency>Immediate</urgency>
<severity>Severe</severity><certainty>Likely</certainty><expires>${time(new Date(+sent + 6 * 3_600_000))}</expires>
<senderName>萧山区气象台</senderName><headline>萧山区气象台发布暴雨橙色预警信号</headline>
<description>预计未来三小时有短时强降雨。</description>
<parameter><valueName>颜色</valueName><value>橙色</value></parameter>
<area><areaDesc>全区</areaDesc><geocode><valueName>CN</valueName><value>330109</value></geocode></area></info></alert>`,
	);
}

/** Text of one part of a zip archive, found by its local header. */
function partOf(zip: Buffer, name: string): string {
	const at = zip.indexOf(Buffer.from(name)) - 30;
	const size = zip.readUInt32LE(at + 18);
	const start = at + 30 + zip.readUInt16LE(at + 26) + zip.readUInt16LE(at + 28);
	const bytes = size > 0 ? zip.subarray(start, start + size) : zip.subarray(start);
	return inflateRawSync(bytes, { finishFlush: 2 }).toString('utf8');
}

test('a storm from the signal to the summary', async ({ page, browser }) => {
	test.setTimeout(600_000);
	await signInAs(page, 'dutyOfficer');
	await page.goto('/flood?theme=dark');
	await expect(page.getByText('当前无预警信号')).toBeVisible();
	await shot(page, 'quiet');

	// The warning comes as a file.
	const sent = new Date(Date.now() - 60_000);
	const take = (name: string, buffer: Buffer) =>
		page.getByLabel('导入 CAP').setInputFiles({ name, mimeType: 'application/xml', buffer });
	await take('issue.xml', cap('XS-E2E-1', 'Alert', sent));
	await expect(page.getByRole('status').getByText('暴雨橙色')).toBeVisible();
	await expect(page.getByText(/覆盖 5\d\d 个工地/)).toBeVisible();

	// A response level is declared by hand: another body, another line.
	await page.getByRole('button', { name: '启动响应' }).click();
	await page.getByLabel('等级').selectOption('III');
	await page.getByLabel('发布单位').fill('区防汛指挥部');
	await page.getByRole('button', { name: '启动响应' }).last().click();
	await expect(page.getByRole('status').getByText('防汛Ⅲ级响应')).toBeVisible();

	// Sites are ordered; the file again changes nothing.
	await expect(page.getByText(/0\/\d+ 已确认/).first()).toBeVisible();
	await take('again.xml', cap('XS-E2E-1', 'Alert', sent));
	await page.getByRole('button', { name: /^已下达/ }).click();
	await shot(page, 'ordered');
	const situation = async () => (await page.request.get('/api/v1/flood')).json();
	const { notices } = await situation();
	expect(notices.length).toBeGreaterThan(500);

	// One site with a crane and a pit answers by its link on a phone.
	const wanted = notices.find(({ measures }: { measures: { measure: string; isConditional: boolean }[] }) =>
		['stopLifting', 'clearBelowGround'].every((one) =>
			measures.some(({ measure, isConditional }) => measure === one && !isConditional),
		),
	);
	await page.goto(`/flood?theme=dark&sel=site-${wanted.siteNo}`);
	const link = await page.getByRole('link', { name: '工地回执页' }).getAttribute('href');
	await shot(page, 'site');
	const phone = await browser.newContext({
		viewport: { width: 390, height: 844 },
		locale: 'zh-CN',
	});
	const mobile = await phone.newPage();
	await mobile.goto(link!);
	await expect(mobile.getByRole('heading', { name: '请立即落实' })).toBeVisible();
	await mobile.screenshot({
		path: 'test-results/pictures/flood-phone.png',
		fullPage: true,
	});
	await mobile.getByLabel('您的姓名').fill('周建国');
	await mobile.getByRole('button', { name: /^已收到/ }).click();
	await expect(mobile.getByRole('status')).toHaveText('已收到您的回执。');
	await expect(page.getByText(/1\/\d+ 已确认/).first()).toBeVisible();
	await mobile.getByRole('button', { name: /^已停工/ }).click();
	await expect(mobile.getByText(/已停工/).last()).toBeVisible();
	await mobile.getByText('巡查记录').click();
	await mobile.getByText('是', { exact: true }).first().check();
	await mobile.getByLabel('现场照片').setInputFiles('docs/images/board-phone.png');
	await mobile.getByRole('button', { name: /^已巡查/ }).click();
	const log = mobile.getByRole('region', { name: '回执记录' });
	await expect(log.getByRole('listitem')).toHaveCount(3);
	await mobile.screenshot({
		path: 'test-results/pictures/flood-phone-answered.png',
		fullPage: true,
	});
	const photo = await page.getByRole('link', { name: '照片' }).first().getAttribute('href');
	expect((await page.request.get(photo!)).headers()['content-type']).toMatch(/^image\//);

	// The list of exceptions and the map, on a phone too.
	await page.goto('/flood?theme=light');
	await page.getByRole('button', { name: /^已巡查 1/ }).click();
	await expect(page.getByRole('button', { name: new RegExp(wanted.siteName ?? '已巡查') }).first()).toBeVisible();
	await page.getByRole('button', { name: /^例外/ }).click();
	await shot(page, 'exceptions');

	// Everything is lifted. What was stopped stays stopped.
	await take(
		'lift.xml',
		cap(
			'XS-E2E-2',
			'Cancel',
			new Date(),
			`qxt@example.gov.cn,XS-E2E-1,${sent.toISOString().replace(/\.\d+Z$/, '+00:00')}`,
		),
	);
	await expect(page.getByText(/ 解除/).first()).toBeVisible();
	await expect(page.getByRole('status').getByText('防汛Ⅲ级响应')).toBeVisible();
	await page.getByRole('button', { name: '终止', exact: true }).click();
	await expect(page.getByRole('status').getByText('防汛Ⅲ级响应')).toBeHidden();

	// The gate: checklist with photos, first refused, then cleared.
	const ask = async () => {
		await mobile.goto(link!);
		await expect(mobile.getByRole('heading', { name: '复工前检查' })).toBeVisible();
		for (const good of await mobile.getByText('合格', { exact: true }).all()) await good.click();
		for (const input of await mobile.getByLabel('现场照片').all())
			await input.setInputFiles('docs/images/board-phone.png');
		await mobile.getByLabel('您的姓名').fill('周建国');
		await mobile.getByRole('button', { name: '提交复工申请' }).click();
		await expect(mobile.getByText('复工申请审核中')).toBeVisible();
	};
	await mobile.goto(link!);
	await mobile.getByLabel('您的姓名').fill('周建国');
	await mobile.getByRole('button', { name: '提交复工申请' }).click();
	await expect(mobile.getByText(/未检查/)).toBeVisible();
	await ask();
	await mobile.screenshot({
		path: 'test-results/pictures/flood-phone-gate.png',
		fullPage: true,
	});
	await page.goto(`/flood?theme=dark&sel=site-${wanted.siteNo}`);
	await page.getByLabel('退回原因').fill('基坑积水照片不清');
	await shot(page, 'gate');
	await page.getByRole('button', { name: '退回', exact: true }).click();
	await expect(page.getByRole('button', { name: '退回', exact: true })).toBeHidden();
	await mobile.goto(link!);
	await expect(mobile.getByText('基坑积水照片不清')).toBeVisible();
	await ask();
	await page.getByRole('button', { name: '同意复工' }).click();
	await expect(page.getByRole('button', { name: '同意复工' })).toBeHidden();
	await mobile.goto(link!);
	await expect(mobile.getByText(/链接无效|该指令已解除/)).toBeVisible();

	// The book, and the summary as Word and PDF.
	await page.goto('/flood/events?theme=light');
	await page.getByRole('link', { name: /进行中/ }).click();
	await expect(page.getByText('启动应急响应')).toBeVisible();
	await expect(page.getByText('工地回执：已巡查')).toBeVisible();
	await expect(page.getByText('退回复工申请')).toBeVisible();
	await page.getByRole('textbox', { name: '经验与改进' }).fill('回执链接应同时发给监理单位。');
	await page.getByRole('button', { name: '结束本次汛情' }).click();
	await expect(page.getByRole('button', { name: '结束本次汛情' })).toBeHidden();
	await shot(page, 'book');
	const event = new URL(page.url()).pathname.split('/').at(-1)!;
	const docx = await (await page.request.get(`/api/v1/flood/events/${event}/summary?format=docx`)).body();
	expect(partOf(docx, 'word/document.xml')).toContain('回执链接应同时发给监理单位。');
	const pdf = await (await page.request.get(`/api/v1/flood/events/${event}/summary?format=pdf`)).body();
	expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
	expect(pdf.length).toBeGreaterThan(10_000);
	await phone.close();
});

test('what if: the slider judges every site while the finger moves', async ({ page }) => {
	test.setTimeout(420_000);
	await signInAs(page, 'dutyOfficer');
	await page.goto('/flood/what-if?theme=dark');
	const slider = page.getByLabel(/^1 小时再降雨/);
	await slider.focus();
	for (let i = 0; i < 60; i++) await page.keyboard.press('ArrowRight');
	await expect(page.getByText('+60 mm')).toBeVisible();
	await expect(page.getByRole('listitem').filter({ hasText: '%' }).first()).toBeVisible();
	const box = (await slider.boundingBox())!;
	await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
	await page.mouse.down();
	await page.mouse.move(box.x + box.width * 0.8, box.y + box.height / 2, {
		steps: 8,
	});
	await page.mouse.up();
	await expect(page.getByText('+60 mm')).toBeHidden();
	await shot(page, 'what-if');
});

test('every flood page on the desk and on a phone', async ({ page }) => {
	test.setTimeout(600_000);
	await signInAs(page, 'dutyOfficer');
	for (const [name, path] of [
		['situation', ''],
		['supposed', '/what-if'],
		['ladder', '/ladder'],
		['ledger', '/ledger'],
		['events', '/events'],
	] as const) {
		await page.setViewportSize({ width: 1920, height: 1080 });
		await page.goto(`/flood${path}?theme=light`);
		await page.waitForTimeout(4000);
		await shot(page, `${name}-desk`);
		await page.setViewportSize({ width: 390, height: 844 });
		await page.waitForTimeout(2500);
		expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
		await shot(page, `${name}-phone`);
	}
});

/** A plain that falls to the south, a metre in a kilometre, with a bowl of 400 m around a place. */
async function plainWithBowl([lng, lat]: [number, number]): Promise<Buffer> {
	const size = 240;
	const step = 0.0002;
	const heights = Float32Array.from({ length: size * size }, (_, i) => {
		const [x, y] = [(i % size) - size / 2, Math.floor(i / size) - size / 2];
		const bowl = Math.max(0, 3 - Math.hypot(x, y) / 7);
		return 6 - y * 0.02 - bowl;
	});
	const tiff: unknown = writeArrayBuffer(heights, {
		...{ width: size, height: size, GTModelTypeGeoKey: 2, GTRasterTypeGeoKey: 1, GeographicTypeGeoKey: 4326 },
		ModelPixelScale: [step, step, 0],
		ModelTiepoint: [0, 0, 0, lng - (size / 2) * step, lat + (size / 2) * step, 0],
	});
	return Buffer.from((await tiff) as ArrayBuffer);
}

test('what if over a terrain: without one no water, with one the pits in the order the water finds them', async ({
	page,
}) => {
	test.setTimeout(420_000);
	await signInAs(page, 'analyst');
	const { features } = await (await page.request.get('/api/v1/pits?limit=200')).json();
	const pit = features.find((one: { properties: { stage: string } }) => one.properties.stage === 'digging');
	const [lng, lat] = pit.geometry.coordinates.flat(3) as [number, number];
	await page.goto('/flood/what-if?theme=light');
	await expect(page.getByText('未导入地形数据，不绘制任何水面。')).toBeVisible();
	await expect(page.getByRole('button', { name: '推演积水' })).toBeHidden();
	await page.getByRole('button', { name: '导入地形' }).click();
	await page.getByLabel('GeoTIFF 文件').setInputFiles({
		name: 'bowl.tif',
		mimeType: 'image/tiff',
		buffer: await plainWithBowl([lng, lat]),
	});
	await page.getByLabel('名称').fill('试验地形');
	await page.getByLabel('高程基准').selectOption('1985');
	await page.getByRole('button', { name: '导入地形' }).last().click();
	await expect(page.getByText('1985 国家高程 · 有效高程 100%')).toBeVisible();
	const slider = page.getByLabel(/^1 小时再降雨/);
	await slider.focus();
	for (let i = 0; i < 60; i++) await page.keyboard.press('ArrowRight');
	await page.getByRole('button', { name: '推演积水' }).click();
	await expect(page.getByText(/水量平衡：降雨 [\d,]+ m³/)).toBeVisible({ timeout: 120_000 });
	await expect(page.getByText(/误差 \de-(0[7-9]|[7-9]|\d\d)|误差 0|误差 \d\.\de-/)).toBeVisible();
	const first = page.getByRole('table').getByRole('row').nth(1);
	await expect(first.getByText(/分钟/).first()).toBeVisible();
	await shot(page, 'terrain');
	await page.setViewportSize({ width: 390, height: 844 });
	await page.waitForTimeout(3000);
	await shot(page, 'terrain-phone');
});
