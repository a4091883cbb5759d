// A pit sensor that was changed and counts from nothing: nobody's movement, once somebody says so.

import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SYSTEM } from '#lib/domain/access/scope.ts';
import type { Principal, Role } from '#lib/domain/access/principal.ts';
import type { Caller } from '#lib/server/auth/caller.ts';
import { undoImport } from '#lib/server/commands/undo-import.ts';
import { zeroPoint } from '#lib/server/commands/zero-point.ts';
import { alarmsInScope } from '#lib/server/repositories/alarm.ts';
import { pitSection } from '#lib/server/rules/pit-section.ts';
import { aRegister } from '../builders.ts';
import { onBoth } from '../database/both.ts';
import { AtWork } from './at-work.ts';

const TOWN = '330109001';
const HALF_AN_HOUR_MS = 1_800_000;

onBoth('a pit sensor set to zero anew', (database) => {
	const db = () => database().ingest;
	let work: AtWork;
	let point: string;

	beforeEach(async () => {
		await aRegister(db())
			.withTown(TOWN, '城厢街道', [120.27, 30.17])
			.withTown('330109002', '北干街道', [120.3, 30.17])
			.withSite({ name: '工地', town: TOWN, at: [120.27, 30.17] })
			.withPit({ site: '工地', name: '1号基坑', points: ['CX-1'] })
			.build();
		await db().updateTable('monitor_point').set({ design_cumulative_mm: 40, design_rate_mm_per_day: 3 }).execute();
		point = (await db().selectFrom('monitor_point').select('id').executeTakeFirstOrThrow()).id;
		work = await AtWork.start(database(), '2026-11-20T00:00:00Z');
		await say(20, 24);
	});
	afterEach(async () => {
		expect(work.faults).toEqual([]);
		await work.close();
		await sql`truncate town, source, device, reading, alarm, incident, audit cascade`.execute(db());
	});

	async function say(cumulativeMm: number, times: number): Promise<void> {
		for (let i = 0; i < times; i++) {
			await work.send(work.reading('CX-1', { cumulativeMm }));
			work.tick(HALF_AN_HOUR_MS);
		}
	}
	const by = (role: Role, area = '330109'): Caller => ({
		principal: {
			...{ kind: 'person', id: '5d9c1d0e-3f0f-4e1e-9d3b-2f9c36f5a001', name: '沈岚', isDemo: false },
			grants: [{ role, area, layers: ['public', 'supervision'] }],
		} as Principal,
		...{ address: null, now: work.now },
	});
	const zeroed = async (at = work.now) => {
		const wish = { at: at.toISOString(), kept: null, reason: '更换传感器' };
		const done = await zeroPoint(db(), by('analyst'), point, wish);
		await work.live.registerChanged();
		return done;
	};
	async function alarms() {
		await work.live.outbox.drained();
		const rows = await alarmsInScope(database().read, SYSTEM, { limit: 10, after: 0 });
		return rows
			.filter(({ condition }) => condition !== 'offline')
			.map(({ condition, level, value }) => [condition, level, value]);
	}
	async function shownPoint() {
		const pit = (await db().selectFrom('pit').select('id').executeTakeFirstOrThrow()).id;
		return (await pitSection(database().read, SYSTEM, pit, work.now))!.points[0]!;
	}

	test('of which nobody says so is an alarm: it may be movement', async () => {
		await say(0, 14);
		expect(await alarms()).toEqual([['rate', 'danger', expect.any(Number)]]);
	});

	test('is no movement, and the point goes on from what it had reached, over a restart too', async () => {
		expect(await zeroed()).toMatchObject({ kept: 20 });
		await say(0, 14);
		expect(await alarms()).toEqual([]);
		const at = work.now.toISOString();
		await work.close();
		work = await AtWork.start(database(), at);
		await say(0.2, 14);
		expect(await alarms()).toEqual([]);
		await say(9, 2);
		expect(await alarms()).toContainEqual(['cumulative', 'notice', 29]);
		expect(await shownPoint()).toMatchObject({
			latest: { value: 29 },
			zeroings: [{ kept: 20, reason: '更换传感器', by: '沈岚' }],
		});
	});

	test('may be said afterwards: the step that had alarmed is none from then on', async () => {
		const at = work.now;
		await say(0, 10);
		expect(await alarms()).toEqual([['rate', 'danger', expect.any(Number)]]);
		await zeroed(at);
		await say(0, 3);
		expect(await alarms()).toHaveLength(1);
		expect((await shownPoint()).ratePerDay).toBeCloseTo(0, 6);
	});

	test('twice keeps the sum, and taken back it is as before', async () => {
		await zeroed();
		await say(3, 2);
		const second = await zeroed();
		expect(second).toMatchObject({ kept: 23 });
		await say(1, 1);
		expect((await shownPoint()).latest).toMatchObject({ value: 24 });
		await undoImport(db(), by('analyst'), second.sourceId);
		expect((await shownPoint()).zeroings).toHaveLength(1);
		expect((await shownPoint()).latest).toMatchObject({ value: 21 });
	});

	test('is recorded with its reason, by whoever keeps the register there, never ahead and never before the last one', async () => {
		const wish = { at: work.now.toISOString(), kept: 20, reason: '更换传感器' };
		const ask = (caller: Caller, change = {}) => zeroPoint(db(), caller, point, { ...wish, ...change });
		await expect(ask(by('dutyOfficer'))).rejects.toMatchObject({ code: 'forbidden' });
		await expect(ask(by('supervisor', '330109002'))).rejects.toMatchObject({ code: 'not-found' });
		await expect(ask(by('analyst'), { at: '2027-01-01T00:00:00Z' })).rejects.toMatchObject({ code: 'bad-input' });
		await expect(ask(by('analyst'), { at: '2026-11-19T00:00:00Z', kept: null })).rejects.toThrow(/清零前的累计值/);
		await ask(by('supervisor', TOWN));
		await expect(ask(by('analyst'))).rejects.toThrow(/上一次清零/);
		const { rows } = await sql<{ detail: unknown }>`
			select detail from audit where action = 'register:edit' order by seq desc limit 1`.execute(db());
		expect(rows[0]!.detail).toMatchObject({ kept: 20, reason: '更换传感器' });
	});
});
