import { describe, expect, test } from 'vitest';
import { moveVisit, withoutVisit } from './move-visit.ts';

const drafts = [
	{ team: 't1', visits: ['a', 'b', 'c'] },
	{ team: 't2', visits: ['d'] },
];
const orders = (moved: { team: string; visits: readonly string[] }[]) =>
	Object.fromEntries(moved.map(({ team, visits }) => [team, visits.join('')]));

describe('a stop is dragged', () => {
	test.each([
		['to the front of its own team', 'c', 't1', 0, { t1: 'cab', t2: 'd' }],
		['past its old place: counted among the others', 'a', 't1', 2, { t1: 'bca', t2: 'd' }],
		['to another team', 'b', 't2', 1, { t1: 'ac', t2: 'db' }],
		['beyond the end', 'b', 't2', 99, { t1: 'ac', t2: 'db' }],
		['to a team that stayed at home', 'b', 't3', 0, { t1: 'ac', t2: 'd', t3: 'b' }],
		['into the plan from outside', 'x', 't1', 1, { t1: 'axbc', t2: 'd' }],
	])('%s', (_, key, team, index, expected) => {
		expect(orders(moveVisit(drafts, key, team, index))).toEqual(expected);
	});

	test('out of the plan', () => {
		expect(orders(withoutVisit(drafts, 'b'))).toEqual({ t1: 'ac', t2: 'd' });
	});
});
