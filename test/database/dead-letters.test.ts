import { randomUUID } from 'node:crypto';
import { beforeAll, afterAll, expect, test } from 'vitest';
import type { MappingWish } from '#lib/contract/devices.ts';
import type { Principal } from '#lib/domain/access/principal.ts';
import { actorNames } from '#lib/server/repositories/actor-name.ts';
import { addPerson } from '#lib/server/repositories/person.ts';
import { discardDeadLetters, restoreDeadLetters } from '#lib/server/commands/discard-dead-letters.ts';
import { mapDevice } from '#lib/server/commands/map-device.ts';
import { replayDeadLetters } from '#lib/server/commands/replay-dead-letters.ts';
import { deviceSheet, deviceCurve } from '#lib/server/ingest/device-sheet.ts';
import { takeMessage } from '#lib/server/ingest/mqtt/take-message.ts';
import { deadLetters, deadLetterWithRaw, trimDeadLetters } from '#lib/server/repositories/dead-letter.ts';
import { SYSTEM } from '#lib/domain/access/scope.ts';
import { aRegister } from '../builders.ts';
import { AtWork } from '../flow/at-work.ts';
import { onBoth } from './both.ts';

const who = (role: 'systemAdmin' | 'leader'): Principal => ({
	...{ kind: 'person', id: '00000000-0000-4000-8000-000000000001', name: role, isDemo: false },
	grants: [{ role, area: '330109', layers: ['public'] }],
});

