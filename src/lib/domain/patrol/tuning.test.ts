import { expect, test } from 'vitest';
import { paced, type Tuning } from './tuning.ts';

const tuning: Tuning = { hot: 10, cold: 0.1, removed: 15, longest: 10, split: 0.5, splitDepth: 0.01 };

test('with little time as many moves between routes are tried as with time enough, in fewer rounds', () => {
	const perVisit = (rounds: number) => (rounds / 100) * paced(tuning, 100, rounds).exchanges;
	expect(perVisit(100_000)).toBe(5000);
	expect(perVisit(50_000)).toBe(5000);
	expect(perVisit(25_000)).toBe(5000);
	expect(paced(tuning, 100, 1000).exchanges, 'but no more than four times as many in one round').toBe(20);
	expect(paced(tuning, 100, 1e6).exchanges).toBe(5);
});
