// A plan issued by mistake is taken back while everybody is still in the office; a draft nobody wants is thrown away. On
// both databases.

import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { SYSTEM } from '#lib/domain/access/scope.ts';
import { changePlan } from '#lib/server/commands/change-plan.ts';
import { discardDraft } from '#lib/server/commands/discard-draft.ts';
import { draftPlan } from '#lib/server/commands/draft-plan.ts';
import { issuePlan } from '#lib/server/commands/issue-plan.ts';
import { takeBackPlan } from '#lib/server/commands/take-back-plan.ts';
import { officersOut } from '#lib/server/repositories/officer.ts';
import { markDeparted } from '#lib/server/repositories/patrol-field.ts';
import { planById, plannedSites } from '#lib/server/repositories/patrol-plan.ts';
import { sources } from '#lib/server/repositories/source.ts';
import { aRegister } from '../builders.ts';
import { planner } from '../on-duty.ts';
import { onBoth } from './both.ts';

const NOW = new Date('2026-11-20T01:00:00Z');
const ON = '2026-11-20';
const by = { principal: planner, address: null, now: NOW };

onBoth('a plan that is withdrawn', (database) => {
	const db = () => database().ingest;
	let id = '';
	const issued = async () => {
		const { revision, visits } = (await planById(db(), SYSTEM, id))!;
		const drafts = [{ team: 't1', visits: visits.visits.slice(0, 3).map(({ key }) => key) }];
		await changePlan(db(), by, id, { revision, drafts, locked: [], departments: {} });
		return issuePlan(db(), by, id);
	};

	test('is a draft again as it was planned, and its officers and sites are free for others', async () => {
		const register = ['甲', '乙'].reduce(
			(all, name) => all.withOfficer(name),
			aRegister(db()).withTown('330109001', '城厢街道', [120.25, 30.15]).withBase('站', [120.25, 30.155]),
		);
		for (let i = 0; i < 5; i++)
			register.withSite({ name: `工地${i}`, town: '330109001', at: [120.25 + i * 0.004, 30.15] });
		await register.build();
		const wish = { on: ON, template: 'daily' as const, name: '', teams: 1, officers: [], towns: [] };
		const made = await draftPlan(db(), by, wish, undefined, '日常');
		if (!made.ok) throw new Error(made.reason);
		id = made.id;
		expect(await takeBackPlan(db(), by, id)).toMatchObject({ reason: 'not-issued' });
		expect(await issued()).toMatchObject({ ok: true, stops: 3 });
		expect((await officersOut(db(), ON)).size).toBe(2);
		expect(await discardDraft(db(), by, id)).toMatchObject({ reason: 'not-a-draft' });

		const done = await takeBackPlan(db(), by, id);
		expect(done.ok && done.events.map(({ type, data }) => [type, data])).toEqual([
			['patrol:changed', { planId: id, change: 'taken-back' }],
		]);
		const plan = (await planById(db(), SYSTEM, id))!;
		expect([plan.state, plan.drafts[0]!.visits.length]).toEqual(['draft', 3]);
		expect((await officersOut(db(), ON)).size).toBe(0);
		expect((await sources(db(), 50)).filter(({ name }) => name.includes('巡查'))).toEqual([]);
		expect((await plannedSites(db(), ON, ON)).size).toBe(0);
	});

	test('can be issued anew, and stays out once a team has set out', async () => {
		expect(await issued()).toMatchObject({ ok: true, stops: 3 });
		// What is recorded on patrol is no import that an administrator could undo.
		expect((await sources(db(), 50)).filter(({ name }) => name.includes('巡查'))).toEqual([]);
		await markDeparted(db(), id, 't1', NOW);
		expect(await takeBackPlan(db(), by, id)).toMatchObject({ reason: 'has-begun' });
		expect((await planById(db(), SYSTEM, id))!.state).toBe('issued');
	});

	test('goes when it was a draft only; who may not plan changes nothing', async () => {
		const wish = { on: ON, template: 'daily' as const, name: '', teams: 1, officers: [], towns: [] };
		const made = await draftPlan(db(), by, wish, undefined, '日常');
		if (!made.ok) throw new Error(made.reason);
		const grants = [{ role: 'leader' as const, area: '330109', layers: ['public' as const] }];
		const leader = { ...by, principal: { ...planner, grants } };
		expect(await discardDraft(db(), leader, made.id)).toMatchObject({ reason: 'forbidden' });
		expect(await takeBackPlan(db(), leader, id)).toMatchObject({ reason: 'forbidden' });
		expect(await discardDraft(db(), by, made.id)).toMatchObject({ ok: true });
		expect(await planById(db(), SYSTEM, made.id)).toBeUndefined();
		expect(await discardDraft(db(), by, randomUUID())).toMatchObject({ reason: 'not-found' });
	});
});
