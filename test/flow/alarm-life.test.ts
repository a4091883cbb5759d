// From a reading to a closed alarm: what devices do, what people do, what the database refuses.

import { sql, type UpdateObject } from 'kysely';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Tables } from '#db/schema.ts';
import type { AlarmMessage, MoveRequest } from '#lib/contract/alarm.ts';
import type { Person } from '#lib/domain/access/principal.ts';
import { SYSTEM } from '#lib/domain/access/scope.ts';
import type { AlarmRow } from '#lib/server/alarms/alarm-row.ts';
import { bindDevice } from '#lib/server/commands/bind-device.ts';
import { moveAlarms, type MovedAlarms } from '#lib/server/commands/move-alarms.ts';
import { noteAlarmsSeen } from '#lib/server/commands/note-alarms-seen.ts';
import { qualityAnswer } from '#lib/server/alarms/quality-answer.ts';
import { handoverSheet } from '#lib/server/alarms/handover-sheet.ts';
import { setService } from '#lib/server/commands/set-service.ts';
import { deviceSheet } from '#lib/server/ingest/device-sheet.ts';
import { alarmsInScope } from '#lib/server/repositories/alarm.ts';
import { seenBy, stepsOf } from '#lib/server/repositories/alarm-step.ts';
import { aRegister } from '../builders.ts';
import { onBoth } from '../database/both.ts';
import { AtWork } from './at-work.ts';

const person = (id: string, area = '330109', role: Person['grants'][number]['role'] = 'dutyOfficer'): Person => ({
	...{ kind: 'person', id, name: id, isDemo: false },
	grants: [{ role, area, layers: ['public', 'supervision'] }],
});
const duty = person('沈岚');
const second = person('来志远');
const town = person('楼建国', '330109002', 'supervisor');
const leader = person('局长', '330109', 'leader');
const admin = person('管理员', '330109', 'systemAdmin');
const ALL = { limit: 1000, after: 0 };
const CRANES = ['TC-1', 'TC-2', 'TC-3', 'TC-4', 'TC-5', 'TC-6'];

