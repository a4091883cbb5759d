import { sql } from 'kysely';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { skewS } from '#lib/domain/device/habit.ts';
import { deviceRules } from '#db/rules/device.ts';
import { learn } from '#lib/server/ingest/ways-in.ts';
import { aRegister } from '../builders.ts';
import { onBoth } from '../database/both.ts';
import { AtWork } from './at-work.ts';

const CRANE = '浙A-001 塔吊';
const OTHER = '浙A-002 塔吊';

onBoth('truth about data', (database) => {
	let work: AtWork;
	let day = Date.parse('2026-11-20T08:00:00Z');

	beforeAll(async () => {
		await aRegister(database().ingest)
			.withTown('330109001', '城厢街道', [120.27, 30.17])
			.withSite({ name: '工地', town: '330109001', at: [120.27, 30.17] })
			.withCrane({ site: '工地', record: '浙A-001', device: 'TC-1' })
			.withCrane({ site: '工地', record: '浙A-002' })
			.build();
	});
	beforeEach(async () => {
		work = await AtWork.start(database(), new Date((day += 86_400_000)).toISOString());
	});
	afterEach(async () => {
		await work.close();
		expect(work.faults).toEqual([]);
	});

	const newest = async () => {
		const { rows } = await sql<{ quality: unknown; values: Record<string, unknown>; gateway_at: Date | null }>`
			select quality, values, gateway_at from reading order by received_at desc, observed_at desc limit 1`.execute(
			database().read,
		);
		return rows[0]!;
	};

	test('a value out of range is stored with its quality, and its crane is unknown, never normal', async () => {
		await work.send(work.reading('TC-1', { momentPercent: 40, windMs: 500 }));
		expect(await newest()).toMatchObject({ quality: { windMs: 'outOfRange' }, values: { windMs: 500 } });
		expect(work.levelOf(CRANE)).toBe('unknown');
	});

	test('text where a number belongs is refused by itself, stored nowhere and makes nothing normal', async () => {
		const answer = await work.send(
			work.reading('TC-1', { momentPercent: '40', windMs: 3 }, 5, 1),
			work.reading('TC-1', { momentPercent: 'x', windMs: 3 }, 4, 2),
		);
		expect(answer).toMatchObject({ accepted: 0, rejected: [{ index: 0, code: 'bad-value' }, { index: 1 }] });
		expect(answer.rejected[1]!.message).toContain('values.momentPercent is the text “x”; expected a number');
		expect(work.levelOf(CRANE)).not.toBe('normal');
		expect(await work.send(work.reading('TC-1', { windMs: 3 }, 3, 3))).toMatchObject({ accepted: 1 });
	});

	test('text that its sender calls invalid is stored, marked and never calm', async () => {
		await work.send({
			...work.reading('TC-1', { momentPercent: 'NaN', windMs: 3 }),
			quality: { momentPercent: 'invalid' },
		});
		expect(await newest()).toMatchObject({ quality: { momentPercent: 'invalid' } });
		expect(work.levelOf(CRANE)).toBe('unknown');
	});

	test('a value the device flags itself is not judged: an overload it calls faulty raises nothing', async () => {
		const reading = {
			...work.reading('TC-1', { momentPercent: 150, windMs: 3 }),
			quality: { momentPercent: 'flagged' },
		};
		await work.send(reading);
		work.pass(10);
		expect(work.levelOf(CRANE)).not.toBe('normal');
		expect(work.levelOf(CRANE)).not.toBe('danger');
	});

	test('wind that stands still for half a day turns its crane unknown', async () => {
		const at = (hours: number) => new Date(work.now.getTime() + hours * 3_600_000).toISOString();
		const start = work.now;
		for (const hours of [0, 6, 12]) {
			await work.send({ device: 'TC-1', at: at(0), values: { windMs: 4.2, momentPercent: 30 + hours } });
			expect(work.levelOf(CRANE)).toBe('normal');
			if (hours < 12) work.pass(6 * 3600);
		}
		work.pass(60);
		await work.send({ device: 'TC-1', at: at(0), values: { windMs: 4.2, momentPercent: 31 } });
		expect((work.now.getTime() - start.getTime()) / 3_600_000).toBeGreaterThan(12);
		expect(await newest()).toMatchObject({ quality: { windMs: 'flatLined' } });
		expect(work.levelOf(CRANE)).toBe('unknown');
	}, 120_000);

	test('the gateway’s time is kept beside the device’s and the server’s, and the device’s skew is told by it', async () => {
		for (let i = 0; i < 25; i++) {
			const gatewayAt = new Date(work.now.getTime() - 3000 + 120_000).toISOString();
			await work.send({ ...work.reading('TC-1', { windMs: i }, 3), gatewayAt });
			work.pass(5);
		}
		expect((await newest()).gateway_at).not.toBeNull();
		expect(skewS(work.live.state.devices.get('TC-1')!.habit, deviceRules.habit)).toBeCloseTo(-120);
	});

	test('a device moved to another machine judges by the machine of that time', async () => {
		await work.keepSending('TC-1', { momentPercent: 40 }, 2);
		const other = await database()
			.read.selectFrom('installation')
			.innerJoin('machine', 'machine.id', 'installation.machine_id')
			.select(['installation.id', 'installation.source_id'])
			.where('property_record_no', '=', '浙A-002')
			.executeTakeFirstOrThrow();
		const moved = work.now;
		await database()
			.ingest.updateTable('device_binding')
			.set({ bound_to: moved })
			.where('bound_to', 'is', null)
			.execute();
		await database()
			.ingest.insertInto('device_binding')
			.values({
				id: randomUUID(),
				device_id: 'TC-1',
				installation_id: other.id,
				bound_from: moved,
				source_id: other.source_id,
			})
			.execute();
		await work.live.registerChanged();
		await work.send(work.reading('TC-1', { momentPercent: 110 }, 30), work.reading('TC-1', { momentPercent: 111 }, 20));
		work.pass(5);
		expect(work.levelOf(OTHER)).toBe('unknown');
		await work.send(work.reading('TC-1', { momentPercent: 20 }));
		expect(work.levelOf(OTHER)).toBe('normal');
	});

	test('a device that reports less often than registered is not late once its habit is learned', async () => {
		const device = work.live.state.devices.get('TC-1')!;
		for (let i = 0; i < 30; i++) {
			await work.send(work.reading('TC-1', { momentPercent: 20 }));
			work.pass(15);
		}
		await learn(database().ingest, work.live.state.devices, work.now.getTime());
		expect(device.intervalS).toBeGreaterThanOrEqual(15);
		await work.send(work.reading('TC-1', { momentPercent: 20 }));
		work.pass(15);
		expect(device.presence).toBe('fresh');
		const kept = await database().read.selectFrom('device_habit').selectAll().executeTakeFirstOrThrow();
		expect(kept.interval_s).toBeGreaterThanOrEqual(15);
	});
});
