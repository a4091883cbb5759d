import { expect, test } from 'vitest';
import { compile } from './model.ts';
import { Neighbours } from './neighbours.ts';

const neighboursAt = (xs: readonly number[]) =>
	new Neighbours(
		compile(
			{
				places: [{ id: 'home' }, ...xs.map((_, i) => ({ id: `p${i}` }))],
				matrix: { minutes: between([0, ...xs]), km: between([0, ...xs]) },
				teams: [{ id: 't', from: 'home', to: 'home', shift: [0, 480] }],
				visits: xs.map((_, i) => ({ id: `v${i}`, place: `p${i}`, minutes: 10 })),
				weights: { km: 1 },
			},
			{ detour: 1, speedKmh: 30 },
		),
	);
const between = (xs: readonly number[]) => xs.map((from) => xs.map((to) => Math.abs(from - to)));

test('neighbours of a visit stand by closeness, itself first, and as they are listed where they are equally far', () => {
	expect([...neighboursAt([9, 5, 1, 5, 6, 4]).of(1)]).toEqual([1, 3, 4, 5, 0, 2]);
	expect([...neighboursAt([9, 5, 1, 5, 6, 4]).of(3)]).toEqual([3, 1, 4, 5, 0, 2]);
});

test('of very many only the nearest 400 are listed, also where all of them are at one place', () => {
	const line = neighboursAt(Array.from({ length: 500 }, (_, i) => i)).of(0);
	expect([...line]).toEqual(Array.from({ length: 400 }, (_, i) => i));
	const heap = neighboursAt(Array.from({ length: 500 }, () => 7)).of(499);
	expect([...heap]).toEqual([499, ...Array.from({ length: 399 }, (_, i) => i)]);
});