onBoth('dead letters', (database) => {
	let work: AtWork;
	const caller = (role: 'systemAdmin' | 'leader') => ({ principal: who(role), address: null, now: work.now });
	const send = (payload: string, topic = 'site/P/towerCrane/VENDOR-7/telemetry') =>
		takeMessage(work.intake, topic, Buffer.from(payload));
	const frame = (momentPercent: number, deviceTime = '2026-11-20 16:00:00') =>
		JSON.stringify({ deviceId: 'VENDOR-7', deviceTime, momentPercent, warning: '0100' });

	beforeAll(async () => {
		await aRegister(database().ingest)
			.withSite({ name: '工地', town: null, at: [120.27, 30.17] })
			.withCrane({ site: '工地', record: 'A', device: 'TC-1' })
			.build();
		work = await AtWork.start(database(), '2026-11-20T08:00:00Z');
	});
	afterAll(async () => {
		await work.close();
		expect(work.faults).toEqual([]);
	});

	test('a frame of a device nobody registered is kept as it came; the same again is counted', async () => {
		await send(frame(50));
		await send(frame(50));
		const [letter, ...others] = await deadLetters(database().read, { limit: 10 });
		expect(others).toEqual([]);
		expect(letter).toMatchObject({ reason: 'unknown-device', externalId: 'VENDOR-7', count: 2, state: 'open' });
		expect((await deadLetterWithRaw(database().read, letter!.id))!.raw.toString()).toBe(frame(50));
	});

	test('a leader may neither replay nor map nor discard', async () => {
		const refused = { ok: false, reason: 'forbidden' };
		const wish = { protocol: 'mqtt', externalId: 'VENDOR-7', deviceId: 'TC-1', settings: {}, reason: '试' } as const;
		expect(await mapDevice(database().ingest, caller('leader'), wish)).toEqual(refused);
		expect(await replayDeadLetters(database().ingest, work.intake, caller('leader'), {})).toEqual(refused);
		expect(await discardDeadLetters(database().ingest, caller('leader'), {})).toEqual(refused);
	});

	test('in vain it says why and stays open', async () => {
		const result = await replayDeadLetters(database().ingest, work.intake, caller('systemAdmin'), {});
		expect(result).toMatchObject({ ok: true, replayed: 0, failed: [{ reason: 'unknown-device' }] });
		expect((await deadLetters(database().read, { state: 'open', limit: 10 })).length).toBe(1);
	});

	test('once the mapping is put right it is replayed from its bytes, and what comes next is read at once', async () => {
		const wish: MappingWish = {
			...{ protocol: 'mqtt' as const, externalId: 'VENDOR-7', deviceId: 'TC-1', reason: '厂家编号与台账不同' },
			settings: { bitOrder: 'leftToRight', unitFactors: { momentPercent: 2 } },
		};
		expect(await mapDevice(database().ingest, caller('systemAdmin'), { ...wish, deviceId: 'nobody' })).toEqual({
			...{ ok: false, reason: 'unknown-device' },
		});
		expect(await mapDevice(database().ingest, caller('systemAdmin'), wish)).toEqual({ ok: true });
		const result = await replayDeadLetters(database().ingest, work.intake, caller('systemAdmin'), {
			reason: 'unknown-device',
		});
		expect(result).toEqual({ ok: true, replayed: 1, failed: [] });
		await send(frame(60, '2026-11-20 16:00:05'));
		const sheet = await deviceSheet(database().read, work.live.state, SYSTEM, 'TC-1', work.now);
		expect(sheet!.frames.map(({ values }) => [values['momentPercent'], values['alarms']])).toEqual([
			[120, 'overload'],
			[100, 'overload'],
		]);
		const span = {
			quantity: 'momentPercent',
			from: new Date('2026-11-20T07:30:00Z'),
			to: new Date('2026-11-20T08:30:00Z'),
		};
		const { steps } = await deviceCurve(
			database().read,
			'server',
			work.live.state.devices.get('TC-1')!.no,
			span,
			work.now,
		);
		expect(steps.map(({ greatest }) => greatest)).toEqual([100, 120]);
		const audited = await database()
			.read.selectFrom('audit')
			.select('object')
			.where('action', '=', 'telemetry:repair')
			.execute();
		expect(audited.map(({ object }) => object)).toContain('mapping mqtt VENDOR-7');
	});

	test('a clock that was ahead is still ahead when its frame is replayed later', async () => {
		await send(frame(70, '2026-11-20 17:00:00'));
		work.pass(7200);
		const result = await replayDeadLetters(database().ingest, work.intake, caller('systemAdmin'), { reason: 'future' });
		expect(result).toMatchObject({ replayed: 0, failed: [{ reason: 'future' }] });
	});

	test('one source floods in vain: what is too much is counted and not kept', async () => {
		const before = work.intake.deadLetters.dropped();
		await Promise.all(Array.from({ length: 300 }, (_, i) => send(`{"broken ${i}`)));
		expect(work.intake.deadLetters.dropped() - before).toBeGreaterThanOrEqual(180);
		expect((await deadLetters(database().read, { reason: 'not-json', limit: 500 })).length).toBeLessThanOrEqual(120);
	});

	test('what was put away by mistake waits again, and nobody else may take it back', async () => {
		const db = database().ingest;
		const [open] = await deadLetters(database().read, { state: 'open', reason: 'future', limit: 1 });
		const { id } = open!;
		await discardDeadLetters(db, caller('systemAdmin'), { ids: [id] });
		expect(await restoreDeadLetters(db, caller('leader'), [id])).toEqual({ ok: false, reason: 'forbidden' });
		expect(await restoreDeadLetters(db, caller('systemAdmin'), [id])).toEqual({ ok: true, restored: 1 });
		const again = await deadLetters(database().read, { state: 'open', reason: 'future', limit: 10 });
		expect(again.find((letter) => letter.id === id)).toMatchObject({ settledAt: null, settledBy: null });
	});

	test('who has settled one or saved a mapping is called by name', async () => {
		const id = randomUUID();
		const person = { id, login: 'qu', name: '瞿晓雯', isDemo: false, passwordHash: null, at: work.now };
		await addPerson(database().ingest, person);
		const nameOf = await actorNames(database().read, [`person:${id}`, 'operator', null]);
		expect([nameOf(`person:${id}`), nameOf('operator')]).toEqual(['瞿晓雯', 'operator']);
	});

	test('what is put away is listed as such, and the table is bounded', async () => {
		expect(await discardDeadLetters(database().ingest, caller('systemAdmin'), { reason: 'not-json' })).toMatchObject({
			ok: true,
		});
		expect(await deadLetters(database().read, { state: 'open', reason: 'not-json', limit: 10 })).toEqual([]);
		await trimDeadLetters(database().ingest, new Date(0), 3);
		expect((await deadLetters(database().read, { limit: 500 })).length).toBe(3);
	});
});
