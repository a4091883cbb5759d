// What boxes say themselves, from the frame to the alarm: collisions of cranes, calls for help, minutes of stations.

import { expect, test } from 'vitest';
import { SYSTEM } from '#lib/domain/access/scope.ts';
import { hj212Checksum } from '#lib/domain/device/hj212-checksum.ts';
import type { Decoded } from '#lib/server/ingest/decode/decoded.ts';
import { PLAIN } from '#lib/server/ingest/decode/decoded.ts';
import { decodeHj212 } from '#lib/server/ingest/decode/hj212.ts';
import { decodeJt808 } from '#lib/server/ingest/decode/jt808.ts';
import { decodePlatformFrame } from '#lib/server/ingest/decode/platform-frame.ts';
import { alarmCard } from '#lib/server/alarms/alarm-card.ts';
import { moveAlarms } from '#lib/server/commands/move-alarms.ts';
import { alarmsInScope } from '#lib/server/repositories/alarm.ts';
import { devicesOfRule } from '#lib/server/rules/rule-devices.ts';
import { aRegister } from '../builders.ts';
import { onBoth } from '../database/both.ts';
import { AtWork } from './at-work.ts';

const STATION = 'YC330109000001';
const PHONE = '13800000001';

onBoth('what boxes say themselves', (database) => {
	test('becomes alarms: a collision, a call for help, the minutes of a station', async () => {
		await aRegister(database().ingest)
			.withTown('330109001', '城厢街道', [120.27, 30.17])
			.withSite({ name: '工地', town: '330109001', at: [120.27, 30.17] })
			.withCrane({ site: '工地', record: 'A', device: 'TC-1' })
			.withSiteDevice('工地', 'dustStation', STATION, 60)
			.withSiteDevice('工地', 'tracker', PHONE, 60)
			.build();
		const work = await AtWork.start(database(), '2026-11-20T08:00:00Z');
		const local = () => new Date(work.now.getTime() + 8 * 3_600_000).toISOString().slice(0, 19);
		const take = async (decoded: Decoded) => {
			expect(decoded.dead).toBeUndefined();
			await work.send(...decoded.readings);
		};
		const context = () => ({ receivedAt: work.now.toISOString(), mapping: PLAIN });
		const crane = (warning: string) =>
			take(
				decodePlatformFrame(
					{ deviceId: 'TC-1', deviceTime: local().replace('T', ' '), momentPercent: 40, windSpeed: 3, warning },
					{ kind: 'towerCrane', ...context() },
				),
			);
		const minute = (pm10: number) => {
			const at = local().replace(/\D/g, '');
			const segment = `QN=${at}000;ST=22;CN=2051;PW=1;MN=${STATION};Flag=4;CP=&&DataTime=${at};a34002-Avg=${pm10},a34002-Flag=N&&`;
			const frame = `##${String(segment.length).padStart(4, '0')}${segment}${hj212Checksum(segment)}\r\n`;
			return take(decodeHj212(Buffer.from(frame, 'latin1'), context()));
		};
		const helmet = (alarm: number) => {
			const body = Buffer.alloc(28);
			body.writeUInt32BE(alarm, 0);
			body.write(local().replace(/\D/g, '').slice(2), 22, 'hex');
			const about = { messageId: 0x0200, phone: PHONE, serial: alarm + 1, isV2019: false, encryption: 0, body };
			return take(decodeJt808(about as never, context()));
		};
		const standing = async (condition: string) => {
			await work.live.outbox.drained();
			const rows = await alarmsInScope(database().read, SYSTEM, { state: 'standing', limit: 50, after: 0 });
			return rows.filter((row) => row.condition === condition);
		};
		try {
			for (const key of ['towerCrane.collision', 'tracker.sos', 'site.dust'])
				expect(devicesOfRule(work.live.state, key)).toHaveLength(1);

			await crane('0'.repeat(32));
			work.pass(5);
			for (let i = 0; i < 2; i++) {
				await crane('100000'.padStart(32, '0'));
				work.pass(5);
			}
			expect(await standing('collision')).toMatchObject([{ deviceId: 'TC-1', level: 'warning' }]);

			await helmet(0);
			await helmet(1);
			const [sos] = await standing('sos');
			expect(sos).toMatchObject({ deviceId: PHONE, level: 'danger', life: { handling: 'new' } });
			work.pass(60);
			await helmet(0);
			expect((await standing('sos'))[0]!.life.isActive).toBe(true);
			const officer = { kind: 'person' as const, id: 'a', name: 'a', isDemo: false };
			const grants = [{ role: 'dutyOfficer' as const, area: '330109', layers: ['public' as const] }];
			const caller = { principal: { ...officer, grants }, address: null, now: work.now };
			const request = { move: 'acknowledge' as const, alarms: [sos!.id] };
			const { events } = await moveAlarms(database().alarm, caller, request, work.live.describe);
			work.live.feed.announce(events);
			work.pass(60);
			await helmet(0);
			expect((await standing('sos'))[0]!.life).toMatchObject({ isActive: false, handling: 'acknowledged' });
			// Soon after, so that it is the same alarm; but another call for help.
			work.pass(60);
			await helmet(1);
			expect(await standing('sos')).toMatchObject([{ id: sos!.id, life: { isActive: true, handling: 'new' } }]);

			for (let i = 0; i < 20; i++) {
				await minute(180);
				work.pass(60);
			}
			const [dust] = await standing('dust');
			expect(dust).toMatchObject({ deviceId: STATION, level: 'notice', limit: 150 });
			const card = await alarmCard(database().read, work.live, SYSTEM, dust!.id, work.now.getTime());
			expect(card!.curve.at(-1)?.value).toBe(180);
		} finally {
			await work.close();
		}
		expect(work.faults).toEqual([]);
	});
});
