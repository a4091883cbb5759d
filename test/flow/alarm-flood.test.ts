// Ten times the alarms of a bad day, within a minute: a gale over three hundred cranes.

import { beforeAll, expect, test } from 'vitest';
import { SYSTEM } from '#lib/domain/access/scope.ts';
import { alarmsInScope } from '#lib/server/repositories/alarm.ts';
import { aRegister } from '../builders.ts';
import { onBoth } from '../database/both.ts';
import { AtWork } from './at-work.ts';

const TOWNS = 6;
const SITES = 60;
const CRANES = Array.from({ length: 300 }, (_, i) => `TC-${i}`);
/** ISA-18.2: more than ten in ten minutes are more than a person can take in. */
const FEW = 10;

onBoth('a flood of alarms', (database) => {
	beforeAll(async () => {
		const register = aRegister(database().ingest);
		for (let town = 1; town <= TOWNS; town++)
			register.withTown(`33010900${town}`, `镇 ${town}`, [120.2 + town / 50, 30.17]);
		for (let site = 0; site < SITES; site++) {
			const town = (site % TOWNS) + 1;
			register.withSite({
				name: `工地 ${site}`,
				town: `33010900${town}`,
				at: [120.2 + town / 50, 30.17 + site / 10_000],
			});
		}
		for (const [i, device] of CRANES.entries())
			register.withCrane({ site: `工地 ${i % SITES}`, record: `浙A-${i}`, device });
		await register.build();
	});

	test(
		'F-26 is grouped: few things ask for a person, and none of the alarms is lost in the list',
		{ timeout: 240_000 },
		async () => {
			const work = await AtWork.start(database(), '2026-11-20T08:00:00Z');
			for (let i = 0; i < 30; i++) {
				await work.send(...CRANES.map((device) => work.reading(device, { windMs: 14 })));
				work.pass(5);
			}
			await work.live.outbox.drained();
			const alarms = await alarmsInScope(database().read, SYSTEM, { limit: 1000, after: 0 });
			const own = alarms.filter(({ condition }) => condition === 'wind');
			expect(new Set(own.map(({ deviceId }) => deviceId)).size).toBe(CRANES.length);
			expect(own).toHaveLength(CRANES.length);
			const asks = new Set(alarms.map(({ id, incidentId }) => incidentId ?? id));
			expect(asks.size).toBeLessThanOrEqual(FEW);
			await work.close();
			expect(work.faults).toEqual([]);
		},
	);
});
