import { describe, expect, test } from 'vitest';
import { seeded } from '../random.ts';
import { Crossing } from './cross.ts';
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
const crossed = (seed: number, taker: number[][], giver: number[][]) =>
	new Crossing(model, seeded(seed), new Neighbours(model)).cross(taker, giver);
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

describe('crossing two plans', () => {
	test('no visit comes twice; some routes are as they were, each with a team of its kind', () => {
		for (let seed = 0; seed < 200; seed++) {
			const child = crossed(seed, one, other);
			expect(new Set(child.flat()).size).toBe(child.flat().length);
			const whole = child.flatMap((route, team) =>
				[one, other]
					.flatMap((plan) => plan.map((its, its0) => ({ its, its0 })))
					.filter(({ its }) => `${its}` === `${route}`)
					.map(({ its0 }) => [team, its0]),
			);
			expect(whole.length).toBeGreaterThan(0);
			for (const [team, its] of whole) expect(model.teamClass[team!]).toBe(model.teamClass[its!]);
		}
	});

	test('a plan crossed with itself stays as it is', () => {
		expect(crossed(1, one, one)).toEqual(one);
	});
});
