import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { SYSTEM } from '#lib/domain/access/scope.ts';
import { logEnds, replayAfter } from '#lib/server/events/log.ts';
import { sql } from 'kysely';
import { aRegister } from '../builders.ts';
import { onBoth } from '../database/both.ts';
import { AtWork } from './at-work.ts';

const CRANE = '浙A-001 塔吊';
const SITE = '奥体中心三期';

onBoth('from a reading to an event', (database) => {
	let work: AtWork;
	let day = Date.parse('2026-11-20T08:00:00Z');

	beforeAll(async () => {
		await aRegister(database().ingest)
			.withTown('330109001', '城厢街道', [120.27, 30.17])
			.withSite({ name: SITE, town: '330109001', at: [120.27, 30.17] })
			.withSite({ name: '停工工地', town: '330109001', at: [120.28, 30.18], state: 'stopped' })
			.withCrane({ site: SITE, record: '浙A-001', device: 'TC-1' })
			.withCrane({ site: '停工工地', record: '浙A-002', device: 'TC-2' })
			.withPit({ site: SITE, name: '一号基坑', points: ['CX-1'] })
			.build();
	});
	beforeEach(async () => {
		// Every test has a day of its own.
		work = await AtWork.start(database(), new Date((day += 86_400_000)).toISOString());
	});
	afterEach(async () => {
		await work.close();
		expect(work.faults).toEqual([]);
	});

	/** The end of the log once everything found so far stands in it. */
	const mark = async () => {
		await work.live.outbox.drained();
		return (await logEnds(database().read)).newest;
	};
	const events = async (after: number) => {
		await work.live.outbox.drained();
		const replay = await replayAfter(database().read, after, 1000, SYSTEM);
		return replay.ok ? replay.events : [];
	};
	const told = async (after: number) =>
		(await events(after))
			.filter(({ subject }) => subject.kind !== 'site')
			.map(({ type, data }) =>
				type === 'object:level' ? `${data['from']} → ${data['to']}` : `${type} ${data['level']}`,
			);
	const openAlarms = async () => {
		await work.live.outbox.drained();
		const open = await database().read.selectFrom('alarm').select('id').where('cleared_at', 'is', null).execute();
		return open.length;
	};

	test('nothing is known before a device has spoken', () => {
		expect(work.levelOf(CRANE)).toBe('unknown');
		expect(work.levelOf(SITE)).toBe('unknown');
	});

	test('a calm reading is acknowledged, stored and makes its crane and its site normal', async () => {
		const newest = await mark();
		expect(await work.send(work.reading('TC-1', { momentPercent: 41.5, windMs: 3 }, 1, 7))).toEqual({
			accepted: 1,
			duplicates: 0,
			rejected: [],
		});
		const { rows } = await sql<{ n: string }>`
			select count(*) as n from reading where seq = 7 and values = '{"momentPercent": 41.5, "windMs": 3}'`.execute(
			database().read,
		);
		expect(Number(rows[0]!.n)).toBe(1);
		expect(work.levelOf(CRANE)).toBe('normal');
		expect(work.levelOf(SITE)).toBe('normal');
		expect(await told(newest)).toEqual(['unknown → normal']);
	});

	test('an overload becomes one alarm, in the register of alarms and in the log, and is over when it is over', async () => {
		await work.keepSending('TC-1', { momentPercent: 60, windMs: 3 }, 2);
		const newest = await mark();
		await work.keepSending('TC-1', { momentPercent: 104, windMs: 3 }, 3);
		expect(work.levelOf(CRANE)).toBe('danger');
		expect(await openAlarms()).toBe(1);
		await work.keepSending('TC-1', { momentPercent: 107, windMs: 3 }, 2);
		expect(await openAlarms()).toBe(1);
		await work.keepSending('TC-1', { momentPercent: 30, windMs: 3 }, 8);
		expect(work.levelOf(CRANE)).toBe('normal');
		expect(await told(newest)).toEqual([
			'alarm:raised danger',
			'normal → danger',
			'alarm:cleared danger',
			'danger → normal',
		]);
		const row = await database()
			.read.selectFrom('alarm')
			.selectAll()
			.orderBy('raised_at', 'desc')
			.executeTakeFirstOrThrow();
		expect(row).toMatchObject({ condition: 'moment', peak: 107, limit_value: 100, unit: '%', count: 1, revision: 2 });
		expect(row.cleared_at).not.toBeNull();
	});

	test('F-19 the same readings again are duplicates and fire nothing', async () => {
		const readings = [0, 5, 10, 15].map((agoS) => work.reading('TC-1', { momentPercent: 104 }, agoS)).reverse();
		await work.send(...readings);
		work.pass(1);
		const after = await mark();
		for (let i = 0; i < 4; i++)
			expect(await work.send(...readings, ...readings)).toEqual({ accepted: 0, duplicates: 8, rejected: [] });
		expect(await told(after)).toEqual([]);
		await work.keepSending('TC-1', { momentPercent: 10 }, 10);
		expect(await openAlarms()).toBe(0);
	});

	test('F-20 late readings are stored, and an overload of an hour ago raises nothing', async () => {
		await work.keepSending('TC-1', { momentPercent: 50 }, 2);
		const newest = await mark();
		const late = Array.from({ length: 20 }, (_, i) => work.reading('TC-1', { momentPercent: 110 }, 3600 + i * 5));
		expect(await work.send(...late)).toMatchObject({ accepted: 20, duplicates: 0 });
		work.pass(3);
		expect(await told(newest)).toEqual([]);
		expect(work.levelOf(CRANE)).toBe('normal');
	});

	test('readings that come hours late as the first word of a device raise nothing either', async () => {
		const newest = await mark();
		await work.send(...[3600, 3595, 3590].map((agoS) => work.reading('TC-1', { momentPercent: 110 }, agoS)));
		work.pass(5);
		expect(await told(newest)).not.toContain('alarm:raised danger');
		expect(work.levelOf(CRANE)).toBe('unknown');
	});

	test('F-32 a device that falls silent turns unknown by itself, then offline; the first frame ends it', async () => {
		await work.keepSending('TC-1', { momentPercent: 50 }, 3);
		const newest = await mark();
		work.pass(5);
		expect(work.levelOf(CRANE)).toBe('normal');
		work.pass(1);
		expect(work.levelOf(CRANE)).toBe('unknown');
		work.pass(5);
		expect(await told(newest)).toEqual(['normal → unknown', 'alarm:raised notice']);
		await work.send(work.reading('TC-1', { momentPercent: 50 }));
		expect((await told(newest)).slice(2)).toEqual(['alarm:cleared notice', 'unknown → normal']);
	});

	test('an alarm that was open when its device fell silent stays open, but its crane is unknown', async () => {
		await work.keepSending('TC-1', { momentPercent: 104 }, 3);
		work.pass(20);
		expect(work.levelOf(CRANE)).toBe('unknown');
		await work.live.outbox.drained();
		expect(await openAlarms()).toBe(2);
		await work.keepSending('TC-1', { momentPercent: 20 }, 10);
		await work.live.outbox.drained();
		expect(await openAlarms()).toBe(0);
	});

	test('on a stopped site silence is off and no alarm', async () => {
		await work.keepSending('TC-2', { momentPercent: 10 }, 3);
		expect(work.levelOf('停工工地')).toBe('normal');
		work.pass(60);
		expect(work.levelOf('停工工地')).toBe('off');
		const alarms = database().read.selectFrom('alarm').selectAll().where('device_id', '=', 'TC-2');
		await work.live.outbox.drained();
		expect(await alarms.execute()).toEqual([]);
	});

	test('a pit point without a designer’s value stays unknown however calm it is', async () => {
		await work.send(work.reading('CX-1', { cumulativeMm: 1 }));
		expect(work.levelOf('CX-1')).toBe('unknown');
		expect(work.levelOf('一号基坑')).toBe('unknown');
	});

	describe('after a restart', () => {
		test('an open alarm goes on, is not raised again, and silence of the restart raises no storm', async () => {
			await work.keepSending('TC-1', { momentPercent: 104 }, 3);
			await work.close();
			const newest = await mark();
			const alarm = await database()
				.read.selectFrom('alarm')
				.select('id')
				.where('cleared_at', 'is', null)
				.executeTakeFirstOrThrow();

			work = await AtWork.start(database(), new Date(work.now.getTime() + 60_000).toISOString());
			work.pass(9);
			expect(await told(newest)).toEqual([]);
			expect(work.levelOf(CRANE)).toBe('unknown');
			await work.keepSending('TC-1', { momentPercent: 104 }, 2);
			expect(await told(newest)).toEqual(['unknown → danger']);
			await work.keepSending('TC-1', { momentPercent: 20 }, 10);
			const cleared = (await events(newest)).find(({ type }) => type === 'alarm:cleared');
			expect(cleared?.data['id']).toBe(alarm.id);
		});

		test('repeated readings from before it are still duplicates', async () => {
			const reading = work.reading('TC-1', { momentPercent: 12 });
			await work.send(reading);
			await work.close();
			work = await AtWork.start(database(), work.now.toISOString());
			expect(await work.send(reading)).toEqual({ accepted: 0, duplicates: 1, rejected: [] });
		});
	});

	test('a crane that is taken off the register ends its alarms', async () => {
		await work.keepSending('TC-1', { momentPercent: 104 }, 3);
		const newest = await mark();
		await database()
			.ingest.updateTable('device_binding')
			.set({ bound_to: new Date('2026-12-31T00:00:00Z') })
			.where('device_id', '=', 'TC-1')
			.execute();
		await work.live.registerChanged();
		expect(await told(newest)).toEqual(['alarm:cleared danger', 'danger → unknown']);
		expect(await openAlarms()).toBe(0);
	});
});
