// Plans that other pages ask for: the flood round, and the month that makes up for what a round would miss. On both
// databases.

import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { PlanWish } from '#lib/contract/patrol.ts';
import type { Person } from '#lib/domain/access/principal.ts';
import { SYSTEM } from '#lib/domain/access/scope.ts';
import { monthDays } from '#lib/domain/planning/month.ts';
import { answerNotice } from '#lib/server/commands/answer-notice.ts';
import { declareResponse } from '#lib/server/commands/direct-response.ts';
import { draftPlan } from '#lib/server/commands/draft-plan.ts';
import { judgeExposures } from '#lib/server/commands/judge-exposures.ts';
import { makeRounds } from '#lib/server/commands/make-rounds.ts';
import { orderMeasures } from '#lib/server/commands/order-measures.ts';
import { readLedger } from '#lib/server/coverage/read-ledger.ts';
import type { Db } from '#lib/server/db/connection.ts';
import { solvePatrol } from '#lib/server/patrol/solve-patrol.ts';
import { planById } from '#lib/server/repositories/patrol-plan.ts';
import { aRegister } from '../builders.ts';
import { onBoth } from './both.ts';

const DISTRICT = '330109';
const planner: Person = {
	kind: 'person',
	id: randomUUID(),
	name: '沈岚',
	isDemo: false,
	grants: [{ role: 'dutyOfficer', area: DISTRICT, layers: ['public', 'supervision'] }],
};
const by = (now: Date) => ({ principal: planner, address: null, now });
const wish = { name: '', teams: 2, officers: [], towns: [] };

async function drafted(db: Db, now: Date, more: Omit<PlanWish, keyof typeof wish>) {
	const made = await draftPlan(db, by(now), { ...wish, ...more }, undefined, '计划');
	if (!made.ok) throw new Error(made.reason);
	return (await planById(db, SYSTEM, made.id))!;
}
const teams = (db: Db) =>
	['甲', '乙', '丙', '丁'].reduce(
		(register, name) => register.withOfficer(name),
		aRegister(db).withTown('330109001', '城厢街道', [120.25, 30.15]).withBase('监督站', [120.25, 30.155]),
	);

onBoth('a flood round', (database) => {
	const at = (clock: string) => new Date(`2026-07-10T${clock}:00+08:00`);

	test('asks every site that was told something, those without an answer first, and says why', async () => {
		const db = database().ingest;
		await teams(db)
			.withSite({ name: '已答复', town: '330109001', at: [120.251, 30.15] })
			.withSite({ name: '未签收', town: '330109001', at: [120.255, 30.15] })
			.withPit({ site: '已答复', name: '1# 坑', depthM: 12 })
			.build();
		await judgeExposures(db, at('08:00'));
		const level = { issuer: '区防指', level: 'III' as const, areaCodes: [DISTRICT], note: '' };
		expect(await declareResponse(db, by(at('08:01')), level)).toMatchObject({ ok: true });
		await orderMeasures(db, DISTRICT, new Set(), 'test', at('08:02'));
		const told = await db
			.selectFrom('flood_notice')
			.innerJoin('site', 'site.id', 'flood_notice.site_id')
			.select(['site.name', 'flood_notice.link'])
			.execute();
		expect(told).toHaveLength(2);
		for (const kind of ['stopped', 'checked'] as const) {
			const answer = { id: randomUUID(), kind, byName: '周建国', note: '', answers: {} };
			const link = told.find(({ name }) => name === '已答复')!.link!;
			const photo = Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);
			await answerNotice(db, link, answer, photo, { address: null, now: at('08:20') });
		}

		const plan = await drafted(db, at('12:00'), { on: '2026-07-10', template: 'flood' });
		expect(plan.visits.visits.map(({ name }) => name)).toEqual(['未签收', '已答复']);
		expect(plan.visits.visits[0]!.occasion).toBe('flood');
		const keys = plan.visits.visits.map(({ reasons }) => reasons.map(({ key }) => key));
		expect(keys[0]!.slice(0, 2)).toEqual(['floodLate', 'floodMeasures']);
		expect(keys[1]).toContain('floodMeasures');
		expect(keys[1]).not.toContain('floodLate');
		const [silent, answered] = plan.problem.visits;
		expect(silent!.prize!).toBeGreaterThan(2 * answered!.prize!);
	});

	test('an ordinary day knows nothing of the flood', async () => {
		const plan = await drafted(database().ingest, at('12:10'), { on: '2026-07-10', template: 'daily' });
		expect(JSON.stringify(plan.visits.visits)).not.toMatch(/flood[A-Z]/);
	});
});

