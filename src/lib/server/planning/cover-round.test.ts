import { expect, test } from 'vitest';
import type { Candidate } from '#lib/domain/planning/plan-problem.ts';
import { teamsFor } from './cover-round.ts';

/** Low risk, nothing to look back at, no machines: the shortest visit there is. */
const plain = { due: { grading: { grade: 'low' } }, lookBack: null, machines: 0 } as unknown as Candidate;
const sites = (count: number) => Array.from({ length: count }, () => plain);

test.each([
	['nobody is owed a visit', 0, '2026-12-31', 1],
	['a handful', 20, '2026-12-31', 1],
	['the district, over the whole month', 540, '2026-12-31', 3],
	['the district, in the four working days that are left', 540, '2026-12-01', 14],
] as const)('%s takes the fewest teams that see all of it', (_, count, toOn, teams) => {
	expect(teamsFor(sites(count), { toOn }, '2026-11-26')).toBe(teams);
});
