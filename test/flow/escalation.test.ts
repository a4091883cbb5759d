// The ladder: who is told of an alarm that nobody takes, over restarts, with receipts; and the gateway's webhook.

import { createHmac, randomUUID } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Person } from '#lib/domain/access/principal.ts';
import { moveAlarms } from '#lib/server/commands/move-alarms.ts';
import { changeDuty } from '#lib/server/commands/change-duty.ts';
import { tryLadder } from '#lib/server/commands/try-ladder.ts';
import { noteAlarmsSeen } from '#lib/server/commands/note-alarms-seen.ts';
import { deliver, signature } from '#lib/server/notify/deliver.ts';
import { escalate } from '#lib/server/notify/escalate.ts';
import { parseAllowList } from '#lib/server/outbound/allow-list.ts';
import { createOutbound } from '#lib/server/outbound/outbound.ts';
import { toldLately } from '#lib/server/repositories/escalation.ts';
import { holdJob } from '#lib/server/repositories/lease.ts';
import { addPerson } from '#lib/server/repositories/person.ts';
import { aRegister } from '../builders.ts';
import { onBoth } from '../database/both.ts';
import { AtWork } from './at-work.ts';

const SECRET = 'gateway secret';

onBoth('the ladder', (database) => {
	let work: AtWork;
	let gateway: Server;
	let webhook: string;
	let answer = 200;
	const got: { headers: IncomingHttpHeaders; body: string }[] = [];
	let day = Date.parse('2026-11-20T08:00:00Z');
	const people: Record<'grid' | 'duty' | 'leader', Person> = Object.fromEntries(
		(['grid', 'duty', 'leader'] as const).map((name) => [
			name,
			{
				...{ kind: 'person', id: randomUUID(), name, isDemo: false },
				grants: [{ role: 'dutyOfficer', area: '330109', layers: ['public'] }],
			},
		]),
	) as never;

	beforeAll(async () => {
		await aRegister(database().ingest)
			.withTown('330109001', '城厢街道', [120.27, 30.17])
			.withSite({ name: '一号工地', town: '330109001', at: [120.27, 30.17] })
			.withCrane({ site: '一号工地', record: 'A', device: 'TC-1' })
			.build();
		for (const { id, name } of Object.values(people))
			await addPerson(database().alarm, { id, login: name, name, isDemo: false, passwordHash: null, at: new Date() });
		gateway = createServer((request, response) => {
			let body = '';
			request.on('data', (piece: Buffer) => (body += piece.toString()));
			request.on('end', () => {
				got.push({ headers: request.headers, body });
				response.writeHead(answer).end();
			});
		});
		await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve));
		webhook = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}/sms`;
	});
	afterAll(() => void gateway.close());
	beforeEach(async () => {
		await sql`truncate notice, escalation, duty_shift, alarm, alarm_step, alarm_seen, incident, reading`.execute(
			database().ingest,
		);
		got.length = 0;
		answer = 200;
		work = await AtWork.start(database(), new Date((day += 86_400_000)).toISOString());
		for (const [role, area, who] of [
			['gridSupervisor', '330109001', people.grid],
			['dutyOfficer', '330109', people.duty],
			['leader', '330109', people.leader],
		] as const) {
			const from = new Date(work.now.getTime() - 3_600_000).toISOString();
			const to = new Date(work.now.getTime() + 12 * 3_600_000).toISOString();
			await changeDuty(database().alarm, callerOf(people.duty), { add: { role, area, personId: who.id, from, to } });
		}
	});
	afterEach(async () => {
		await work.close();
		expect(work.faults).toEqual([]);
	});

	const callerOf = (principal: Person) => ({ principal, address: null, now: work.now });
	const ladder = () => ({ db: database().alarm, describe: work.live.describe, webhook });
	const climb = async () => {
		await work.live.outbox.drained();
		return escalate(ladder(), work.now);
	};
	const overload = async () => {
		await work.keepSending('TC-1', { momentPercent: 104 }, 3);
		await work.live.outbox.drained();
	};
	const told = async () =>
		(await toldLately(database().read, 50))
			.filter(({ channel }) => channel === 'webhook')
			.sort((a, b) => a.at.localeCompare(b.at) || a.rung - b.rung)
			.map(({ name }) => name);
	const post = () =>
		deliver(
			{
				db: database().alarm,
				outbound: createOutbound(parseAllowList(new URL(webhook).host)),
				...{ secret: SECRET, keys: { publicKey: '', privateKey: '' }, contact: 'mailto:a@b.c' },
			},
			() => work.now,
		);

	test('climbs from the grid over the duty officer to the leader, each told once', async () => {
		await overload();
		await climb();
		await climb();
		expect(await told()).toEqual(['grid']);
		work.pass(5 * 60);
		await climb();
		work.pass(10 * 60);
		await climb();
		await climb();
		expect(await told()).toEqual(['grid', 'duty', 'leader']);
	});

	test('goes on where it was after a restart', async () => {
		await overload();
		await climb();
		const now = new Date(work.now.getTime() + 6 * 60_000);
		await work.close();
		work = await AtWork.start(database(), now.toISOString());
		await climb();
		expect(await told()).toEqual(['grid', 'duty']);
	});

	test('stops when somebody takes it', async () => {
		await overload();
		await climb();
		const { id } = await database().read.selectFrom('alarm').select('id').executeTakeFirstOrThrow();
		const moved = await moveAlarms(
			database().alarm,
			callerOf(people.grid),
			{ move: 'acknowledge', alarms: [id] },
			work.live.describe,
		);
		work.live.feed.announce(moved.events);
		work.pass(20 * 60);
		await climb();
		expect(await told()).toEqual(['grid']);
		const row = await database().read.selectFrom('escalation').selectAll().executeTakeFirstOrThrow();
		expect(row.stop_reason).toBe('taken');
	});

	test('where nobody is on duty the next is told at once, with who is missing and where', async () => {
		await sql`delete from duty_shift where role = 'gridSupervisor'`.execute(database().alarm);
		await overload();
		const [event] = await climb();
		expect(event).toMatchObject({
			type: 'alarm:escalated',
			data: { role: 'gridSupervisor', personId: null, vacant: ['gridSupervisor'] },
		});
		await post();
		const texts = got.map(({ body }) => JSON.parse(body) as { person: string | null; text: string });
		expect(texts.map(({ person }) => person).sort()).toEqual(['duty', null]);
		for (const { text } of texts) expect(text).toContain('城厢街道网格监督员无人值班');
		work.pass(5 * 60);
		await climb();
		expect((await told()).sort()).toEqual(['duty', null]);
		work.pass(10 * 60);
		await climb();
		expect((await told()).sort()).toEqual(['duty', 'leader', null]);
	});

	test('with an empty roster each vacancy is told once, and who comes on duty is told then', async () => {
		const shifts = await database().read.selectFrom('duty_shift').selectAll().execute();
		await sql`delete from duty_shift`.execute(database().alarm);
		await overload();
		expect(await climb()).toHaveLength(3);
		work.pass(3 * 60);
		expect(await climb()).toEqual([]);
		const night = shifts.find(({ role }) => role === 'dutyOfficer')!;
		await database().alarm.insertInto('duty_shift').values(night).execute();
		expect(await climb()).toMatchObject([
			{ data: { role: 'dutyOfficer', personName: 'duty', vacant: ['gridSupervisor'] } },
		]);
		expect(await climb()).toEqual([]);
		expect((await told()).filter((name) => name === null)).toHaveLength(3);
		const lines = await toldLately(database().read, 50);
		expect(
			lines
				.filter(({ name }) => name === 'duty')
				.map(({ channel }) => channel)
				.sort(),
		).toEqual(['page', 'webhook']);
	});

	test('one lease keeps it to one process, and is taken over when its holder is gone', async () => {
		const [a, b] = [randomUUID(), randomUUID()];
		const at = (s: number) => new Date(work.now.getTime() + s * 1000);
		const hold = (holder: string, s: number) => holdJob(database().alarm, 'test', holder, at(s), at(s + 20));
		expect([await hold(a, 0), await hold(b, 1), await hold(a, 10), await hold(b, 25), await hold(b, 31)]).toEqual([
			...[true, false, true, false, true],
		]);
	});

	test('a person who opens the alarm is the receipt of the page', async () => {
		await overload();
		await climb();
		const { id } = await database().read.selectFrom('alarm').select('id').executeTakeFirstOrThrow();
		await noteAlarmsSeen(database().alarm, people.grid, [id], 'Mobile', work.now);
		const page = (await toldLately(database().read, 9)).find(({ channel }) => channel === 'page');
		expect(page).toMatchObject({ name: 'grid', state: 'received' });
	});

	test('a drill reaches every rung at once and is marked as one everywhere', async () => {
		await tryLadder(ladder(), callerOf(people.duty));
		expect(await told()).toEqual(['grid', 'duty', 'leader']);
		await post();
		expect(got).toHaveLength(3);
		expect(got.every(({ body }) => (JSON.parse(body) as { isTest: boolean }).isTest)).toBe(true);
		expect(await climb()).toEqual([]);
	});

	test('a page that shows a drill to its person is the receipt of it, and of nobody else’s', async () => {
		const events = await tryLadder(ladder(), callerOf(people.duty));
		await noteAlarmsSeen(database().alarm, people.grid, [events[0]!.subject.id], 'Mobile', work.now);
		const lines = (await toldLately(database().read, 9)).filter(({ channel }) => channel === 'page');
		expect(lines.map(({ name, state }) => [name, state])).toEqual([
			['grid', 'received'],
			['duty', 'sent'],
			['leader', 'sent'],
		]);
	});

	describe('the webhook', () => {
		test('is signed over time and body, and says what, where and how much', async () => {
			await overload();
			await climb();
			await post();
			const [{ headers, body }] = got as [(typeof got)[number]];
			const [, seconds, hex] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['x-sitewatch-signature']))!;
			expect(hex).toBe(createHmac('sha256', SECRET).update(`${seconds}.${body}`).digest('hex'));
			expect(JSON.parse(body)).toMatchObject({
				level: 'danger',
				role: 'gridSupervisor',
				person: 'grid',
				isTest: false,
			});
			expect((JSON.parse(body) as { text: string }).text).toContain('一号工地');
		});

		test('is tried again until the gateway takes it, and is then received', async () => {
			answer = 503;
			await overload();
			await climb();
			await post();
			const state = async () => (await toldLately(database().read, 9)).find(({ channel }) => channel === 'webhook');
			expect(await state()).toMatchObject({ state: 'queued' });
			expect((await state())!.error).toContain('503');
			await post();
			expect(got).toHaveLength(1);
			answer = 200;
			work.pass(15);
			await post();
			expect(await state()).toMatchObject({ state: 'received', error: null });
		});

		test('never goes where the settings do not allow', async () => {
			await overload();
			await escalate({ ...ladder(), webhook: 'http://127.0.0.1:9/elsewhere' }, work.now);
			await post();
			const line = (await toldLately(database().read, 9)).find(({ channel }) => channel === 'webhook');
			expect(line!.error).toContain('OUTBOUND_ALLOW');
		});

		test('the same body at another time has another signature', () => {
			const [a, b] = [signature('s', new Date(0), '{}'), signature('s', new Date(1000), '{}')];
			expect(a).not.toBe(b);
		});
	});

	test('many alarms of one cause wake one person once', async () => {
		await overload();
		const { id } = await database().read.selectFrom('alarm').select('id').executeTakeFirstOrThrow();
		const incident = randomUUID();
		await database()
			.alarm.insertInto('incident')
			.values({ id: incident, kind: 'burst', condition: 'moment', opened_at: work.now, last_at: work.now })
			.execute();
		await database().alarm.updateTable('alarm').set({ incident_id: incident }).where('id', '=', id).execute();
		const copy = { id: randomUUID(), device_id: 'TC-2', incident_id: incident };
		const row = await database().alarm.selectFrom('alarm').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
		await database()
			.alarm.insertInto('alarm')
			.values({ ...row, ...copy })
			.execute();
		await climb();
		expect(await told()).toEqual(['grid']);
		await post();
		expect(JSON.parse(got[0]!.body)).toMatchObject({ alarms: 2 });
	});
});
