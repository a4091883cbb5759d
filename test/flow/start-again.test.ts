// A server that starts again takes the seat of the judge and reads the past back, once.

import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { SYSTEM } from '#lib/domain/access/scope.ts';
import { startLive } from '#lib/server/live/live-part.ts';
import { alarmsInScope } from '#lib/server/repositories/alarm.ts';
import { aRegister } from '../builders.ts';
import { onBoth } from '../database/both.ts';
import { AtWork } from './at-work.ts';

/** The seat is taken while the past is read: which of the two is faster was left to chance. */
const STARTS = 12;

onBoth('starting again', (database) => {
	test('ends no alarm of a crane that has said nothing since', async () => {
		await aRegister(database().ingest)
			.withTown('330109001', '城厢街道', [120.27, 30.17])
			.withSite({ name: '工地', town: '330109001', at: [120.27, 30.17] })
			.withCrane({ site: '工地', record: 'A', device: 'TC-1' })
			.build();
		const work = await AtWork.start(database(), '2026-11-20T08:00:00Z');
		await work.keepSending('TC-1', { momentPercent: 104, windMs: 4 }, 4);
		const { now } = work;
		await work.close();
		const faults: unknown[] = [...work.faults];
		for (let start = 1; start <= STARTS; start++) {
			const live = await startLive(database(), {
				now: () => now.getTime() + start * 1000,
				onFault: (error) => faults.push(error),
				sweepEveryMs: 0,
				seat: { id: randomUUID(), isAlone: true },
			});
			await live.close();
		}
		const found = await alarmsInScope(database().read, SYSTEM, { limit: 9, after: 0 });
		expect(found).toMatchObject([{ deviceId: 'TC-1', condition: 'moment', clearedAt: null, life: { isActive: true } }]);
		expect(faults).toEqual([]);
	});
});
