import { describe, expect, test } from 'vitest';
import { seeded } from '../random.ts';
import { compile } from './model.ts';
import { Population } from './population.ts';

const count = 8;
const random = seeded(1);
const model = compile(
	{
		places: Array.from({ length: count + 1 }, (_, i) => ({ id: `p${i}`, at: [120 + 0.01 * i, 30] })),
		teams: Array.from({ length: 2 }, (_, i) => ({ id: `t${i}`, from: 'p0', to: 'p0', shift: [0, 480] })),
		visits: Array.from({ length: count }, (_, i) => ({ id: `v${i}`, place: `p${i + 1}`, minutes: 10 })),
		weights: { km: 1 },
	},
	{ detour: 1, speedKmh: 30 },
);
const order = [0, 1, 2, 3, 4, 5, 6, 7];
const plan = (visits: readonly number[]) => [visits.slice(0, 4), visits.slice(4)];
const costs = (population: Population) => population.plans.map(({ cost }) => cost).sort((a, b) => a - b);

describe('the good plans of a search', () => {
	test('of two plans in the same order only the cheaper one is known', () => {
		const population = new Population(model, seeded(1));
		for (const cost of [5, 3, 4]) population.add({ plan: plan(order), cost });
		expect(costs(population)).toEqual([3]);
	});

	test('a visit left out makes another plan', () => {
		const population = new Population(model, seeded(1));
		population.add({ plan: plan(order), cost: 5 });
		population.add({ plan: plan(order.slice(0, 7)), cost: 5 });
		expect(costs(population)).toEqual([5, 5]);
	});

	test('they do not become ever more, and the cheapest is never given up', () => {
		const population = new Population(model, seeded(1));
		let cheapest = Infinity;
		for (let i = 0; i < 200; i++) {
			const cost = 100 + random.next();
			cheapest = Math.min(cheapest, cost);
			population.add({ plan: plan(random.shuffled(order)), cost });
			expect(population.plans.length).toBeLessThan(24);
			expect(costs(population)[0]).toBe(cheapest);
		}
	});

	test('a dear plan unlike all others outlives cheaper ones that are all alike', () => {
		const population = new Population(model, seeded(1));
		const odd = { plan: plan([7, 4, 1, 6, 3, 0, 5, 2]), cost: 25 };
		population.add(odd);
		// Each is one exchange of neighbours, or two, away from the same order.
		for (let i = 0; i < 7; i++)
			for (let k = i; k < 7; k++) {
				const alike = [...order];
				for (const at of new Set([i, k])) [alike[at], alike[at + 1]] = [alike[at + 1]!, alike[at]!];
				population.add({ plan: plan(alike), cost: 10 + i + k / 10 });
			}
		expect(population.plans.some(({ cost }) => cost === odd.cost)).toBe(true);
	});

	test('two different plans are crossed, the only one with itself', () => {
		const population = new Population(model, seeded(1));
		population.add({ plan: plan(order), cost: 5 });
		const [one, other] = population.pair();
		expect(one).toBe(other);
		population.add({ plan: plan([...order].reverse().map((visit) => (visit + 3) % 8)), cost: 6 });
		let different = 0;
		for (let i = 0; i < 50; i++) {
			const [first, second] = population.pair();
			if (first !== second) different++;
		}
		expect(different).toBeGreaterThan(45);
	});
});
