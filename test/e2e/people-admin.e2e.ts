// Giving access, as the security administrator and the new colleague meet it; and the auditor behind them.

import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { drawNoMap, expect, signInAs, test } from './people.ts';

const PASSWORD = 'Xianghu-2026!';

/** Kept beside the other results of the run, for whoever wants to look. */
const picture = (page: Page, name: string) =>
	page.screenshot({ path: join(test.info().project.outputDir, 'pictures', `${name}.png`), fullPage: true });

/** Browsers allow passkeys on https and on localhost. */
const onLocalhost = (address: string) => address.replace('127.0.0.1', 'localhost');

test('an administrator is made, sets a password, enrols a passkey and signs in with it', async ({ page, browser }) => {
	await signInAs(page, 'securityAdmin');
	await expect(page).toHaveURL(/\/admin\/people/);
	await expect(page.getByRole('heading', { name: '人员与角色' })).toBeVisible();
	await picture(page, 'people');
	await page.getByLabel('账号').fill('tang.li');
	await page.getByLabel('姓名').fill('汤立新');
	await page.getByRole('combobox', { name: '角色', exact: true }).selectOption('systemAdmin');
	await page.getByRole('button', { name: '建立账号' }).click();
	await expect(page.getByRole('heading', { name: '汤立新' })).toBeVisible();

	await page.getByRole('combobox', { name: '角色', exact: true }).selectOption('auditor');
	await page.getByRole('button', { name: '授予角色' }).click();
	await expect(page.getByRole('alert')).toContainText('不能由同一人担任');

	await page.getByRole('button', { name: '生成设密链接' }).click();
	const link = onLocalhost((await page.locator('code').first().textContent()) ?? '');
	await picture(page, 'person');

	const own = await browser.newContext({ locale: 'zh-CN' });
	const colleague = await own.newPage();
	const cdp = await own.newCDPSession(colleague);
	await cdp.send('WebAuthn.enable');
	await cdp.send('WebAuthn.addVirtualAuthenticator', {
		options: {
			protocol: 'ctap2',
			transport: 'internal',
			hasResidentKey: true,
			hasUserVerification: true,
			isUserVerified: true,
			automaticPresenceSimulation: true,
		},
	});
	await colleague.goto(link);
	await colleague.getByLabel('新密码').fill(PASSWORD);
	await colleague.getByLabel('再次输入密码').fill(PASSWORD);
	await colleague.getByRole('button', { name: '设置密码并登录' }).click();

	await expect(colleague).toHaveURL(/\/account/);
	await expect(colleague.getByRole('alert')).toContainText('管理员须登记第二因素');
	await colleague.goto(new URL('/', link).href);
	await expect(colleague).toHaveURL(/\/account/);
	await colleague.getByLabel('名称（如：办公电脑）').fill('办公电脑');
	await colleague.getByRole('button', { name: '登记通行密钥' }).click();
	await expect(colleague.getByText('恢复码（请抄写保存')).toBeVisible();
	await expect(colleague.locator('li.select-all')).toHaveCount(10);
	await picture(colleague, 'account');

	await colleague.getByRole('button', { name: '退出登录' }).click();
	await colleague.getByLabel('账号').fill('tang.li');
	await colleague.getByLabel('密码').fill(PASSWORD);
	await colleague.getByRole('button', { name: '登录', exact: true }).click();
	await expect(colleague.getByRole('heading', { name: '请出示第二因素' })).toBeVisible();
	await picture(colleague, 'second');
	await colleague.getByRole('button', { name: '使用通行密钥' }).click();
	await expect(colleague.getByRole('button', { name: /540\s*在建工地/ })).toBeVisible();
	await own.close();
});

test('a session that is ended takes its open page away within five seconds', async ({ page, browser }) => {
	const own = await browser.newContext({ locale: 'zh-CN' });
	const watched = await own.newPage();
	await drawNoMap(watched);
	await drawNoMap(page);
	await signInAs(watched, 'analyst');
	await expect(watched.getByRole('status').filter({ hasText: '实时' })).toBeVisible();

	await signInAs(page, 'securityAdmin');
	await page.goto('/admin/sessions');
	const line = page.getByRole('row').filter({ hasText: 'demo-analyst' });
	await line.first().getByRole('button', { name: '结束会话' }).click();
	await expect(watched.getByRole('heading', { name: '登录已失效，请重新登录' })).toBeVisible({ timeout: 5000 });
	await expect(watched.getByText('未恢复报警')).toHaveCount(0);
	await watched.getByRole('link', { name: '登录' }).click();
	await expect(watched.getByLabel('密码')).toBeVisible();
	await own.close();
});

