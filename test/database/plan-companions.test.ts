// Experts and agencies on a plan over a database: who is asked, who must keep away, what the sheet says, and that the
// next plan knows where they have been. On both databases.

import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { SYSTEM } from '#lib/domain/access/scope.ts';
import { allotPlan } from '#lib/domain/planning/companions.ts';
import { changePlan } from '#lib/server/commands/change-plan.ts';
import { draftPlan } from '#lib/server/commands/draft-plan.ts';
import { issuePlan } from '#lib/server/commands/issue-plan.ts';
import { endQuota, setQuota } from '#lib/server/commands/set-quota.ts';
import type { Db } from '#lib/server/db/connection.ts';
import { viewPlan } from '#lib/server/planning/plan-view.ts';
import { routeSheets } from '#lib/server/planning/route-sheet.ts';
import { planById } from '#lib/server/repositories/patrol-plan.ts';
import { aRegister } from '../builders.ts';
import { planner } from '../on-duty.ts';
import { callerAs } from '../callers.ts';
import { onBoth } from './both.ts';

const NOW = new Date('2026-11-20T00:30:00Z');
const by = { principal: planner, address: null, now: NOW };

async function prepared(db: Db): Promise<void> {
	await aRegister(db)
		.withTown('330109001', '城厢街道', [120.25, 30.15])
		.withBase('监督站', [120.25, 30.155])
		.withOfficer('甲')
		.withOfficer('乙')
		.withSite({ name: '深坑工地', town: '330109001', at: [120.25, 30.15] })
		.withPit({ site: '深坑工地', name: '1# 坑', depthM: 12 })
		.withCrane({ site: '深坑工地', record: '浙A-T-1' })
		.build();
	const { id: source_id } = await db.selectFrom('source').select('id').executeTakeFirstOrThrow();
	const firms = [
		['建造一公司', 'contractor', null],
		['萧检一所', 'testingAgency', null],
		['萧检二所', 'testingAgency', '2026-01-01'],
	] as const;
	const firmId: Record<string, string> = {};
	for (const [name, role, caution_from] of firms) {
		firmId[name] = randomUUID();
		await db
			.insertInto('firm')
			.values({ id: firmId[name], name, roles: [role], caution_from, source_id })
			.execute();
	}
	await db.updateTable('site').set({ contractor_id: firmId['建造一公司']!, risk_grade: 'high' }).execute();
	const experts = [
		['受雇者', '岩土工程', firmId['建造一公司']!],
		['回避者', '岩土工程', null],
		['岩土专家', '岩土工程', null],
		['机械专家', '起重机械', null],
		['装饰专家', '装饰装修', null],
	] as const;
	for (const [name, discipline, firm_id] of experts) {
		const id = randomUUID();
		const row = { id, name, disciplines: [discipline], is_senior: name === '回避者', joined_on: '2025-01-01' };
		await db
			.insertInto('expert')
			.values({ ...row, firm_id, source_id })
			.execute();
		if (name === '回避者')
			await db
				.insertInto('expert_avoidance')
				.values({ expert_id: id, firm_id: firmId['建造一公司']!, reason: '近亲属在该企业任职' })
				.execute();
	}
}

