// The shipped unit under a real systemd: it comes up as somebody without rights, is started anew when it dies or hangs,
// and stops in good order.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ensureBuilt } from '../../scripts/setup.mjs';
import { OwnSystemd } from '../own-systemd.ts';

const PORT = 3774;

describe('the shipped unit', () => {
	let systemd: OwnSystemd;
	const ready = () => fetch(`http://127.0.0.1:${PORT}/readyz`).then(({ ok }) => ok);
	const active = async () => (await systemd.property('ActiveState')) === 'active' && (await ready());
	const restarts = async () => Number(await systemd.property('NRestarts'));

	beforeAll(async () => {
		await ensureBuilt();
		systemd = new OwnSystemd(`PORT=${PORT}\nHOST=127.0.0.1\nMQTT_PORT=off`);
	}, 300_000);
	afterAll(() => systemd.close());

	test('comes up and says so, as somebody who is not root, and tells where the link for setting up stands', async () => {
		await systemd.until('active', active, 180);
		const pid = await systemd.property('MainPID');
		expect(await systemd.inside('ps', '-o', 'user=', '-p', pid)).toBe('sitewatch');
		expect(await restarts()).toBe(0);
		const place = /Ready: .*\n.*stand in: (\S+)/.exec(systemd.log())?.[1];
		expect(place).toBe('/var/lib/sitewatch/sign-in.json');
		expect(await systemd.inside('cat', place!)).toContain(`http://127.0.0.1:${PORT}/login/link/`);
		expect(systemd.log()).not.toContain('/login/link/');
	}, 200_000);

	test('is started anew after kill -9', async () => {
		await systemd.inside('kill', '-9', await systemd.property('MainPID'));
		await systemd.until('started anew', async () => (await restarts()) === 1 && (await active()), 120);
		expect(await systemd.property('Result')).toBe('success');
	}, 140_000);

	test('is started anew by the watchdog when its loop stands still', async () => {
		await systemd.inside('kill', '-STOP', await systemd.property('MainPID'));
		await systemd.until('started anew', async () => (await restarts()) === 2 && (await active()), 180);
		expect(await ready()).toBe(true);
	}, 200_000);

	test('stops in good order, within its time', async () => {
		await systemd.inside('systemctl', 'stop', 'sitewatch.service');
		expect(await systemd.property('Result')).toBe('success');
		expect(await systemd.property('ExecMainStatus')).toBe('0');
	}, 60_000);
});
