// Too much on the hook, in the gondola or on the unloading platform, as the boxes of vendors say it over MQTT.

import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SYSTEM } from '#lib/domain/access/scope.ts';
import { handoverSheet } from '#lib/server/alarms/handover-sheet.ts';
import { takeMessage } from '#lib/server/ingest/mqtt/take-message.ts';
import { alarmsInScope } from '#lib/server/repositories/alarm.ts';
import { aRegister } from '../builders.ts';
import { onBoth } from '../database/both.ts';
import { AtWork } from './at-work.ts';

onBoth('too much load', (database) => {
	let work: AtWork;

	beforeAll(async () => {
		await aRegister(database().ingest)
			.withTown('330109001', '城厢街道', [120.27, 30.17])
			.withSite({ name: '工地', town: '330109001', at: [120.27, 30.17] })
			.withCrane({ site: '工地', record: 'A', device: 'TC-1' })
			.withSiteDevice('工地', 'unloadingPlatform', 'UP-1')
			.withSiteDevice('工地', 'gondola', 'GO-1')
			.build();
		work = await AtWork.start(database(), '2026-11-20T08:00:00Z');
	});
	afterAll(async () => {
		expect(work.faults).toEqual([]);
		await work.close();
		await sql`truncate town, source, device, reading, alarm cascade`.execute(database().ingest);
	});

	const CASES = [
		['on the hook of a crane', 'towerCrane', 'TC-1', { liftingCapacity: 5.5, safeLiftingCapacity: 5 }, 110, 'A 塔吊'],
		['on an unloading platform', 'unloadingPlatform', 'UP-1', { weight: 1.8, ratedLoad: 1.5 }, 120, '卸料平台 UP-1'],
		['in a gondola, in kilograms', 'gondola', 'GO-1', { weight: 693, ratedLoad: 630 }, 110, '吊篮 GO-1'],
	] as const;
	test.each(CASES)(
		'%s is an alarm after three seconds, by its name',
		async (_, kind, device, fields, percent, name) => {
			for (let second = 0; second < 5; second++) {
				const frame = { deviceId: device, ts: work.now.toISOString(), ...fields };
				await takeMessage(work.intake, `site/P/${kind}/${device}/telemetry`, Buffer.from(JSON.stringify(frame)));
				work.pass(1);
			}
			await work.live.outbox.drained();
			const alarms = await alarmsInScope(database().read, SYSTEM, { limit: 10, after: 0 });
			expect(alarms.filter(({ deviceId }) => deviceId === device)).toMatchObject([
				{ condition: 'load', level: 'danger', value: percent, limit: 100 },
			]);
			expect(work.live.describe(device, alarms.find(({ deviceId }) => deviceId === device)!.objectNo)).toMatchObject({
				subjectName: name,
				siteName: '工地',
			});
		},
	);

	test('a device of a site that falls silent stands on the hand-over sheet by its own name', async () => {
		const from = work.now;
		work.pass(400);
		const { silent, totals } = await handoverSheet(database().read, work.live, SYSTEM, from, work.now);
		expect(silent.map(({ name }) => name)).toEqual(expect.arrayContaining(['卸料平台 UP-1', '吊篮 GO-1', 'A 塔吊']));
		expect(totals).toMatchObject({ silent: silent.length });
	});
});
