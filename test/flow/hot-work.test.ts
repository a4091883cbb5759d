// What a welding machine says becomes a pin: from its start to its stop, unknown when it falls silent, gone in the end;
// the same after a restart.

import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { hotWorkRules } from '#db/rules/hot-work.ts';
import { SYSTEM, type Scope } from '#lib/domain/access/scope.ts';
import { replayAfter } from '#lib/server/events/log.ts';
import { takeMessage } from '#lib/server/ingest/mqtt/take-message.ts';
import { aRegister } from '../builders.ts';
import { onBoth } from '../database/both.ts';
import { AtWork } from './at-work.ts';

const AT: [number, number] = [120.27, 30.17];
const UNKNOWN_S = hotWorkRules.unknownAfter.value;
const GONE_S = hotWorkRules.goneAfter.value;

onBoth('a welding machine', (database) => {
	let work: AtWork;

	beforeEach(async () => {
		await aRegister(database().ingest)
			.withTown('330109001', '城厢街道', AT)
			.withSite({ name: '工地', town: '330109001', at: AT })
			.withSiteDevice('工地', 'hotWork', 'HJ-1')
			.build();
		work = await AtWork.start(database(), '2026-11-20T08:00:00Z');
	});
	afterEach(async () => {
		expect(work.faults).toEqual([]);
		await work.close();
		await sql`truncate town, source, device, reading, alarm, incident, event_log cascade`.execute(database().ingest);
	});

	const say = (action: 'start' | 'stop', more: object = {}) =>
		takeMessage(
			work.intake,
			'site/P/hotWork/HJ-1/telemetry',
			Buffer.from(JSON.stringify({ deviceId: 'HJ-1', ts: work.now.toISOString(), action, ...more })),
		);
	const pins = async (scope: Scope = SYSTEM) => (await work.live.hotWork(scope)).map(({ state }) => state);
	async function told(): Promise<unknown[]> {
		await work.live.outbox.drained();
		const log = await replayAfter(database().read, 0, 1000, SYSTEM);
		return log.ok ? log.events.filter(({ type }) => type === 'hotwork:changed').map(({ data }) => data['state']) : [];
	}
	async function restart(): Promise<void> {
		const at = work.now.toISOString();
		await work.live.outbox.drained();
		await work.close();
		work = await AtWork.start(database(), at);
	}

	test('has a pin where it says it is, from its start to its stop, and both are told', async () => {
		expect(await pins()).toEqual([]);
		await say('start', { longitude: 120.2703, latitude: 30.1702, current: 120 });
		expect(await work.live.hotWork(SYSTEM)).toEqual([
			{
				...{ deviceId: 'HJ-1', siteId: expect.any(String) as string, siteName: '工地', at: [120.2703, 30.1702] },
				...{ isPlaced: true, state: 'welding', since: work.now.toISOString(), saidAt: work.now.toISOString() },
			},
		]);
		work.pass(120);
		await say('stop');
		expect(await pins()).toEqual([]);
		expect(await told()).toEqual(['welding', 'gone']);
	});

	test('without a position stands at its site', async () => {
		await say('start');
		expect(await work.live.hotWork(SYSTEM)).toMatchObject([{ at: AT, isPlaced: false }]);
	});

	test('is seen by those whose area it is in, and by nobody else', async () => {
		await say('start');
		expect(await pins({ kind: 'areas', areas: ['330109001'], layers: [] })).toEqual(['welding']);
		expect(await pins({ kind: 'areas', areas: ['330109002'], layers: [] })).toEqual([]);
	});

	test('that falls silent is unknown after ten minutes and gone after four hours; it never makes its site green', async () => {
		await say('start');
		work.pass(UNKNOWN_S - 1);
		expect(await pins()).toEqual(['welding']);
		work.pass(2);
		expect(await pins()).toEqual(['unknown']);
		work.pass(GONE_S - UNKNOWN_S);
		expect(await pins()).toEqual([]);
		expect(await told()).toEqual(['welding', 'unknown', 'gone']);
		// Nor is it a fault: it is switched off most of the day.
		expect(work.live.engine.book.size).toBe(0);
		expect(work.levelOf('工地')).not.toBe('normal');
	});

	test('that goes on saying so goes on, and tells nothing new', async () => {
		await say('start');
		for (let i = 0; i < 20; i++) {
			work.pass(60);
			await say('start');
		}
		expect(await pins()).toEqual(['welding']);
		expect(await told()).toEqual(['welding']);
	});

	test('welds on over a restart, since when it began', async () => {
		const began = work.now.toISOString();
		await say('start');
		work.pass(60);
		await say('start');
		await restart();
		expect(await work.live.hotWork(SYSTEM)).toMatchObject([{ state: 'welding', since: began }]);
		work.pass(60);
		await say('stop');
		await restart();
		expect(await pins()).toEqual([]);
	});

	test('whose silence ran out while the program was down is told to be gone', async () => {
		await say('start');
		await work.live.outbox.drained();
		const at = new Date(work.now.getTime() + (GONE_S + 60) * 1000).toISOString();
		await work.close();
		work = await AtWork.start(database(), at);
		work.pass(2);
		expect(await pins()).toEqual([]);
		expect(await told()).toEqual(['welding', 'gone']);
	});

	test('repeats and late words change nothing', async () => {
		const start = { device: 'HJ-1', at: work.now.toISOString(), seq: 1, values: { welding: true } };
		await work.send(start);
		work.pass(60);
		await work.send(work.reading('HJ-1', { welding: false }, 0, 2));
		await work.send(start);
		expect(await pins()).toEqual([]);
	});
});
