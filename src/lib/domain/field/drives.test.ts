import { expect, test } from 'vitest';
import type { Problem } from '../patrol/problem.ts';
import { drivesOf } from './drives.ts';

const problem: Problem = {
	places: ['base', 'p1', 'p2', 'p3'].map((id) => ({ id })),
	matrix: {
		minutes: [
			[0, 10, 20, 30],
			[15, 0, 5, 8],
			[30, 15, 0, 7],
			[30, 15, 6, 0],
		],
	},
	teams: [{ id: 't1', from: 'base', to: 'base', shift: [510, 1050], breaks: [{ window: [690, 750], minutes: 60 }] }],
	visits: ['1', '2', '3'].map((n) => ({ id: `s${n}`, place: `p${n}`, minutes: 150 })),
};
const estimate = { detour: 1.35, speedKmh: 32 };
const stop = (key: string, state = 'planned') => ({ team: 't1', key, state });

test('the drive after lunch is the drive, not the lunch', () => {
	expect([...drivesOf(problem, estimate, [stop('s1'), stop('s2'), stop('s3')])]).toEqual([
		['s1', 10],
		['s2', 5],
		['s3', 7],
	]);
});

test('a stop that was dropped is driven past', () => {
	expect([...drivesOf(problem, estimate, [stop('s1', 'done'), stop('s2', 'dropped'), stop('s3')])]).toEqual([
		['s1', 10],
		['s3', 8],
	]);
	expect(drivesOf(problem, estimate, []).size).toBe(0);
});
