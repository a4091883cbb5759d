// A bureau changes a rule: devices first, then the back-test, then the switch, then what the crane raises; and the way
// back. Weather signals and danger signs go the same way.

import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SYSTEM } from '#lib/domain/access/scope.ts';
import type { RuleWish } from '#lib/contract/rule.ts';
import type { Caller } from '#lib/server/auth/caller.ts';
import {
	activateRuleChange,
	discardRuleChange,
	draftRuleChange,
	endRuleChange,
} from '#lib/server/commands/change-rule.ts';
import { endPitDanger, recordWalk, reportDanger } from '#lib/server/commands/report-pit.ts';
import { moveAlarms } from '#lib/server/commands/move-alarms.ts';
import { alarmCard } from '#lib/server/alarms/alarm-card.ts';
import { escalate } from '#lib/server/notify/escalate.ts';
import { pitSection } from '#lib/server/rules/pit-section.ts';
import { newestBacktests } from '#lib/server/repositories/rule-backtest.ts';
import { ruleChangeById } from '#lib/server/repositories/rule-change.ts';
import { createBackTests, type BackTests } from '#lib/server/rules/back-test.ts';
import { limitsInForce } from '#lib/server/rules/limits-in-force.ts';
import { devicesOfRule, isInScope } from '#lib/server/rules/rule-devices.ts';
import { ruleList } from '#lib/server/rules/rule-list.ts';
import { aRegister } from '../builders.ts';
import { callerAs } from '../callers.ts';
import { onBoth } from '../database/both.ts';
import { AtWork } from './at-work.ts';

const TOWN = '330109003';
const START = '2026-11-20T08:00:00Z';

