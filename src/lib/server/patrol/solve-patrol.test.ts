import { describe, expect, test } from 'vitest';
import type { Problem } from '#lib/domain/patrol/problem.ts';
import { Fault } from '../errors.ts';
import { solvePatrol } from './solve-patrol.ts';

const count = 40;
const problem: Problem = {
	places: Array.from({ length: count + 1 }, (_, i) => ({
		id: `p${i}`,
		at: [120.2 + 0.05 * Math.sin(7 * i), 30.15 + 0.05 * Math.cos(3 * i)],
	})),
	teams: Array.from({ length: 4 }, (_, i) => ({ id: `t${i}`, from: 'p0', to: 'p0', shift: [0, 480] })),
	visits: Array.from({ length: count }, (_, i) => ({ id: `v${i}`, place: `p${i + 1}`, minutes: 25 })),
	weights: { minutes: 1 },
};

describe('solvePatrol', { timeout: 60_000 }, () => {
	test('searches in two threads, tells how it goes and keeps to its time', async () => {
		const costs: number[] = [];
		const plan = await solvePatrol(problem, {
			seconds: 1.2,
			seed: 1,
			threads: 2,
			onProgress: ({ cost }) => costs.push(cost),
		});
		expect(plan.routes.flatMap(({ stops }) => stops)).toHaveLength(count);
		expect(plan.seed).toBe(1);
		expect(plan.seconds).toBeGreaterThan(1);
		expect(plan.iterations).toBeGreaterThan(0);
		expect(costs.length).toBeGreaterThan(1);
		expect(plan.objective).toBeLessThanOrEqual(costs[0]! + 1e-6);
	});

	test('refuses a problem that cannot be understood with every sentence', async () => {
		const refused = solvePatrol({ places: [{ id: 'a' }], teams: [] }, { seconds: 1, seed: 1 });
		await expect(refused).rejects.toBeInstanceOf(Fault);
		await expect(refused).rejects.toMatchObject({
			code: 'bad-input',
			details: ['“teams”至少要有一组人员 · “teams” must list at least one team'],
		});
	});

	test('tables and first plan of a great many visits count as time asked for', async () => {
		const many = Array.from({ length: 3000 }, (_, i) => ({ id: `v${i}`, minutes: 25 }));
		const places = [
			...problem.places,
			...many.map(({ id }, i) => ({ id, at: [120.2 + 1e-5 * i, 30.15] as [number, number] })),
		];
		const visits = many.map((visit) => ({ ...visit, place: visit.id, must: false, prize: 50 }));
		const plan = await solvePatrol({ ...problem, places, visits }, { seconds: 0.1, seed: 1, threads: 1 });
		expect(plan.iterations, 'no time was left to search on').toBe(0);
		expect(plan.routes.flatMap(({ stops }) => stops).length).toBeGreaterThan(20);
		expect(plan.left.every(({ reason }) => reason !== '')).toBe(true);
		expect(plan.routes.flatMap(({ stops }) => stops).length + plan.left.length).toBe(3000);
	});

	test('answers with what it has when it is stopped', async () => {
		const stop = new AbortController();
		const plan = await solvePatrol(problem, {
			seconds: 60,
			seed: 1,
			threads: 1,
			signal: stop.signal,
			onProgress: () => stop.abort(),
		});
		expect(plan.seconds).toBeLessThan(50);
		expect(plan.routes.flatMap(({ stops }) => stops)).toHaveLength(count);
	});
});