onBoth('experts and agencies along on a plan', (database) => {
	const drafted = async (on: string, template: 'thirdParty' | 'daily' = 'thirdParty') => {
		const wish = { on, template, name: '', teams: 1, officers: [], towns: [] };
		const made = await draftPlan(database().ingest, by, wish, undefined, '第三方');
		if (!made.ok) throw new Error(made.reason);
		return made.id;
	};
	const view = async (id: string) => viewPlan(database().ingest, (await planById(database().ingest, SYSTEM, id))!, NOW);

	test('go where their discipline is needed and nobody is tied to a firm of the site', async () => {
		const db = database().ingest;
		await prepared(db);
		const id = await drafted('2026-11-20');
		const draft = await view(id);
		const drafts = [{ team: 't1', visits: draft.visits.map(({ key }) => key) }];
		const { seats, open } = allotPlan(drafts, draft.visits, draft.companions!);
		expect(seats.map(({ need, kind, name }) => [need, kind, name])).toEqual([
			['deepPit', 'expert', '岩土专家'],
			['lifting', 'expert', '机械专家'],
			['deepPit', 'agency', '萧检一所'],
			['lifting', 'agency', '萧检一所'],
		]);
		expect(open).toEqual([]);

		const change = { revision: draft.revision, drafts, locked: [], departments: {} };
		expect(await changePlan(db, by, id, change)).toMatchObject({ ok: true });
		expect(await issuePlan(db, by, id)).toMatchObject({ ok: true });
		expect((await view(id)).companions!.seats).toHaveLength(4);
		const sheets = await routeSheets(db, id, SYSTEM, 'http://x', NOW);
		expect(sheets!.teams[0]!.stops[0]!.riders.map(({ name }) => name)).toEqual(
			expect.arrayContaining(['岩土专家', '机械专家', '萧检一所']),
		);
	});

	test('the next plan knows where they have been', async () => {
		await database().ingest.updateTable('patrol_stop').set({ state: 'done' }).execute();
		const { pool } = (await view(await drafted('2026-11-27'))).companions!;
		const loads = Object.fromEntries(pool.map(({ name, load }) => [name, load]));
		expect(loads).toMatchObject({ 岩土专家: 1, 机械专家: 1, 装饰专家: 0, 萧检一所: 1 });
		expect(loads).not.toHaveProperty('萧检二所');
	});

	test('whoever has used up the quota of the contract is left out, also when another plan used it meanwhile', async () => {
		const db = database().ingest;
		const agency = await db.selectFrom('firm').select('id').where('name', '=', '萧检一所').executeTakeFirstOrThrow();
		const wish = { kind: 'agency', companionId: agency.id, fromOn: '2026-11-01', toOn: '2026-11-30' } as const;
		const contract = { ...wish, most: 2, source: '采购合同 7 号' };
		expect(await setQuota(db, callerAs('supervisor', NOW), contract)).toEqual({ ok: false, reason: 'forbidden' });
		expect(await setQuota(db, by, { ...contract, companionId: randomUUID() })).toMatchObject({ ok: false });
		const set = await setQuota(db, by, contract);

		const id = await drafted('2026-11-28');
		const agencies = async () => {
			const draft = await view(id);
			const drafts = [{ team: 't1', visits: draft.visits.map(({ key }) => key) }];
			const { seats, open } = allotPlan(drafts, draft.visits, draft.companions!);
			return [...seats, ...open].filter(({ kind }) => kind === 'agency');
		};
		expect((await view(id)).companions!.pool.find(({ name }) => name === '萧检一所')!.quotas).toMatchObject([
			{ most: 2, used: 1, source: '采购合同 7 号', setBy: expect.any(String) },
		]);
		expect(await agencies()).toMatchObject([{ name: '萧检一所' }, { name: '萧检一所' }]);
		await db.updateTable('companion_quota').set({ most: 1 }).execute();
		expect(await agencies()).toMatchObject([{ reason: 'quota', full: ['萧检一所'] }, { reason: 'quota' }]);

		await db.updateTable('patrol_stop').set({ state: 'skipped' }).execute();
		expect(await agencies()).toMatchObject([{ name: '萧检一所' }, { name: '萧检一所' }]);
		await db.updateTable('patrol_stop').set({ state: 'done' }).execute();
		expect(await endQuota(db, by, set.ok ? set.id : '')).toMatchObject({ ok: true });
		expect(await agencies()).toMatchObject([{ name: '萧检一所' }, { name: '萧检一所' }]);
		expect(await db.selectFrom('companion_quota').select('ended_by').execute()).toEqual([
			{ ended_by: expect.any(String) },
		]);
	});

	test('an ordinary day takes nobody along', async () => {
		expect((await view(await drafted('2026-11-27', 'daily'))).companions).toBeNull();
	});
});
