// The page of one device, and the frames nobody could read, as those who look after the boxes meet them.

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, signInAs, test } from './people.ts';

const root = join(import.meta.dirname, '../..');

test('a device shows whether it lives, its clock, its curve with limits, and what it said last', async ({ page }) => {
	test.setTimeout(240_000);
	await signInAs(page, 'dutyOfficer');
	const { features } = await (await page.request.get('/api/v1/machines?limit=200')).json();
	const device = features.find(({ properties }: { properties: { deviceId: string | null } }) =>
		properties.deviceId?.startsWith('TC-'),
	).properties.deviceId as string;
	await page.goto(`/device/${device}?theme=light`);
	await expect(page.getByRole('heading', { name: `设备 ${device}` })).toBeVisible();
	const curve = page.getByRole('region', { name: '曲线' });
	await expect(curve.getByRole('img')).toBeVisible();
	const quantity = curve.getByRole('combobox');
	const names = await quantity.getByRole('option').allTextContents();
	expect(names.length).toBeGreaterThan(3);
	const label = await curve.getByRole('img').getAttribute('aria-label');
	await quantity.selectOption({ index: 1 });
	await expect.poll(() => curve.getByRole('img').getAttribute('aria-label')).not.toBe(label);
	await curve.getByRole('button', { name: '24 小时' }).click();
	await expect(curve.getByRole('button', { name: '24 小时' })).toHaveAttribute('aria-pressed', 'true');
	await page.screenshot({ path: 'test-results/pictures/device.png' });
});

/** A key as a gateway has one. */
function gatewayKey(): string {
	const { stdout, stderr } = spawnSync(
		process.execPath,
		['scripts/cli.mjs', 'token', 'create', '--name', 'dead-letters', '--scope', 'ingest'],
		{
			...{ cwd: root, encoding: 'utf8' },
			env: {
				...process.env,
				DATA_DIR: process.env.E2E_DATA_DIR,
				DATABASE_URL: '',
				PORT: process.env.E2E_PORT ?? '3917',
			},
		},
	);
	const key = stdout.trim();
	if (!key.startsWith('swt_')) throw new Error(`No key for the gateway: ${stderr}`);
	return key;
}

test('frames nobody could read are found, looked into, mapped to a device and replayed, one and all', async ({
	page,
}) => {
	test.setTimeout(300_000);
	await signInAs(page, 'systemAdmin');
	const { features } = await (await page.request.get('/api/v1/machines?limit=200')).json();
	const device = features.find(({ properties }: { properties: { deviceId: string | null } }) =>
		properties.deviceId?.startsWith('TC-'),
	).properties.deviceId as string;
	const headers = { authorization: `Bearer ${gatewayKey()}` };
	const say = (name: string, seq: number) => ({
		...{
			device: name,
			seq,
			at: new Date(Date.now() - 3_600_000 + seq * 1000).toISOString(),
			values: { windMs: 4 + seq },
		},
	});
	const readings = [say('VENDOR-7', 1), say('VENDOR-7', 2), say('VENDOR-8', 3)];
	// As a gateway, which has no session.
	const sent = await fetch(new URL('/api/v1/telemetry', page.url()), {
		...{ method: 'POST', headers: { ...headers, 'content-type': 'application/json' } },
		body: JSON.stringify({ readings }),
	});
	expect((await sent.json()).rejected).toHaveLength(3);

	await page.goto('/dead-letters?theme=light');
	await expect(page.getByRole('heading', { name: '无法识别的上报' })).toBeVisible();
	const search = page.getByRole('textbox', { name: '来源、设备或说明' });
	await search.fill('VENDOR');
	const letters = page.getByRole('listitem').filter({ hasText: 'VENDOR' }).getByRole('button');
	await expect(letters).toHaveCount(3);
	await page.getByRole('combobox', { name: '原因' }).selectOption({ label: '设备未登记' });
	await expect(letters).toHaveCount(3);
	expect(new URL(page.url()).searchParams.get('q')).toBe('VENDOR');
	await search.fill('VENDOR-7');
	await expect(letters).toHaveCount(2);

	// The bytes, as text and in hex.
	await letters.first().click();
	await expect(page.getByText('"device":"VENDOR-7"')).toBeVisible();
	await page.getByRole('button', { name: '十六进制' }).click();
	await expect(page.getByText('7b 22 64 65').first()).toBeVisible();
	await page.screenshot({ path: 'test-results/pictures/dead-letter-hex.png' });

	// Without a mapping a replay changes nothing, and says so.
	await page.getByRole('button', { name: '重放', exact: true }).click();
	await expect(page.getByText('已重放 0 条，1 条仍无法识别')).toBeVisible();

	await page.getByLabel('台账中的设备编号').fill(device);
	await page.getByLabel('修改理由').fill('厂家按自己的编号上报');
	await page.getByRole('button', { name: '保存映射' }).click();
	await expect(page.getByText('映射已保存')).toBeVisible();
	await page.getByRole('button', { name: '重放', exact: true }).click();
	await expect(page.getByText('已重放 1 条', { exact: true })).toBeVisible();
	await expect(letters).toHaveCount(1);

	// All that is listed, and no other: the frame of VENDOR-8 stays.
	await page.getByRole('button', { name: '重放筛选出的全部（1）' }).click();
	await expect(page.getByText('没有符合条件的记录')).toBeVisible();
	await search.fill('VENDOR');
	await expect(letters).toHaveCount(1);
	await page.getByRole('combobox', { name: '状态' }).selectOption({ label: '已重放' });
	await expect(letters).toHaveCount(2);
	await page.screenshot({ path: 'test-results/pictures/dead-letters.png' });
});
