import { expect, test } from 'vitest';
import { comparePlans } from './compare-plans.ts';

test('two plans differ by what only one of them makes, and by what another team makes; not by the order', () => {
	const now = [
		{ team: 't1', visits: ['b', 'a', 'new'] },
		{ team: 't2', visits: ['c'] },
	];
	const other = [{ team: 't1', visits: ['a', 'b', 'c', 'gone'] }];
	expect(comparePlans(now, other)).toEqual({ added: ['new'], left: ['gone'], otherTeam: ['c'] });
});
