// A rule that the bureau has changed for one measuring point or one site: judged by it there and nowhere else, shown with
// it in the section of the pit, and named on the alarm it causes with those who made it.

import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SYSTEM } from '#lib/domain/access/scope.ts';
import type { RuleWish } from '#lib/contract/rule.ts';
import { alarmCard } from '#lib/server/alarms/alarm-card.ts';
import { activateRuleChange, draftRuleChange, endRuleChange } from '#lib/server/commands/change-rule.ts';
import { alarmsInScope } from '#lib/server/repositories/alarm.ts';
import { newestBacktests } from '#lib/server/repositories/rule-backtest.ts';
import { ruleChangeById } from '#lib/server/repositories/rule-change.ts';
import { createBackTests, type BackTests } from '#lib/server/rules/back-test.ts';
import { pitSection } from '#lib/server/rules/pit-section.ts';
import {
	devicesOfRule,
	isInScope,
	limitOfPoint,
	ruleOf,
	subjectOfScope,
	valuesNow,
} from '#lib/server/rules/rule-devices.ts';
import { aRegister } from '../builders.ts';
import { callerAs } from '../callers.ts';
import { onBoth } from '../database/both.ts';
import { AtWork } from './at-work.ts';

const TOWN = '330109001';
const CUMULATIVE = 'monitorPoint.cumulative';