onBoth('the life of an alarm', (database) => {
	let work: AtWork;
	let day = Date.parse('2026-11-20T08:00:00Z');

	beforeAll(async () => {
		const register = aRegister(database().ingest)
			.withTown('330109001', '城厢街道', [120.27, 30.17])
			.withTown('330109002', '北干街道', [120.3, 30.2]);
		for (const [i, device] of CRANES.entries()) {
			const site = `${i + 1} 号工地`;
			register
				.withSite({ name: site, town: i < 3 ? '330109001' : '330109002', at: [120.27 + i / 100, 30.17] })
				.withCrane({ site, record: `浙A-${i}`, device });
		}
		register
			.withCrane({ site: '1 号工地', record: '浙A-9', device: 'TC-9' })
			.withCrane({ site: '4 号工地', record: '浙A-10' });
		await register.build();
	});
	beforeEach(async () => {
		await sql`truncate notice, escalation, alarm, alarm_step, alarm_seen, incident, device_out_of_service, reading`.execute(
			database().ingest,
		);
		work = await AtWork.start(database(), new Date((day += 86_400_000)).toISOString());
	});
	afterEach(async () => {
		await work.close();
		expect(work.faults).toEqual([]);
	});

	const move = async (who: Person, request: MoveRequest): Promise<MovedAlarms> => {
		await work.live.outbox.drained();
		const caller = { principal: who, address: null, now: work.now };
		const moved = await moveAlarms(database().alarm, caller, request, work.live.describe);
		work.live.feed.announce(moved.events);
		return moved;
	};
	const alarms = async (state?: string) => {
		await work.live.outbox.drained();
		return alarmsInScope(database().read, SYSTEM, { ...ALL, state });
	};
	const only = async () => (await alarms())[0]!;
	const send = async (values: Record<string, number>, times: number, devices = CRANES) => {
		for (let i = 0; i < times; i++) {
			await work.send(...devices.map((device) => work.reading(device, values)));
			work.pass(5);
		}
	};
	const overload = (percent = 104) => send({ momentPercent: percent }, 3, ['TC-1', 'TC-9']);
	const calm = () => send({ momentPercent: 20 }, 9, ['TC-1', 'TC-9']);
	const outcome = ({ moved, refused }: MovedAlarms) => (moved.length > 0 ? 'moved' : refused[0]?.reason);

	describe('one alarm', () => {
		test('goes from raised to closed, with everything that happened in its history', async () => {
			await send({ momentPercent: 104 }, 3, ['TC-1']);
			const { id } = await only();
			const alarms = [id];
			expect(outcome(await move(duty, { move: 'acknowledge', alarms }))).toBe('moved');
			expect(outcome(await move(second, { move: 'acknowledge', alarms }))).toBe('already-acknowledged');
			expect(outcome(await move(duty, { move: 'close', alarms }))).toBe('still-active');
			await send({ momentPercent: 20 }, 9, ['TC-1']);
			expect(outcome(await move(duty, { move: 'close', alarms }))).toBe('not-verified');
			expect(outcome(await move(second, { move: 'verify', alarms, note: '现场已卸载' }))).toBe('moved');
			expect(outcome(await move(duty, { move: 'close', alarms }))).toBe('moved');
			expect(outcome(await move(duty, { move: 'comment', alarms, note: '归档' }))).toBe('moved');
			expect((await stepsOf(database().read, id)).map(({ move: step, by }) => [step, by?.name ?? ''])).toEqual([
				...[
					['raised', ''],
					['acknowledge', '沈岚'],
					['cleared', ''],
					['verify', '来志远'],
					['close', '沈岚'],
					['comment', '沈岚'],
				],
			]);
			expect((await only()).life.handling).toBe('closed');
		});

		test('coming back after it was closed is a new alarm', async () => {
			await send({ momentPercent: 92 }, 3, ['TC-1']);
			const first = await only();
			await move(duty, { move: 'acknowledge', alarms: [first.id] });
			await send({ momentPercent: 20 }, 9, ['TC-1']);
			await move(duty, { move: 'close', alarms: [first.id] });
			await send({ momentPercent: 92 }, 3, ['TC-1']);
			const found = (await alarms()).filter(({ condition }) => condition === 'moment');
			expect(found.map(({ life }) => life.handling).sort()).toEqual(['closed', 'new']);
		});

		test('coming back before that is the same one, counted as flapping', async () => {
			for (let i = 0; i < 3; i++) {
				await send({ momentPercent: 104 }, 3, ['TC-1']);
				await send({ momentPercent: 20 }, 9, ['TC-1']);
			}
			const found = (await alarms()).filter(({ condition }) => condition === 'moment');
			expect(found).toHaveLength(1);
			expect(found[0]).toMatchObject({ count: 3, life: { flaps: 2, isActive: false, handling: 'new' } });
		});

		test('stays with its machine when the box is moved: the next one of the box is another alarm, there', async () => {
			await send({ momentPercent: 104 }, 3, ['TC-1']);
			const first = await only();
			const { rows } = await sql<{ id: string; record: string; site_id: string }>`
				select installation.id, property_record_no as record, site_id
				from installation join machine on machine.id = machine_id`.execute(database().read);
			const placeOf = (record: string) => rows.find((row) => row.record === record)!;
			const bind = async (record: string, agoS: number) => {
				const caller = { principal: admin, address: null, now: work.now };
				const at = new Date(work.now.getTime() - agoS * 1000).toISOString();
				const to = { kind: 'machines' as const, id: placeOf(record).id };
				await bindDevice(database().alarm, caller, { deviceId: 'TC-1', to, at });
				await work.live.registerChanged();
			};
			await bind('浙A-10', 60);
			try {
				expect(await only()).toMatchObject({ id: first.id, siteId: first.siteId, life: { isActive: false } });
				const history = await stepsOf(database().read, first.id);
				expect(history.find(({ move }) => move === 'comment')?.note).toContain('已改装到');
				work.pass(5);
				await send({ momentPercent: 104 }, 3, ['TC-1']);
				const found = await alarms('standing');
				expect(found).toHaveLength(2);
				const [there, here] = found as [AlarmRow, AlarmRow];
				expect(here).toMatchObject({ id: first.id, siteId: first.siteId, life: { isActive: false, handling: 'new' } });
				expect(there).toMatchObject({ deviceId: 'TC-1', life: { isActive: true, handling: 'new', flaps: 0 } });
				expect(there.siteId).toBe(placeOf('浙A-10').site_id);

				const now = work.now.toISOString();
				await work.close();
				work = await AtWork.start(database(), now);
				await send({ momentPercent: 20 }, 9, ['TC-1']);
				const after = Object.fromEntries((await alarms('standing')).map((row) => [row.id, row.life.isActive]));
				expect(after).toEqual({ [here.id]: false, [there.id]: false });
			} finally {
				work.pass(60);
				await bind('浙A-0', 0);
			}
		});

		test('that gets worse after it was acknowledged speaks again', async () => {
			await send({ momentPercent: 92 }, 3, ['TC-1']);
			const { id } = await only();
			await move(duty, { move: 'acknowledge', alarms: [id] });
			await send({ momentPercent: 104 }, 3, ['TC-1']);
			expect((await only()).life).toMatchObject({ handling: 'new', worst: 'danger', acknowledgedBy: null });
		});

		test('below danger closes by itself ten minutes after it is over; danger waits for a person', async () => {
			await send({ momentPercent: 92 }, 3, ['TC-1']);
			await send({ momentPercent: 104 }, 3, ['TC-2']);
			await send({ momentPercent: 20 }, 130, ['TC-1', 'TC-2']);
			const handling = Object.fromEntries(
				(await alarms())
					.filter(({ condition }) => condition === 'moment')
					.map(({ deviceId, life }) => [deviceId, life.handling]),
			);
			expect(handling).toEqual({ 'TC-1': 'closed', 'TC-2': 'new' });
		});

		test('is taken back by whoever moved it, and by nobody else', async () => {
			await send({ momentPercent: 104 }, 3, ['TC-1']);
			const alarms = [(await only()).id];
			await move(duty, { move: 'acknowledge', alarms });
			expect(outcome(await move(second, { move: 'undo', alarms }))).toBe('not-yours');
			expect(outcome(await move(duty, { move: 'undo', alarms }))).toBe('moved');
			expect((await only()).life).toMatchObject({ handling: 'new', acknowledgedBy: null });
			expect(outcome(await move(duty, { move: 'undo', alarms }))).toBe('nothing-to-undo');
		});

		test('is moved only where and by whom it may be', async () => {
			await send({ momentPercent: 104 }, 3, ['TC-1']);
			const alarms = [(await only()).id];
			expect(outcome(await move(town, { move: 'acknowledge', alarms }))).toBe('not-found');
			expect(outcome(await move(leader, { move: 'acknowledge', alarms }))).toBe('forbidden');
			expect(outcome(await move(leader, { move: 'comment', alarms, note: '请尽快核实' }))).toBe('moved');
		});

		test('is remembered by who has seen it, when and on what', async () => {
			await send({ momentPercent: 104 }, 3, ['TC-1']);
			const { id } = await only();
			for (const who of [duty, leader, town]) await noteAlarmsSeen(database().alarm, who, [id], 'Mobile', work.now);
			expect((await seenBy(database().read, id)).map(({ name, device }) => `${name} ${device}`)).toEqual([
				...['沈岚 phone', '局长 phone'],
			]);
		});
	});

	describe('the shelf', () => {
		test('takes danger only with a second person, and gives it back when time is up', async () => {
			await overload();
			const alarms = [(await only()).id];
			const until = new Date(work.now.getTime() + 600_000).toISOString();
			await move(duty, { move: 'shelve', alarms, note: '力矩传感器标定', until });
			expect((await only()).life.shelf?.state).toBe('asked');
			expect(outcome(await move(duty, { move: 'confirmShelf', alarms }))).toBe('second-person');
			expect(outcome(await move(second, { move: 'confirmShelf', alarms }))).toBe('moved');
			expect((await only()).life.shelf).toMatchObject({ state: 'on', second: { name: '来志远' } });
			await send({ momentPercent: 104 }, 122, ['TC-1', 'TC-9']);
			const back = (await alarms_of('TC-1'))!;
			expect(back.life).toMatchObject({ shelf: null, handling: 'new' });
		});
		const alarms_of = async (deviceId: string) => (await alarms()).find((alarm) => alarm.deviceId === deviceId);
	});

	test('a device out of service is counted but asks for nobody, and is back when time is up', async () => {
		const until = new Date(work.now.getTime() + 60_000).toISOString();
		const caller = { principal: duty, address: null, now: work.now };
		work.live.feed.announce(await setService(database().alarm, caller, 'TC-1', { until, reason: '更换黑匣子' }));
		await send({ momentPercent: 104 }, 3, ['TC-1']);
		expect((await only()).life.isOutOfService).toBe(true);
		const sheet = () => handoverSheet(database().read, work.live, SYSTEM, new Date(0), work.now);
		// What never spoke is not silent since some time: it is not known, and said so.
		expect((await sheet()).totals).toMatchObject({ silent: 0, neverReported: 6 });
		const said = async () => ({
			page: (await deviceSheet(database().read, work.live.state, SYSTEM, 'TC-1', work.now))!.service,
			handover: (await sheet()).outOfService,
		});
		expect(await said()).toEqual({
			page: { until, reason: '更换黑匣子', by: '沈岚' },
			handover: [{ deviceId: 'TC-1', until, reason: '更换黑匣子', by: '沈岚' }],
		});
		await send({ momentPercent: 104 }, 12, ['TC-1']);
		expect((await only()).life.isOutOfService).toBe(false);
		expect(await said()).toEqual({ page: null, handover: [] });
	});

	test('the quality of a first night is counted from the first record on; without any nothing is said of it', async () => {
		const quality = () => qualityAnswer(database().read, work.live, SYSTEM, 7, work.now);
		expect((await quality()).recordedSince).toBeNull();
		await send({ momentPercent: 104 }, 3, ['TC-1']);
		const { raisedAt } = await only();
		work.pass(3600);
		const { from, recordedSince, report } = await quality();
		expect(from).toBe(recordedSince);
		expect(Math.abs(Date.parse(from) - raisedAt.getTime())).toBeLessThan(60_000);
		// An hour with alarms is not a week with hardly any.
		expect(report.perDay).toBeGreaterThan(20);
	});

	test('danger that holds is not silenced by taking its device out of service, unless two people have shelved it', async () => {
		await send({ momentPercent: 104 }, 3, ['TC-1']);
		const until = new Date(work.now.getTime() + 3_600_000).toISOString();
		const take = () =>
			setService(database().alarm, { principal: duty, address: null, now: work.now }, 'TC-1', {
				until,
				reason: '更换黑匣子',
			});
		await expect(take()).rejects.toThrow(/第二人同意/);
		const { id } = await only();
		await move(duty, { move: 'shelve', alarms: [id], note: '检修', until });
		await expect(take()).rejects.toThrow(/第二人同意/);
		await move(leader, { move: 'confirmShelf', alarms: [id] });
		await expect(take()).resolves.toHaveLength(1);
	});

	describe('many at once', () => {
		test('cranes over the wind limit in two towns are one incident, acknowledged once, each by itself in the log', async () => {
			await send({ windMs: 12.5 }, 30);
			const storm = (await alarms()).filter(({ condition }) => condition === 'wind');
			expect(storm).toHaveLength(6);
			expect(new Set(storm.map(({ incidentId }) => incidentId)).size).toBe(1);
			expect(storm.every(({ incidentKind }) => incidentKind === 'gale')).toBe(true);
			const answer = await move(duty, { move: 'acknowledge', alarms: storm.map(({ id }) => id), note: '已通知停吊' });
			expect(answer.moved).toHaveLength(6);
			for (const { id } of storm)
				expect((await stepsOf(database().read, id)).map((step) => step.move)).toContain('acknowledge');
		});

		test('all devices of a site silent at once are one alarm of the site; its children speak again by themselves', async () => {
			await overload();
			await work.live.outbox.drained();
			work.pass(25);
			const dark = (await alarms('open')).filter(({ siteId, life }) => siteId !== null && !life.suppressedBy);
			expect(dark.map(({ condition, origin }) => `${origin} ${condition}`)).toEqual(['site powerLost']);
			const children = (await alarms('open')).filter(({ life }) => life.suppressedBy === dark[0]!.id);
			expect(children.map(({ deviceId }) => deviceId).sort()).toEqual(['TC-1', 'TC-9']);
			await calm();
			const after = await alarms();
			expect(after.find(({ condition }) => condition === 'powerLost')?.clearedAt).not.toBeNull();
			expect(after.filter(({ life }) => life.suppressedBy)).toEqual([]);
			expect(after.filter(({ condition }) => condition === 'offline')).toEqual([]);
		});

		test('one silent device among others is told by itself', async () => {
			await send({ momentPercent: 20 }, 3, ['TC-1', 'TC-9']);
			await send({ momentPercent: 20 }, 6, ['TC-9']);
			expect((await alarms('open')).map(({ deviceId, condition }) => `${deviceId} ${condition}`)).toEqual([
				'TC-1 offline',
			]);
		});

		test('a restart in the middle of silence tells nothing before devices had two of their intervals', async () => {
			await send({ momentPercent: 20 }, 3, [...CRANES, 'TC-9']);
			await work.close();
			work = await AtWork.start(database(), new Date(work.now.getTime() + 600_000).toISOString());
			work.pass(9);
			expect(await alarms('open')).toEqual([]);
			work.pass(10);
			// The site with two cranes is one alarm of the site, the five with one crane each are one incident.
			const told = await alarms('open');
			expect(told.map(({ condition }) => condition).sort()).toEqual([...Array<string>(5).fill('offline'), 'powerLost']);
			expect(
				new Set(told.filter(({ condition }) => condition === 'offline').map(({ incidentId }) => incidentId)).size,
			).toBe(1);
		});
	});

	describe('the database refuses what may not be, whoever asks', () => {
		const NOW = new Date('2027-11-20T00:00:00Z');
		const LATER = new Date('2027-11-20T01:00:00Z');
		const shelf = { shelf_by_id: 'x', shelf_level: 'danger', shelf_at: NOW, shelf_until: LATER } as const;
		const set = async (changes: UpdateObject<Tables, 'alarm'>) => {
			await send({ momentPercent: 104 }, 3, ['TC-1']);
			const { id } = await only();
			await move(duty, { move: 'acknowledge', alarms: [id] });
			return database().alarm.updateTable('alarm').set(changes).where('id', '=', id).execute();
		};
		test.each<[string, UpdateObject<Tables, 'alarm'>]>([
			['closing what is still active', { handling: 'closed', closed_at: NOW }],
			['closing danger that nobody verified', { handling: 'closed', closed_at: NOW, cleared_at: NOW }],
			['verifying what is still active', { handling: 'verified', verified_at: NOW, verified_by_id: 'x' }],
			['assigned to nobody', { handling: 'assigned' }],
			['acknowledged by nobody', { acknowledged_at: null }],
			['a closing time on what is open', { closed_at: NOW }],
			['verified by who had it in hand', { assignee_id: 'x', verified_by_id: 'x' }],
			['danger on the shelf by one person', { ...shelf, shelf_state: 'on', shelf_reason: '检修' }],
			['a shelf without a reason', { ...shelf, shelf_state: 'asked', shelf_reason: '' }],
		])('%s', async (_, changes) => {
			await expect(set(changes)).rejects.toMatchObject({ code: '23514' });
		});
	});

	test('what browsers are told is the whole state, with a revision that grows by every change', async () => {
		await send({ momentPercent: 104 }, 3, ['TC-1']);
		const { id } = await only();
		const moves: MoveRequest[] = [
			{ move: 'acknowledge', alarms: [id] },
			{ move: 'comment', alarms: [id], note: '联系工地' },
		];
		const told: AlarmMessage[] = [];
		for (const request of moves)
			told.push(...(await move(duty, request)).events.map(({ data }) => data as unknown as AlarmMessage));
		expect(told.map(({ revision, handling }) => [revision, handling])).toEqual([
			[2, 'acknowledged'],
			[3, 'acknowledged'],
		]);
		expect(told[0]).toMatchObject({ id, townCode: '330109001', siteName: '1 号工地', acknowledgedBy: '沈岚' });
	});
});
