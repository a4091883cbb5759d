// The page of one device, and the frames nobody could read, as those who look after the boxes meet them.

import { expect, signInAs, test } from './people.ts';

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