onBoth('a rule of the bureau', (database) => {
	let work: AtWork;
	let backTests: BackTests;

	const who = (role: 'analyst' | 'leader' | 'dutyOfficer', area?: string) => callerAs(role, work.now, area);
	const wish = (more: Partial<RuleWish> = {}): RuleWish => ({
		...{ ruleKey: 'towerCrane.moment', scope: { kind: 'bureau', id: null }, from: null, until: null },
		...{ values: { 'from.warning': 70, 'from.danger': 80 }, reason: '老旧塔机从严' },
		...more,
	});
	const draft = (more: Partial<RuleWish> = {}) =>
		draftRuleChange(database().alarm, who('analyst'), work.live, wish(more));
	async function tested(id: string) {
		const change = (await ruleChangeById(database().read, id))!;
		await backTests.start(change, { name: 'analyst', at: work.now });
		await backTests.idle();
		return (await newestBacktests(database().read, [id])).get(id)!;
	}
	async function activate(id: string) {
		const events = await activateRuleChange(database().alarm, who('leader'), work.live.state, id);
		work.live.feed.announce(events);
		await work.live.registerChanged();
	}
	async function end(id: string, reason: string, restore: boolean) {
		const wish = { reason, restore };
		work.live.feed.announce(await endRuleChange(database().alarm, who('leader'), work.live.state, id, wish));
		await work.live.registerChanged();
	}
	const openOf = (condition: string) => work.live.engine.book.active().find((row) => row.condition === condition);

	beforeAll(async () => {
		await aRegister(database().ingest)
			.withTown(TOWN, '城厢街道', [120.27, 30.17])
			.withSite({ name: '甲工地', town: TOWN, at: [120.27, 30.17] })
			.withSite({ name: '乙工地', town: null, at: [120.3, 30.2] })
			.withCrane({ site: '甲工地', record: 'TC-1', device: 'TC-1' })
			.withCrane({ site: '乙工地', record: 'TC-2', device: 'TC-2' })
			.withPit({ site: '甲工地', name: '基坑', points: ['S01'] })
			.build();
		work = await AtWork.start(database(), START);
		backTests = createBackTests(
			{ read: database().read, store: database().alarm, history: (ask) => ask(database().read) },
			work.live.state,
			() => work.now.getTime(),
			(error) => work.faults.push(error),
		);
		// A past to be tried on: a lift at 84 % each, twenty minutes ago.
		await work.send(
			...['TC-1', 'TC-2'].flatMap((device) =>
				[30, 84, 84, 84, 30, 30, 30, 30, 30, 30, 30, 30].map((momentPercent, i) =>
					work.reading(device, { momentPercent }, 1200 - i * 5),
				),
			),
		);
	});
	afterAll(async () => {
		await work.close();
		expect(work.faults).toEqual([]);
	});

	test('names its devices before it is saved', () => {
		const devices = devicesOfRule(work.live.state, 'towerCrane.moment');
		expect(devices.map(({ id }) => id).sort()).toEqual(['TC-1', 'TC-2']);
		const site = work.live.state.objects.find(({ name }) => name === '甲工地')!;
		const reached = devices.filter(({ object }) => isInScope(object!, { kind: 'site', id: site.id }));
		expect(reached.map(({ id }) => id)).toEqual(['TC-1']);
	});

	test.each<[string, Partial<RuleWish>, RegExp]>([
		['without a number', { values: {} }, /没有修改任何数值/],
		[
			'with a danger below its warning',
			{ values: { 'from.danger': 50 } },
			/“报警限值”须比“预警限值”更严重 · “Danger from” must lie beyond “Warning from”/,
		],
		[
			'with two numbers out of their range',
			{ values: { deadband: -1, 'confirmations.danger': 1.5 } },
			/^“回差”须在 0 至 \d+ 之间；“报警连续次数”须为整数 · “deadband” must be 0 to \d+; “Danger readings in a row” must be a whole number$/,
		],
		['of a rule nobody knows', { ruleKey: 'towerCrane.mood' }, /没有规则/],
		[
			'for a machine nobody knows',
			{ scope: { kind: 'machine', id: '00000000-0000-4000-8000-000000000000' } },
			/不在台账/,
		],
		['that has run out already', { until: '2026-11-19T00:00:00Z' }, /截止时间/],
	])('%s is refused in words', async (_, more, sentence) => {
		await expect(draft(more)).rejects.toThrow(sentence);
	});

	test('is not drafted by a leader, nor switched on by an analyst', async () => {
		await expect(draftRuleChange(database().alarm, who('leader'), work.live, wish())).rejects.toThrow(/不允许/);
		const id = await draft();
		await expect(activateRuleChange(database().alarm, who('analyst'), work.live.state, id)).rejects.toThrow(/不允许/);
		await discardRuleChange(database().alarm, who('analyst'), work.live.state, id);
	});

	test('is not switched on before it has been back-tested', async () => {
		const id = await draft();
		await expect(activate(id)).rejects.toThrow(/回测/);
		await discardRuleChange(database().alarm, who('analyst'), work.live.state, id);
		expect(await ruleChangeById(database().read, id)).toMatchObject({ endCause: 'discarded', endReason: null });
	});

	test('tells what it would have raised beside today’s rule, on the same readings', async () => {
		const id = await draft();
		const { state, result } = await tested(id);
		expect(state).toBe('done');
		expect(result).toMatchObject({
			today: { total: 0 },
			proposed: { total: 2, byLevel: { danger: 2 } },
			...{ devices: 2, devicesHeard: 2, readings: 24, appeared: 2, vanished: 0, isCutShort: false },
		});
		await discardRuleChange(database().alarm, who('analyst'), work.live.state, id);
	});

	test('holds from the moment it is switched on, and no longer once it is taken back', async () => {
		await work.keepSending('TC-1', { momentPercent: 84 }, 3);
		expect(openOf('moment')).toBeUndefined();
		const id = await draft();
		await tested(id);
		await activate(id);
		await work.keepSending('TC-1', { momentPercent: 84 }, 3);
		expect(openOf('moment')).toMatchObject({ level: 'danger', limit: 80 });

		const card = (await ruleList(database().read, work.live, backTests, SYSTEM, work.now)).rules.find(
			({ key }) => key === 'towerCrane.moment',
		)!;
		expect(card.parameters.find(({ parameter }) => parameter === 'from.danger')).toMatchObject({ now: 80 });
		const device = work.live.state.devices.get('TC-1')!;
		expect(limitsInForce(device, work.live.rules()).find(({ parameter }) => parameter === 'from.danger')).toMatchObject(
			{
				value: 80,
				why: { kind: 'change', scope: 'bureau', reason: '老旧塔机从严' },
			},
		);

		await work.live.outbox.drained();
		const alarmId = openOf('moment')!.id;
		const cardNow = async () => (await alarmCard(database().read, work.live, SYSTEM, alarmId, work.now.getTime()))!;
		const sourceOf = async () => (await cardNow()).limitSource;
		expect(await sourceOf()).toMatchObject({ source: { zh: '老旧塔机从严' }, confidence: 'local', isPast: false });
		await end(id, '误设', false);
		// The alarm still says 80 %: that is not what the standard says.
		expect(await sourceOf()).toMatchObject({ source: { zh: '老旧塔机从严' }, confidence: 'local', isPast: true });
		await work.keepSending('TC-1', { momentPercent: 84 }, 8);
		expect(openOf('moment')).toBeUndefined();

		// The curve shows what held when it was judged: 100 %, then 80 %, then 100 % again.
		await work.live.outbox.drained();
		const { curveLimits, isOnlyJudgedLimit } = await cardNow();
		expect(curveLimits.filter(({ level }) => level === 'danger').map(({ value }) => value)).toEqual([100, 80, 100]);
		expect(isOnlyJudgedLimit).toBe(false);
	});

	test('stands on the page with its number the moment it is switched on', async () => {
		const id = await draft();
		await tested(id);
		const events = await activateRuleChange(database().alarm, who('leader'), work.live.state, id);
		const { rules } = await ruleList(database().read, work.live, backTests, SYSTEM, work.now);
		const { parameters } = rules.find(({ key }) => key === 'towerCrane.moment')!;
		expect(parameters.find(({ parameter }) => parameter === 'from.danger')).toMatchObject({ now: 80 });
		work.live.feed.announce(events);
		await end(id, '结束', false);
	});

	test('gives way to the next one, and comes back when that one is undone', async () => {
		const [first, second] = [await draft(), await draft({ values: { 'from.warning': 60, 'from.danger': 75 } })];
		for (const id of [first, second]) {
			await tested(id);
			await activate(id);
		}
		expect((await ruleChangeById(database().read, first))!.state).toBe('ended');
		await end(second, '恢复', true);
		expect((await ruleChangeById(database().read, first))!.state).toBe('active');
		await end(first, '结束', false);
	});

	test('runs out by itself', async () => {
		const until = new Date(work.now.getTime() + 60_000).toISOString();
		const id = await draft({ until });
		await tested(id);
		await activate(id);
		const danger = () =>
			limitsInForce(work.live.state.devices.get('TC-1')!, work.live.rules()).find(
				({ ruleKey, parameter }) => ruleKey === 'towerCrane.moment' && parameter === 'from.danger',
			)!.value;
		expect(danger()).toBe(80);
		expect(work.live.rules().nextMs).toBe(Date.parse(until));
		work.pass(61);
		await work.live.registerChanged();
		expect(danger()).toBe(100);
	});

	test('for a while leaves the lasting one waiting, which holds again when it has run out', async () => {
		const danger = () =>
			limitsInForce(work.live.state.devices.get('TC-1')!, work.live.rules()).find(
				({ ruleKey, parameter }) => ruleKey === 'towerCrane.moment' && parameter === 'from.danger',
			)!.value;
		const phases = async () =>
			(await ruleList(database().read, work.live, backTests, SYSTEM, work.now)).rules
				.flatMap(({ changes }) => changes)
				.flatMap(({ state, phase }) => (state === 'active' ? [phase] : []));
		const lasting = await draft({ values: { 'from.warning': 80, 'from.danger': 90 } });
		const until = new Date(work.now.getTime() + 60_000).toISOString();
		const meanwhile = await draft({ values: { 'from.warning': 80, 'from.danger': 85 }, until });
		for (const id of [lasting, meanwhile]) {
			await tested(id);
			await activate(id);
			work.tick(1);
		}
		expect(danger()).toBe(85);
		expect((await phases()).sort()).toEqual(['covered', 'running']);
		work.pass(61);
		await work.live.registerChanged();
		expect(danger()).toBe(90);
		const next = await draft({ values: { 'from.warning': 80, 'from.danger': 95 } });
		await tested(next);
		await activate(next);
		const replaced = await ruleChangeById(database().read, lasting);
		expect(replaced).toMatchObject({ state: 'ended', endCause: 'replaced', endReason: null });
		expect(danger()).toBe(95);
		await end(next, '结束', false);
		expect(await ruleChangeById(database().read, next)).toMatchObject({ endCause: null, endReason: '结束' });
		expect(danger()).toBe(100);
	});

	test('of one number leaves the others the bureau has set as they are; what is taken back takes its own with it', async () => {
		const held = () => {
			const limits = limitsInForce(work.live.state.devices.get('TC-1')!, work.live.rules());
			const of = (parameter: string) =>
				limits.find((limit) => limit.ruleKey === 'towerCrane.moment' && limit.parameter === parameter)?.value;
			return [of('from.warning'), of('from.danger')];
		};
		const ids: string[] = [];
		const said: RuleWish['values'][] = [{ 'from.warning': 70, 'from.danger': 90 }, { 'from.danger': 85 }];
		for (const values of said) {
			ids.push(await draft({ values }));
			await tested(ids.at(-1)!);
			await activate(ids.at(-1)!);
			work.tick(1);
		}
		const [both, one] = ids as [string, string];
		const listed = async (id: string) =>
			(await ruleList(database().read, work.live, backTests, SYSTEM, work.now)).rules
				.flatMap(({ changes }) => changes)
				.find((change) => change.id === id);
		expect(held()).toEqual([70, 85]);
		expect(await listed(both)).toMatchObject({ phase: 'running', replaced: ['from.danger'] });
		expect(await listed(one)).toMatchObject({ phase: 'running', replaced: [] });
		await end(one, '误设', false);
		expect(held()).toEqual([70, 90]);
		expect(await listed(both)).toMatchObject({ phase: 'running', replaced: [] });
		await end(both, '结束', false);
	});

	test('for a while and the lasting one below it, both replaced: the lasting one is what can be put back', async () => {
		const state = async (id: string) => (await ruleChangeById(database().read, id))!.state;
		const until = new Date(work.now.getTime() + 60_000).toISOString();
		const wishes = [{}, { until }, {}].map((more, i) => ({
			...{ values: { 'from.warning': 80, 'from.danger': 91 + i } },
			...more,
		}));
		const ids: string[] = [];
		for (const one of wishes) {
			ids.push(await draft(one));
			await tested(ids.at(-1)!);
			await activate(ids.at(-1)!);
			work.tick(1);
		}
		const [lasting, meanwhile, next] = ids as [string, string, string];
		expect([await state(lasting), await state(meanwhile)]).toEqual(['ended', 'ended']);
		await end(next, '误设', true);
		expect([await state(lasting), await state(meanwhile)]).toEqual(['active', 'ended']);
		await end(lasting, '结束', false);
	});

	test('for a day to come leaves the one in force alone until that day, and again when it is called off', async () => {
		const phases = async (...ids: string[]) => {
			const { rules } = await ruleList(database().read, work.live, backTests, SYSTEM, work.now);
			const all = rules.flatMap(({ changes }) => changes);
			return ids.map((id) => all.find((one) => one.id === id)!).map(({ state, phase }) => [state, phase]);
		};
		const today = await draft({ values: { 'from.warning': 80, 'from.danger': 90 } });
		const from = new Date(work.now.getTime() + 3_600_000).toISOString();
		const later = await draft({ values: { 'from.warning': 80, 'from.danger': 85 }, from });
		for (const id of [today, later]) {
			await tested(id);
			await activate(id);
			work.tick(1);
		}
		expect(await phases(today, later)).toEqual([
			['active', 'running'],
			['active', 'ahead'],
		]);
		work.pass(3601);
		await work.live.registerChanged();
		expect(await phases(today, later)).toEqual([
			['active', 'covered'],
			['active', 'running'],
		]);
		await end(later, '误设', false);
		expect(await phases(today)).toEqual([['active', 'running']]);
		await end(today, '结束', false);
	});

	describe('weather', () => {
		const windOf = (device: string) =>
			limitsInForce(work.live.state.devices.get(device)!, work.live.rules()).find(
				({ ruleKey, parameter }) => ruleKey === 'towerCrane.wind' && parameter === 'from.danger',
			)!;
		test('lowers the limits of the cranes of its town and restores them', async () => {
			await work.live.setSignals({ [TOWN]: [{ signal: 'gale', colour: 'yellow' }] });
			expect(windOf('TC-1')).toMatchObject({ value: 8, why: { kind: 'signal', colour: 'yellow' } });
			expect(windOf('TC-2').value).toBe(12);
			await work.keepSending('TC-1', { windMs: 8.5 }, 50);
			expect(openOf('wind')).toMatchObject({ level: 'danger', limit: 8 });
			await work.live.setSignals({});
			expect(windOf('TC-1')).toMatchObject({ value: 12, why: { kind: 'shipped' } });
			await work.keepSending('TC-1', { windMs: 8.5 }, 140);
			expect(openOf('wind')).toBeUndefined();
		});
	});

	describe('a danger sign at a pit', () => {
		test('raises a danger alarm at once, latched until it is over and acknowledged', async () => {
			const db = database();
			const pit = work.live.state.objects.find(({ kind }) => kind === 'pit')!;
			const at = (caller: Caller) => ({ ...caller, now: work.now });
			work.live.feed.announce(
				await reportDanger(db.alarm, at(who('dutyOfficer')), pit.id, { sign: 1, note: '南侧涌砂', photo: null }),
			);
			await work.live.registerChanged();
			const alarm = openOf('dangerSign')!;
			expect(alarm).toMatchObject({ level: 'danger', objectNo: pit.no, ruleKey: 'pit.dangerSign' });
			expect(work.live.state.levelOf(work.live.state.byNo.get(pit.no)!)).toBe('danger');
			await work.live.outbox.drained();

			const section = (await pitSection(db.read, { kind: 'system' }, pit.id, work.now))!;
			expect(section.dangers).toMatchObject([{ sign: 1, note: '南侧涌砂', reportedBy: 'dutyOfficer', endedAt: null }]);
			work.pass(60);
			work.live.feed.announce(
				await endPitDanger(db.alarm, at(who('dutyOfficer')), pit.id, {
					dangerId: section.dangers[0]!.id,
					note: '已回填反压',
				}),
			);
			await work.live.registerChanged();
			expect(openOf('dangerSign')).toBeDefined();
			await work.live.outbox.drained();
			const request = { move: 'acknowledge' as const, alarms: [alarm.id] };
			const moved = await moveAlarms(db.alarm, at(who('dutyOfficer')), request, work.live.describe);
			work.live.feed.announce(moved.events);
			await work.live.registerChanged();
			work.pass(1);
			expect(openOf('dangerSign')).toBeUndefined();
		});

		test('says which sign it was, and another one is news to whoever took notice of the first', async () => {
			const db = database();
			const pit = work.live.state.objects.find(({ kind }) => kind === 'pit')!;
			const officer = () => ({ ...who('dutyOfficer'), now: work.now });
			const report = async (sign: number, note: string) => {
				work.live.feed.announce(await reportDanger(db.alarm, officer(), pit.id, { sign, note, photo: null }));
				await work.live.registerChanged();
				await work.live.outbox.drained();
			};
			work.pass(60);
			await report(4, '路面开裂');
			const { id } = openOf('dangerSign')!;
			const moved = await moveAlarms(db.alarm, officer(), { move: 'acknowledge', alarms: [id] }, work.live.describe);
			work.live.feed.announce(moved.events);
			const card = async () => (await alarmCard(db.read, work.live, SYSTEM, id, work.now.getTime()))!;
			expect(await card()).toMatchObject({
				alarm: { handling: 'acknowledged' },
				// Nobody has closed the alarm of the sign before it: both belong to it.
				dangers: [
					{ sign: 4, note: '路面开裂', endedAt: null },
					{ sign: 1, endNote: '已回填反压' },
				],
			});
			await sql`delete from escalation`.execute(db.alarm);
			work.pass(60);
			await report(5, '');
			expect(await card()).toMatchObject({
				alarm: { handling: 'new' },
				dangers: [{ sign: 5 }, { sign: 4 }, { sign: 1 }],
			});
			const ladder = { db: db.alarm, describe: work.live.describe, webhook: 'http://127.0.0.1:9/sms' };
			await escalate(ladder, work.now);
			const notices = await db.read.selectFrom('notice').select('body').execute();
			const texts = notices.map(({ body }) => (body as { text: string }).text);
			expect(texts.find((text) => /开裂、空洞或下陷、周边管线/.test(text))).toBeDefined();
		});

		test('is shown with the sources of its limits in both languages', async () => {
			const pit = work.live.state.objects.find(({ kind }) => kind === 'pit')!;
			const designed = (mm: number | null) =>
				database().ingest.updateTable('monitor_point').set({ design_cumulative_mm: mm }).execute();
			await designed(30);
			const { points } = (await pitSection(database().read, { kind: 'system' }, pit.id, work.now))!;
			const sources = points.flatMap(({ cumulative, rate }) =>
				[cumulative, rate].flatMap((limit) => limit?.source ?? []),
			);
			expect(sources.length).toBeGreaterThan(0);
			for (const { zh, en } of sources)
				expect([/[\u4e00-\u9fff]/.test(zh), /[\u4e00-\u9fff]/.test(en)]).toEqual([true, false]);
			await designed(null);
		});

		test('is not reported from another town, and a walk not ahead of its day', async () => {
			const pit = work.live.state.objects.find(({ kind }) => kind === 'pit')!;
			const stranger = who('dutyOfficer', '330109105');
			await expect(
				reportDanger(database().alarm, stranger, pit.id, { sign: 2, note: '', photo: null }),
			).rejects.toThrow(/不能/);
			const walk = (day: string) =>
				recordWalk(database().alarm, who('dutyOfficer'), pit.id, { day, isSound: true, note: '' });
			await expect(walk('2027-01-01')).rejects.toThrow(/不能晚于今天/);
			await walk('2026-11-20');
			const section = (await pitSection(database().read, { kind: 'system' }, pit.id, work.now))!;
			expect(section.walks.find(({ day }) => day === '2026-11-20')?.state).toBe('done');
			expect(section.walks.find(({ day }) => day === '2026-11-19')?.state).toBe('late');
		});
	});
});
