import { expect, test } from 'vitest';
import type { PlanVisit } from '#lib/domain/planning/plan-problem.ts';
import { visitsSaved } from './merged-visits.ts';

const visits = new Map<string, Pick<PlanVisit, 'merged'>>([
	['s1', { merged: ['lookBack', 'campaign'] }],
	['s2', { merged: [] }],
	['s3', { merged: ['lookBack'] }],
]);

test('what one visit serves at once is counted for the stops of the plan, not for who was left out of it', () => {
	expect(visitsSaved([{ team: 't1', visits: ['s1', 's2'] }], visits)).toBe(2);
	expect(visitsSaved([], visits)).toBe(0);
});
