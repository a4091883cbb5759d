// A visit that is promised for a moment keeps it through everything that is done with the plan. On both databases.

import { expect, test } from 'vitest';
import { SYSTEM } from '#lib/domain/access/scope.ts';
import { changePlan } from '#lib/server/commands/change-plan.ts';
import { draftPlan } from '#lib/server/commands/draft-plan.ts';
import { issuePlan } from '#lib/server/commands/issue-plan.ts';
import { solvePatrol } from '#lib/server/patrol/solve-patrol.ts';
import { planById } from '#lib/server/repositories/patrol-plan.ts';
import { stopStates } from '#lib/server/repositories/patrol-stop.ts';
import { aRegister } from '../builders.ts';
import { planner } from '../on-duty.ts';
import { onBoth } from './both.ts';

const NOW = new Date('2026-11-20T00:00:00Z');
const by = { principal: planner, address: null, now: NOW };

onBoth('a visit that is promised for a moment', (database) => {
	const drafted = async (more: object = {}) => {
		const wish = { on: '2026-11-20', template: 'daily' as const, name: '', teams: 1, officers: [], towns: [], ...more };
		const made = await draftPlan(database().ingest, by, wish, undefined, '日常');
		if (!made.ok) throw new Error(made.reason);
		return (await planById(database().ingest, SYSTEM, made.id))!;
	};
	const kept = async (id: string) => (await planById(database().ingest, SYSTEM, id))!;

	test('is planned for it, judged by it when the plan is issued, and driven to at that time', async () => {
		const db = database().ingest;
		const register = ['甲', '乙'].reduce(
			(all, name) => all.withOfficer(name),
			aRegister(db).withTown('330109001', '城厢街道', [120.25, 30.15]).withBase('站', [120.25, 30.155]),
		);
		for (let i = 0; i < 4; i++)
			register.withSite({ name: `工地${i}`, town: '330109001', at: [120.2 + i * 0.01, 30.15] });
		await register.build();
		const plan = await drafted();
		const [first] = plan.problem.visits;
		const change = { drafts: [], locked: [], departments: {} };
		const pinned = { ...change, revision: plan.revision, pins: { [first!.id]: 870 } };
		expect(await changePlan(db, by, plan.id, pinned)).toMatchObject({ ok: true });

		const { problem, visits, revision, teams } = await kept(plan.id);
		expect(visits.visits.find(({ key }) => key === first!.id)).toMatchObject({ pinnedAt: 870 });
		const solved = await solvePatrol(problem, { seconds: 0.3, seed: 1, threads: 1, estimate: teams.estimate });
		const drafts = solved.routes.map(({ team, stops }) => ({ team, visits: stops.map(({ visit }) => visit) }));
		expect(await changePlan(db, by, plan.id, { ...change, revision, drafts })).toMatchObject({ ok: true });
		expect(await issuePlan(db, by, plan.id)).toMatchObject({ ok: true });
		const stop = (await stopStates(db, plan.id)).find(({ key }) => key === first!.id);
		expect(stop).toMatchObject({ startMin: 870 });
	});

	test('to which a team comes too late is not issued, and both languages say by how much', async () => {
		const plan = await drafted({ on: '2026-12-09' });
		const [first, second] = plan.problem.visits.map(({ id }) => id);
		const drafts = [{ team: plan.problem.teams[0]!.id, visits: [second!, first!] }];
		const change = { drafts, locked: [], departments: {}, revision: plan.revision, pins: { [first!]: 520 } };
		expect(await changePlan(database().ingest, by, plan.id, change)).toMatchObject({ ok: true });
		const issued = await issuePlan(database().ingest, by, plan.id);
		expect(issued).toMatchObject({ ok: false, reason: 'rules-broken' });
		expect(issued).toMatchObject({ details: [expect.stringMatching(/晚了.* · .*begins/)] });
	});

	test('can be set free again, and a visit nobody plans cannot be promised', async () => {
		const db = database().ingest;
		const plan = await drafted({ on: '2026-12-10' });
		const [first] = plan.problem.visits;
		const change = { drafts: [], locked: [], departments: {} };
		const ask = (revision: number, pins: Record<string, number>) =>
			changePlan(db, by, plan.id, { ...change, revision, pins });
		expect(await ask(plan.revision, { [first!.id]: 870 })).toMatchObject({ ok: true });
		expect(await ask(plan.revision + 1, {})).toMatchObject({ ok: true });
		expect((await kept(plan.id)).problem).toEqual(plan.problem);
		expect(await ask(plan.revision + 2, { s999: 870 })).toMatchObject({ ok: false, reason: 'bad-draft' });
	});
});
