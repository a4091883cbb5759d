import { describe, expect, test } from 'vitest';
import { seeded } from '../random.ts';
import { Elite } from './elite.ts';
import { compile } from './model.ts';
import { Neighbours } from './neighbours.ts';

const count = 12;
const model = compile(
	{
		places: Array.from({ length: count + 1 }, (_, i) => ({ id: `p${i}`, at: [120 + 0.01 * (i % 4), 30 + 0.01 * i] })),
		teams: Array.from({ length: 4 }, (_, i) => ({
			id: `t${i}`,
			from: 'p0',
			to: 'p0',
			shift: [0, 480],
			skills: i < 2 ? ['crane'] : [],
		})),
		visits: Array.from({ length: count }, (_, i) => ({ id: `v${i}`, place: `p${i + 1}`, minutes: 10 })),
		weights: { km: 1 },
	},
	{ detour: 1, speedKmh: 30 },
);
const eliteOf = (seed: number) => new Elite(model, seeded(seed), new Neighbours(model));
const one = [
	[0, 1, 2],
	[3, 4, 5],
	[6, 7, 8],
	[9, 10, 11],
];
const other = [
	[0, 4, 8],
	[1, 5, 9],
	[2, 6, 10],
	[3, 7, 11],
];

describe('Elite', () => {
	test('keeps the best plans, the cheapest first, and each only once', () => {
		const elite = eliteOf(1);
		for (const cost of [5, 3, 9, 3, 4, 8]) elite.add({ plan: one, cost });
		expect(elite.plans.map(({ cost }) => cost)).toEqual([3, 4, 5, 8]);
		elite.thin();
		expect(elite.plans.map(({ cost }) => cost)).toEqual([3]);
	});

	test('says whether a crossed plan has led to a known one, a better one or a worse one', () => {
		const elite = eliteOf(1);
		elite.add({ plan: one, cost: 5 });
		elite.add({ plan: other, cost: 7 });
		elite.crossed();
		expect([5, 6, 8].map((cost) => elite.judge(cost))).toEqual(['known', 'better', 'worse']);
	});

	test('crosses two plans: no visit twice, some routes as they are, each with a team of its kind', () => {
		for (let seed = 0; seed < 200; seed++) {
			const elite = eliteOf(seed);
			elite.add({ plan: one, cost: 5 });
			elite.add({ plan: other, cost: 7 });
			const child = elite.crossed();
			expect(new Set(child.flat()).size).toBe(child.flat().length);
			const whole = child.flatMap((route, team) =>
				[one, other]
					.flatMap((plan) => plan.map((its, its0) => ({ plan, its, its0 })))
					.filter(({ its }) => `${its}` === `${route}`)
					.map(({ its0 }) => [team, its0]),
			);
			expect(whole.length).toBeGreaterThan(0);
			for (const [team, its] of whole) expect(model.teamClass[team!]).toBe(model.teamClass[its!]);
		}
	});

	test('a plan alone is crossed with itself and stays as it is', () => {
		const elite = eliteOf(1);
		elite.add({ plan: one, cost: 5 });
		expect(elite.crossed().map((route) => [...route])).toEqual(one);
	});
});
