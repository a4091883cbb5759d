// When the line of the district breaks, hundreds of devices fall silent. On the board that is one row.

import { sql } from 'kysely';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { boardRows } from '#lib/client/alarm/board-rows.ts';
import { NO_FILTER } from '#lib/client/alarm/board-filter.ts';
import { SYSTEM } from '#lib/domain/access/scope.ts';
import { alarmMessage } from '#lib/server/alarms/alarm-row.ts';
import { alarmsInScope } from '#lib/server/repositories/alarm.ts';
import { aRegister } from '../builders.ts';
import { onBoth } from '../database/both.ts';
import { AtWork } from './at-work.ts';

const SITES = 16;
const site = (i: number) => `${i + 1} 号工地`;
/** Every site has two cranes; every fourth a third one that reports once a minute, and a pit behind a gateway. */
const cranes = Array.from({ length: SITES }, (_, i) => [`TC-${i}a`, `TC-${i}b`]).flat();
const slow = Array.from({ length: SITES / 4 }, (_, i) => `TC-${i * 4}c`);
const points = Array.from({ length: SITES / 4 }, (_, i) => [`CX-${i * 4}a`, `CX-${i * 4}b`]).flat();

onBoth('a network loss', (database) => {
	let work: AtWork;
	let day = Date.parse('2026-11-20T08:00:00Z');

	beforeAll(async () => {
		const register = aRegister(database().ingest).withTown('330109001', '城厢街道', [120.27, 30.17]);
		for (let i = 0; i < SITES; i++) {
			register.withSite({ name: site(i), town: '330109001', at: [120.27 + i / 500, 30.17] });
			for (const device of cranes.filter((name) => name.startsWith(`TC-${i}a`) || name === `TC-${i}b`))
				register.withCrane({ site: site(i), record: `浙A-${device}`, device });
			if (i % 4 > 0) continue;
			register.withCrane({ site: site(i), record: `浙A-${i}c`, device: `TC-${i}c`, intervalS: 60 });
			register.withPit({ site: site(i), name: `基坑 ${i}`, points: [`CX-${i}a`, `CX-${i}b`] });
		}
		await register.build();
		await sql`update device set gateway = 'CJ-' || substr(id, 4, length(id) - 4) where kind = 'pitSensor'`.execute(
			database().ingest,
		);
	});
	beforeEach(async () => {
		await sql`truncate notice, escalation, alarm, alarm_step, alarm_seen, incident, reading`.execute(database().ingest);
		work = await AtWork.start(database(), new Date((day += 86_400_000)).toISOString());
	});
	afterEach(async () => {
		expect(work.faults).toEqual([]);
		await work.close();
	});

	/** An ordinary time: each speaks at its own pace and phase. */
	async function ordinary(seconds: number, speaking: (device: string) => boolean = () => true): Promise<void> {
		for (let s = 0; s < seconds; s++) {
			const due = [
				...cranes.filter((_, i) => (s + i) % 5 === 0),
				...slow.filter((_, i) => (s + 13 * i) % 60 === 0),
				...points.filter((_, i) => (s + 71 * i) % 600 === 0),
			].filter(speaking);
			if (due.length > 0)
				await work.send(
					...due.map((device) =>
						work.reading(device, device.startsWith('CX') ? { cumulativeMm: 1 } : { windMs: 3 }, 0, s),
					),
				);
			work.pass(1);
		}
	}
	async function rows(): Promise<string[]> {
		await work.live.outbox.drained();
		const all = await alarmsInScope(database().read, SYSTEM, { limit: 1000, after: 0 });
		const messages = all.map((row) => alarmMessage(row, work.live.describe(row.deviceId, row.objectNo)));
		return boardRows(messages, NO_FILTER).map(
			({ incident, alarms }) => `${incident ? incident.kind : alarms[0]!.condition} ${alarms.length}`,
		);
	}

	test('over the whole district is one row, however long it lasts, and nothing of it stays when the line is back', async () => {
		await ordinary(620);
		expect(await rows()).toEqual([]);
		for (const seconds of [20, 40, 180, 600, 7200]) {
			work.pass(seconds);
			expect((await rows()).length, `after ${seconds} more seconds`).toBeLessThanOrEqual(1);
		}
		expect(await rows()).toEqual(['networkLost 1']);
		const all = await alarmsInScope(database().read, SYSTEM, { limit: 1000, after: 0 });
		expect(all.map(({ condition }) => condition)).toEqual(['networkLost']);
		await ordinary(700);
		expect(await rows()).toEqual([]);
	});

	test('in which a restart falls is the same one row', async () => {
		await ordinary(620);
		work.pass(300);
		await work.live.outbox.drained();
		await work.close();
		work = await AtWork.start(database(), work.now.toISOString());
		work.pass(3600);
		expect(await rows()).toEqual(['networkLost 1']);
		await ordinary(700);
		expect(await rows()).toEqual([]);
	});

	test('of all gateways at once is one row too, while the cranes go on', async () => {
		await ordinary(620);
		await ordinary(4000, (device) => !device.startsWith('CX'));
		expect(await rows()).toEqual(['gatewaysLost 4']);
	});

	test('that a few devices on lines of their own outlive is one row', async () => {
		await ordinary(620);
		await ordinary(3600, (device) => device === 'TC-3a');
		expect(await rows()).toEqual(['networkLost 1']);
		// Theirs are still alarms.
		await work.send(work.reading('TC-3a', { windMs: 3, momentPercent: 106 }));
		work.pass(4);
		expect((await rows()).sort()).toEqual(['moment 1', 'networkLost 1']);
		await ordinary(700);
		expect(await rows()).toEqual(['moment 1']);
	});

	test('is not taken for one when the power of a few sites fails', async () => {
		await ordinary(620);
		await ordinary(600, (device) => !/^TC-[0-4][a-c]$/.test(device));
		expect(await rows()).toEqual(['powerCut 5']);
	});
});