test('the auditor filters the trail, verifies its chain and takes it out', async ({ page }) => {
	await signInAs(page, 'auditor');
	await expect(page.getByRole('heading', { name: '审计记录' })).toBeVisible();
	await page.getByLabel('操作', { exact: true }).selectOption('session:open');
	await page.getByRole('button', { name: '筛选' }).click();
	await expect(page.getByRole('row').nth(1)).toContainText('登录');
	await page.getByRole('link', { name: '核验链条' }).click();
	await expect(page.getByRole('status')).toContainText('链条完整');
	await picture(page, 'audit');
	const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '导出' }).click()]);
	expect(file.suggestedFilename()).toMatch(/^audit-\d{4}-\d\d-\d\d\.csv$/);
});

test('a leader sees names masked, and whole for a reason that stands in the trail', async ({ page, browser }) => {
	await signInAs(page, 'leader');
	const { features } = await (await page.request.get('/api/v1/sites?limit=20')).json();
	const answers = features.map(async ({ properties: { id, no } }: { properties: { id: string; no: number } }) => ({
		no,
		grid: (await (await page.request.get(`/api/v1/sites/${id}`)).json()).grid as { owner: string | null } | null,
	}));
	const owned = (await Promise.all(answers)).find(({ grid }) => grid?.owner);
	const masked = owned!.grid!.owner!;
	expect(masked).toMatch(/^.＊+$|^.\*+$/);
	await page.goto(`/?sel=site-${owned!.no}`);
	const owner = page.getByText('网格责任人', { exact: true }).locator('xpath=following-sibling::*[1]');
	await expect(owner).toHaveText(masked);
	await page.getByRole('button', { name: '显示姓名电话' }).click();
	const dialog = page.getByRole('dialog');
	await dialog.getByLabel('查看理由').fill('电话核实停工情况');
	await dialog.getByRole('button', { name: '查看', exact: true }).click();
	await expect(dialog).toBeHidden();
	await expect(owner).not.toHaveText(masked);
	await expect(owner).toHaveText(new RegExp(`^${masked[0]}\\p{Script=Han}+$`, 'u'));

	const own = await browser.newContext({ locale: 'zh-CN' });
	const auditor = await own.newPage();
	await signInAs(auditor, 'auditor');
	await expect(auditor.getByText('电话核实停工情况').first()).toBeVisible();
	await own.close();
});

test('what goes wrong in a browser is told to those who run the server', async ({ page, faults }) => {
	await signInAs(page, 'dutyOfficer');
	await expect(page.getByRole('button', { name: /540\s*在建工地/ })).toBeVisible();
	const told = page.waitForRequest((request) => request.url().endsWith('/api/v1/beacons'));
	await page.evaluate(() => void setTimeout(() => Promise.reject(new Error('试验'))));
	const request = await told;
	expect(request.postDataJSON()).toMatchObject({ kind: 'error', message: expect.stringContaining('Error: 试验') });
	expect((await request.response())!.status()).toBeLessThan(300);
	await expect.poll(() => faults).toEqual(['page error: 试验']);
	faults.splice(0);
});

test('a wall is paired by its link, shows the wall and nothing else', async ({ page, browser }) => {
	await signInAs(page, 'securityAdmin');
	await page.goto('/admin/walls');
	await expect(page.getByText('还没有大屏')).toBeVisible();
	await page.getByLabel('名称').fill('指挥大厅');
	await page.getByRole('button', { name: '建立大屏' }).click();
	const link = (await page.locator('code').first().textContent()) ?? '';
	const own = await browser.newContext({ locale: 'zh-CN', viewport: { width: 1920, height: 1080 } });
	const screen = await own.newPage();
	await screen.goto(link);
	await screen.getByRole('button', { name: '配对此屏' }).click();
	await expect(screen.getByText(/\d+ 条\/秒/)).toBeVisible();
	expect((await screen.request.get('/api/v1/sites')).status()).toBe(403);
	await screen.goto(new URL('/admin/people', link).href);
	await expect(screen.getByText('403')).toBeVisible();
	await own.close();
});

test('T14 a remote function with a forged path is not there, for strangers and for people', async ({ page }) => {
	const forged = { 'x-sveltekit-pathname': '/', 'x-sveltekit-search': '' };
	expect((await page.request.get('/_app/remote/abc/list', { headers: forged })).status()).toBe(401);
	await signInAs(page, 'dutyOfficer');
	expect((await page.request.get('/_app/remote/abc/list', { headers: forged })).status()).toBeGreaterThanOrEqual(403);
});

test.describe('on a phone', () => {
	test.use({ viewport: { width: 390, height: 844 } });
	test('the pages of administration can be used', async ({ page }) => {
		await signInAs(page, 'securityAdmin');
		await expect(page.getByRole('button', { name: '建立账号' })).toBeVisible();
		const width = await page.evaluate(() => document.documentElement.scrollWidth);
		expect(width).toBeLessThanOrEqual(390);
		await picture(page, 'people-phone');
	});
});