onBoth('the plan that fixes a round', (database) => {
	const NOW = new Date('2026-11-20T01:00:00Z');
	const ON = '2026-11-20';
	const SITES = 36;
	let roundId = '';

	const round = async () => {
		const { rounds } = await readLedger(database().ingest, SYSTEM, NOW);
		return rounds.find(({ id }) => id === roundId)!;
	};

	describe('at today’s pace sites will be missed', () => {
		test('and the forecast says how many', async () => {
			const db = database().ingest;
			const register = teams(db);
			for (let i = 0; i < SITES; i++)
				register.withSite({ name: `工地${i}`, town: '330109001', at: [120.2 + i * 0.003, 30.15] });
			await register.build();
			const made = await makeRounds(db, by(NOW), { make: 'year', year: 2026, calendar: 'halfYears' });
			if (!made.ok) throw new Error(made.reason);
			const { rounds } = await readLedger(db, SYSTEM, NOW);
			roundId = rounds.find(({ name }) => name === '2026 年第二轮')!.id;
			const { id: site_id, source_id } = await db
				.selectFrom('site')
				.select(['id', 'source_id'])
				.where('name', '=', '工地0')
				.executeTakeFirstOrThrow();
			const visit = { id: randomUUID(), site_id, source_id, visited_at: '2026-11-10T02:00:00Z' };
			await db
				.insertInto('visit')
				.values({ ...visit, supervisors: ['甲', '乙'], occasion: 'routine', result: 'passed' })
				.execute();
			expect((await round()).forecast).toMatchObject({ remaining: SITES - 1 });
			expect((await round()).forecast!.willMiss).toBeGreaterThan(0);
		});

		test('the month has every open site as one that must be visited, and nobody who was visited', async () => {
			const plan = await drafted(database().ingest, NOW, { on: ON, template: 'month', coversRound: roundId });
			expect(plan.visits.visits).toHaveLength(SITES - 1);
			expect(plan.problem.visits.every(({ must }) => must)).toBe(true);
			expect(plan.visits.visits.map(({ name }) => name)).not.toContain('工地0');
		});

		test('and when it is solved no site misses the round', async () => {
			const db = database().ingest;
			const plan = await drafted(db, NOW, { on: ON, template: 'month', coversRound: roundId });
			const solved = await solvePatrol(plan.problem, { seconds: 2, seed: 1, estimate: plan.teams.estimate });
			expect(solved.left).toEqual([]);
			const days = monthDays(ON, 22);
			const { toOn } = await round();
			const visitedOn = solved.routes.flatMap(({ team, stops }) =>
				stops.map(() => days[Number(team.split('/')[0]) - 1]!.on),
			);
			expect(visitedOn).toHaveLength(SITES - 1);
			expect(visitedOn.every((on) => on <= toOn)).toBe(true);
		});
	});

	test('a round that is over, or that nobody knows, cannot be fixed', async () => {
		const db = database().ingest;
		const ask = { ...wish, on: '2027-02-01', template: 'month' as const, coversRound: roundId };
		expect(await draftPlan(db, by(NOW), ask, undefined, '')).toMatchObject({ ok: false, reason: 'no-round' });
		const unknown = { ...ask, on: ON, coversRound: randomUUID() };
		expect(await draftPlan(db, by(NOW), unknown, undefined, '')).toMatchObject({ ok: false, reason: 'no-round' });
	});

	test.each([
		['2026-11-19', 'day-is-over'],
		['2027-12-31', 'too-far-ahead'],
	])('nobody is sent out on a day that is over or more than a year ahead: %s', async (on, reason) => {
		const ask = { ...wish, on, template: 'daily' as const };
		expect(await draftPlan(database().ingest, by(NOW), ask, undefined, '')).toMatchObject({ ok: false, reason });
	});
});