onBoth('a rule changed for one', (database) => {
	let work: AtWork;
	let backTests: BackTests;

	beforeEach(async () => {
		await aRegister(database().ingest)
			.withTown(TOWN, '城厢街道', [120.27, 30.17])
			.withSite({ name: '甲工地', town: TOWN, at: [120.27, 30.17] })
			.withSite({ name: '乙工地', town: TOWN, at: [120.3, 30.2] })
			.withCrane({ site: '甲工地', record: 'TC-1', device: 'TC-1' })
			.withCrane({ site: '乙工地', record: 'TC-2', device: 'TC-2' })
			.withPit({ site: '甲工地', name: '基坑', points: ['CX-1', 'CX-2'] })
			.build();
		await database().ingest.updateTable('monitor_point').set({ design_cumulative_mm: 40 }).execute();
		work = await AtWork.start(database(), '2026-11-20T08:00:00Z');
		backTests = createBackTests(
			{ read: database().read, store: database().alarm, history: (ask) => ask(database().read) },
			work.live.state,
			() => work.now.getTime(),
			(error) => work.faults.push(error),
		);
	});
	afterEach(async () => {
		expect(work.faults).toEqual([]);
		await work.close();
		await sql`truncate town, source, device, reading, alarm, incident, rule_change, audit cascade`.execute(
			database().ingest,
		);
	});

	const who = (role: 'analyst' | 'leader') => callerAs(role, work.now);
	const idOf = (name: string) => work.live.state.objects.find((object) => object.name === name)!.id;
	const wish = (scope: RuleWish['scope'], ruleKey: string, values: RuleWish['values']): RuleWish => ({
		...{ ruleKey, scope, values, from: null, until: null, reason: '临近地铁，从严' },
	});
	async function inForce(one: RuleWish): Promise<string> {
		const id = await draftRuleChange(database().alarm, who('analyst'), work.live, one);
		await backTests.start((await ruleChangeById(database().read, id))!, { name: 'analyst', at: work.now });
		await backTests.idle();
		expect((await newestBacktests(database().read, [id])).get(id)?.state).toBe('done');
		work.live.feed.announce(await activateRuleChange(database().alarm, who('leader'), work.live.state, id));
		await work.live.registerChanged();
		return id;
	}
	async function end(id: string): Promise<void> {
		const why = { reason: '地铁段已回填', restore: false };
		work.live.feed.announce(await endRuleChange(database().alarm, who('leader'), work.live.state, id, why));
		await work.live.registerChanged();
	}
	async function raised(condition: string) {
		await work.live.outbox.drained();
		const rows = await alarmsInScope(database().read, SYSTEM, { limit: 10, after: 0 });
		return rows.filter((row) => row.condition === condition);
	}
	const sourceOf = async (id: string) =>
		(await alarmCard(database().read, work.live, SYSTEM, id, work.now.getTime()))!.limitSource;
	async function shownLimits() {
		const pit = (await database().ingest.selectFrom('pit').select('id').executeTakeFirstOrThrow()).id;
		const section = await pitSection(database().read, SYSTEM, pit, work.now, work.live.rules());
		return section!.points.map(({ code, cumulative }) => [code, cumulative?.value, cumulative?.by]);
	}
	async function move(device: string, cumulativeMm: number): Promise<void> {
		for (let i = 0; i < 3; i++) {
			await work.send(work.reading(device, { cumulativeMm }));
			work.tick(600_000);
		}
	}

	describe('point of a pit', () => {
		test('judges it alone, and its alarm names the change and not the standard', async () => {
			const point = { kind: 'point' as const, id: idOf('CX-1') };
			const id = await inForce(wish(point, CUMULATIVE, { limit: 20 }));
			expect(await shownLimits()).toEqual([
				['CX-1', 20, 'change'],
				['CX-2', 40, 'design'],
			]);
			await move('CX-1', 21);
			await move('CX-2', 21);
			const found = await raised('cumulative');
			expect(found.map(({ deviceId, level, limit }) => [deviceId, level, limit])).toEqual([['CX-1', 'danger', 20]]);
			const change = { scope: 'point', draftedBy: 'analyst', activatedBy: 'leader' };
			const named = { source: { zh: '临近地铁，从严' }, confidence: 'local', change };
			expect(await sourceOf(found[0]!.id)).toMatchObject({ ...named, isPast: false });

			await end(id);
			expect(await sourceOf(found[0]!.id)).toMatchObject({ ...named, isPast: true });
			expect(await shownLimits()).toContainEqual(['CX-1', 40, 'design']);
		});

		test('is written over what holds there, in the unit of the point', async () => {
			const scope = { kind: 'point' as const, id: idOf('CX-1') };
			const reached = devicesOfRule(work.live.state, CUMULATIVE).filter(({ object }) => isInScope(object!, scope));
			expect(limitOfPoint(reached, CUMULATIVE)).toEqual({ value: 40, unit: 'mm' });
		});

		test('without a change says what the designer gave and which share of it was reached', async () => {
			await move('CX-1', 41);
			const [alarm] = await raised('cumulative');
			expect(await sourceOf(alarm!.id)).toMatchObject({
				...{ confidence: 'verified', change: null },
				ofPoint: { value: 40, unit: 'mm' },
			});
		});

		test('has a limit of its own; one for a whole site would be in millimetres for forces too', async () => {
			const site = { kind: 'site' as const, id: idOf('甲工地') };
			const drafted = draftRuleChange(
				database().alarm,
				who('analyst'),
				work.live,
				wish(site, CUMULATIVE, { limit: 20 }),
			);
			await expect(drafted).rejects.toThrow(/只能按测点修改/);
		});

		test('of water is written in millimetres a day, and judged so', async () => {
			await database()
				.ingest.updateTable('monitor_point')
				.set({ quantity: 'waterLevel', design_rate_mm_per_day: 500 })
				.where('code', '=', 'CX-1')
				.execute();
			await work.live.registerChanged();
			await inForce(wish({ kind: 'point', id: idOf('CX-1') }, 'monitorPoint.waterRate', { limit: 300 }));
			const watched = work.live.state.devices.get('CX-1')!.watches.find(({ unit }) => unit === 'm/d');
			expect(watched?.design).toBeCloseTo(0.3, 9);
		});
	});

	test('site is named so on the alarm of its crane, and another site keeps its numbers', async () => {
		const site = { kind: 'site' as const, id: idOf('甲工地') };
		await inForce(wish(site, 'towerCrane.moment', { 'from.warning': 70, 'from.danger': 80 }));
		const numbers = (scope: RuleWish['scope']) =>
			valuesNow(
				work.live.rules(),
				ruleOf('towerCrane.moment')!,
				subjectOfScope(work.live.state, 'towerCrane.moment', scope),
			);
		expect(numbers(site)).toMatchObject({ 'from.danger': 80, isOn: 1 });
		expect(numbers({ kind: 'site', id: idOf('乙工地') })).toMatchObject({ 'from.danger': 100 });
		await work.keepSending('TC-1', { momentPercent: 84 }, 3);
		await work.keepSending('TC-2', { momentPercent: 84 }, 3);
		const found = await raised('moment');
		expect(found.map(({ deviceId, limit }) => [deviceId, limit])).toEqual([['TC-1', 80]]);
		expect(await sourceOf(found[0]!.id)).toMatchObject({ change: { scope: 'site', activatedBy: 'leader' } });
	});
});
