// What judging has learned is not forgotten by a restart: where a mast stood in calm, readings in a row, points that
// agree, values that do not move.

import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { groupRules } from '#db/rules/alarm.ts';
import { machineRules } from '#db/rules/machine.ts';
import { SYSTEM } from '#lib/domain/access/scope.ts';
import { fromGeoJson } from '#lib/server/db/geo.ts';
import { learn } from '#lib/server/ingest/ways-in.ts';
import { alarmsInScope } from '#lib/server/repositories/alarm.ts';
import { aRegister } from '../builders.ts';
import { onBoth } from '../database/both.ts';
import { AtWork } from './at-work.ts';

const CALM = { windMs: 2, momentPercent: 3 };
const LOADED = { windMs: 2, momentPercent: 60 };
const SAMPLES = machineRules.baseline.samples.value;

onBoth('a restart', (database) => {
	let work: AtWork;

	beforeEach(async () => {
		work = await AtWork.start(database(), '2026-11-20T08:00:00Z');
	});
	afterEach(async () => {
		expect(work.faults).toEqual([]);
		await work.close();
		await sql`truncate town, source, device, reading, alarm, incident, rule_change cascade`.execute(database().ingest);
	});

	async function register(build: (builder: ReturnType<typeof aRegister>) => typeof builder): Promise<void> {
		const begun = aRegister(database().ingest)
			.withTown('330109001', '城厢街道', [120.27, 30.17])
			.withSite({ name: '工地', town: '330109001', at: [120.27, 30.17] });
		await build(begun).build();
		await work.live.registerChanged();
	}

	async function restart(): Promise<void> {
		const at = work.now.toISOString();
		await work.live.outbox.drained();
		await work.close();
		expect(work.faults).toEqual([]);
		work = await AtWork.start(database(), at);
	}

	async function raised(): Promise<{ condition: string; level: string; value: number | null }[]> {
		await work.live.outbox.drained();
		const rows = await alarmsInScope(database().read, SYSTEM, { limit: 100, after: 0 });
		return rows
			.filter(({ condition }) => condition !== 'offline')
			.map(({ condition, level, value }) => ({ condition, level, value: value && Math.round(value * 100) / 100 }));
	}

	const aCrane = () => register((builder) => builder.withCrane({ site: '工地', record: '浙A-1', device: 'TC-1' }));

	const WARNED = [{ condition: 'tilt', level: 'warning', value: 0.7 }];

	test.each([
		['never', []],
		['between baseline and tilt', [SAMPLES]],
		['while the baseline is learned, twice', [7, 20]],
	])('%s gives the same alarm of a mast that leans away from its baseline', async (_, after) => {
		await aCrane();
		for (let i = 1; i <= SAMPLES; i++) {
			await work.keepSending('TC-1', { ...CALM, tiltDeg: 0.4 }, 1);
			if (!(after as number[]).includes(i)) continue;
			// Longer than anything that is shown once more at a start.
			await work.keepSending('TC-1', { ...LOADED, tiltDeg: 0.4 }, 60);
			await restart();
		}
		// From the vertical it would be 1.1°, and grave.
		await work.keepSending('TC-1', { ...LOADED, tiltDeg: 1.1 }, 5);
		expect(await raised()).toEqual(WARNED);
	});

	test('long after which the readings that taught it are gone leaves a baseline as it was', async () => {
		await aCrane();
		await work.keepSending('TC-1', { ...CALM, tiltDeg: 0.4 }, SAMPLES);
		await restart();
		await sql`truncate reading`.execute(database().ingest);
		await restart();
		await work.keepSending('TC-1', { ...LOADED, tiltDeg: 1.1 }, 5);
		expect(await raised()).toEqual(WARNED);
	});

	test('does not bring back the baseline of before a climb', async () => {
		await aCrane();
		await work.keepSending('TC-1', { ...CALM, tiltDeg: 0.4 }, SAMPLES);
		await work.keepSending('TC-1', { ...CALM, tiltDeg: 0.4, climbing: true }, 60);
		await restart();
		await work.keepSending('TC-1', { ...LOADED, tiltDeg: 1.1 }, 5);
		expect(await raised()).toEqual([{ condition: 'tilt', level: 'danger', value: 1.1 }]);
	});

	test('does not give a crane the baseline of the crane its monitor was on before', async () => {
		await register((builder) =>
			builder.withCrane({ site: '工地', record: '浙A-1', device: 'TC-1' }).withCrane({ site: '工地', record: '浙A-2' }),
		);
		await work.keepSending('TC-1', { ...CALM, tiltDeg: 0.4 }, SAMPLES);
		await work.live.outbox.drained();
		await sql`
			update device_binding set installation_id = (
				select installation.id from installation join machine on machine.id = installation.machine_id
				where machine.property_record_no = '浙A-2'
			), bound_from = ${work.now}`.execute(database().ingest);
		await restart();
		await work.keepSending('TC-1', { ...LOADED, tiltDeg: 1.1 }, 5);
		expect(await raised()).toEqual([{ condition: 'tilt', level: 'danger', value: 1.1 }]);
	});

	test.each([
		['with a silence', 35, 0],
		['without one', 0, 1],
	])('lets nothing go on counting over a silence that lay before the last reading: %s', async (_, silentS, many) => {
		await aCrane();
		// The mean of two minutes has been above the limit for three quarters of the minute that is asked for.
		await work.keepSending('TC-1', { windMs: 4 }, 26);
		await work.keepSending('TC-1', { windMs: 14 }, 26);
		work.pass(silentS);
		await work.keepSending('TC-1', { windMs: 14 }, 1);
		await restart();
		await work.keepSending('TC-1', { windMs: 14 }, 3);
		expect((await raised()).filter(({ condition }) => condition === 'wind')).toHaveLength(many);
	});

	test('goes on counting the readings in a row of a pit point that moves too fast', async () => {
		await register((builder) => builder.withPit({ site: '工地', name: '基坑', points: ['CX-1'] }));
		await sql`update monitor_point set design_cumulative_mm = 100, design_rate_mm_per_day = 4`.execute(
			database().ingest,
		);
		await work.live.registerChanged();
		const move = async (mm: number, times: number) => {
			for (let i = 0; i < times; i++) {
				await work.keepSending('CX-1', { cumulativeMm: (at += mm) }, 1, 600);
			}
		};
		let at = 10;
		// Seven hours at rest; then 3.4 mm a day for two readings. The third in a row is an alarm.
		await move(0, 40);
		await move(0.85, 1);
		await move(0.02, 1);
		expect(await raised()).toEqual([]);
		await restart();
		await move(0.02, 1);
		expect((await raised()).map(({ condition, level }) => ({ condition, level }))).toEqual([
			{ condition: 'rate', level: 'warning' },
		]);
	});

	test('goes on counting how often the points of a side agreed', async () => {
		await register((builder) => builder.withPit({ site: '工地', name: '基坑', points: ['CX-1', 'CX-2', 'CX-3'] }));
		const pit = await database().read.selectFrom('pit').selectAll().executeTakeFirstOrThrow();
		const line = fromGeoJson({
			type: 'LineString',
			coordinates: [
				[120.27, 30.17],
				[120.271, 30.17],
			],
		});
		const side = {
			id: randomUUID(),
			pit_id: pit.id,
			name: '东侧',
			grade: 'II' as const,
			source_id: pit.source_id,
			line,
		};
		await database().ingest.insertInto('pit_side').values(side).execute();
		await database()
			.ingest.updateTable('monitor_point')
			.set({ design_cumulative_mm: 100, design_rate_mm_per_day: 1000, side_id: side.id })
			.execute();
		await work.live.registerChanged();
		const say = async (mm: number, ...points: string[]) => {
			for (const point of points) {
				await work.send(work.reading(point, { cumulativeMm: mm }));
				work.pass(1);
			}
		};
		await say(20, 'CX-1', 'CX-2', 'CX-3');
		// Two points agree from here on; the side waits for a second time.
		await say(90, 'CX-1', 'CX-2');
		expect(await raised()).toEqual([]);
		await restart();
		const ofSide = async () => (await raised()).filter(({ condition }) => condition === 'side');
		// The next round is heard to where they agreed before it counts.
		await say(90, 'CX-1');
		expect(await ofSide()).toEqual([]);
		await restart();
		await say(90, 'CX-2');
		expect(await ofSide()).toHaveLength(1);
	});

	describe('near misses of jibs, switched on', () => {
		/** Two cranes of one height, jibs of 55 m, 114 m apart: tip to tip there are four metres between them. */
		async function aPair(): Promise<void> {
			await register((builder) =>
				builder
					.withSite({ name: '东工地', town: '330109001', at: [120.27 + 114 / 96_240, 30.17] })
					.withCrane({ site: '工地', record: '浙A-1', device: 'TC-1' })
					.withCrane({ site: '东工地', record: '浙A-2', device: 'TC-2' }),
			);
			await database().ingest.updateTable('installation').set({ height_m: 40 }).execute();
			const on = { rule_key: 'towerCrane.jib', scope_kind: 'bureau' as const, values: JSON.stringify({ isOn: 1 }) };
			await database()
				.ingest.insertInto('rule_change')
				.values({
					...{ id: randomUUID(), ...on, valid_from: work.now, reason: '回测通过', state: 'active' },
					...{ created_at: work.now, created_by: 'test', created_by_name: '测试', activated_at: work.now },
				})
				.execute();
			await restart();
		}
		const turn = async (west: number, east: number) => {
			await work.keepSending('TC-1', { slewDeg: west, radiusM: 30, momentPercent: 10 }, 1, 2);
			await work.keepSending('TC-2', { slewDeg: east, radiusM: 30, momentPercent: 10 }, 1, 3);
		};
		const AWAY = [0, 0] as const;
		const TOWARDS = [90, 270] as const;
		const ofJib = async () => {
			await work.live.outbox.drained();
			const rows = await alarmsInScope(database().read, SYSTEM, { limit: 100, after: 0 });
			return rows
				.filter(({ condition }) => condition === 'jib')
				.map(({ level, clearedAt, peak, count }) => [level, clearedAt === null, Math.round(peak!), count]);
		};

		test.each([
			['never', () => Promise.resolve()],
			['between the two poses that it needs', restart],
		])('%s: the same alarm', async (_, between) => {
			await aPair();
			await turn(...AWAY);
			await turn(...TOWARDS);
			expect(await ofJib()).toEqual([]);
			await between();
			await work.keepSending('TC-1', { slewDeg: 90, radiusM: 30, momentPercent: 10 }, 1, 2);
			expect(await ofJib()).toEqual([]);
			await work.keepSending('TC-2', { slewDeg: 270, radiusM: 30, momentPercent: 10 }, 1, 3);
			expect(await ofJib()).toEqual([['warning', true, 4, 1]]);
		});

		test('an open one goes on, and is over a minute after the jibs have parted', async () => {
			await aPair();
			for (let i = 0; i < 3; i++) await turn(...TOWARDS);
			await restart();
			await turn(...TOWARDS);
			expect(await ofJib()).toEqual([['warning', true, 4, 1]]);
			for (let i = 0; i < 6; i++) await turn(...AWAY);
			await restart();
			for (let i = 0; i < 4; i++) await turn(...AWAY);
			expect(await ofJib()).toEqual([['warning', true, 4, 1]]);
			for (let i = 0; i < 4; i++) await turn(...AWAY);
			expect(await ofJib()).toEqual([['warning', false, 4, 1]]);
		});

		test('a neighbour that has not spoken since says nothing of its jib', async () => {
			await aPair();
			await turn(...TOWARDS);
			// Longer than a pose is believed.
			work.pass(groupRules.poseFor.value + 1);
			await restart();
			for (let i = 0; i < 4; i++) await work.keepSending('TC-1', { slewDeg: 90, radiusM: 30 }, 1, 5);
			expect(await ofJib()).toEqual([]);
		});
	});

	test('does not make a stuck anemometer count as calm again', async () => {
		await aCrane();
		const quality = async () => {
			await work.send(work.reading('TC-1', { windMs: 3.3, momentPercent: 20 }));
			const { rows } = await sql<{ quality: unknown }>`
				select quality from reading order by observed_at desc limit 1`.execute(database().read);
			return rows[0]!.quality;
		};
		for (let hour = 0; hour < 11; hour++) {
			await quality();
			work.pass(3600);
		}
		await learn(database().ingest, work.live.state.devices, work.now.getTime());
		await restart();
		expect(await quality()).toBeNull();
		work.pass(2 * 3600);
		expect(await quality()).toEqual({ windMs: 'flatLined' });
		await restart();
		expect(work.levelOf('浙A-1 塔吊')).toBe('unknown');
	});
});
