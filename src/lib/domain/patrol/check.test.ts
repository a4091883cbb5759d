import { describe, expect, test } from 'vitest';
import { MOST_VISITS, problemFaults } from './check.ts';
import type { Problem } from './problem.ts';
import { createSolver, solveByRounds } from './solve.ts';

const estimate = { detour: 1.3, speedKmh: 30 };
const sound = (more: Partial<Problem> = {}): Problem => ({
	places: [
		{ id: 'office', at: [120.26, 30.18] },
		{ id: 'site', at: [120.3, 30.2] },
	],
	matrix: {
		minutes: [
			[0, 12],
			[13, 0],
		],
		km: [
			[0, 8.1],
			[8.3, 0],
		],
	},
	teams: [{ id: 't1', from: 'office', to: 'office', shift: [0, 480] }],
	visits: [{ id: 'v1', place: 'site', minutes: 30, windows: [[60, 400]] }],
	...more,
});
const team = sound().teams[0]!;
const visit = sound().visits[0]!;
const english = (problem: unknown) => problemFaults(problem).map(({ en }) => en);

describe('problemFaults', () => {
	test('finds nothing wrong with a sound problem', () => {
		expect(problemFaults(sound())).toEqual([]);
	});

	test('takes null for left out, and does not read what it does not know', () => {
		const weights = { km: 1, minutes: null as unknown as number, note: '按公里' } as Problem['weights'];
		expect(problemFaults(sound({ weights }))).toEqual([]);
	});

	test.each([
		['nothing at all', null, /places.* at least one place/],
		['no team', sound({ teams: [] }), /at least one team/],
		['visits that are no list', { ...sound(), visits: {} }, /“visits” must be a list/],
		[
			'an impossible window',
			sound({ visits: [{ ...visit, windows: [[400, 60]] }] }),
			/window \[400,60\].*from not after to/,
		],
		['a shift that ends before it begins', sound({ teams: [{ ...team, shift: [480, 0] }] }), /Team “t1”: “shift”/],
		[
			'a table with a hole',
			sound({
				matrix: {
					minutes: [
						[0, NaN],
						[13, 0],
					],
				},
			}),
			/matrix.minutes, from “office” to “site”/,
		],
		[
			'a row with a number too many',
			sound({
				matrix: {
					minutes: [
						[0, 12, 5],
						[13, 0],
					],
				},
			}),
			/matrix.minutes, the row from “office” must have 2 numbers, not 3/,
		],
		['a team that starts nowhere', sound({ teams: [{ ...team, from: undefined as never }] }), /“from” is missing/],
		['a visit at no place', sound({ visits: [{ ...visit, place: null as never }] }), /“place” is missing/],
		['an id that is a number', sound({ visits: [{ ...visit, id: 7 as never }] }), /no “id” that is a text/],
		['a table with a row too few', sound({ matrix: { km: [[0, 1]] } }), /one row per place: 2, not 1/],
		[
			'a table with null in it',
			sound({
				matrix: {
					km: [
						[0, null as unknown as number],
						[1, 0],
					],
				},
			}),
			/from “office” to “site”/,
		],
		['places that lie nowhere', sound({ matrix: undefined, places: [{ id: 'office' }, { id: 'site' }] }), /needs “at”/],
		['a place that is not listed', sound({ visits: [{ ...visit, place: 'moon' }] }), /“moon”, which is no place/],
		['a team that is not listed', sound({ visits: [{ ...visit, team: 't9' }] }), /“t9”, which is no team/],
		['an id twice', sound({ visits: [visit, visit] }), /“v1” stands twice/],
		['a visit after itself', sound({ visits: [{ ...visit, after: 'v1' }] }), /leads in a circle/],
		[
			'a negative prize',
			sound({ visits: [{ ...visit, must: false, prize: -1 }] }),
			/“prize” must be a number from 0 to 1e9/,
		],
		[
			'a break without a window',
			sound({ teams: [{ ...team, breaks: [{ minutes: 5 } as never] }] }),
			/a break must have/,
		],
		['a weight below zero', sound({ weights: { km: -1 } }), /Weight “km”/],
		['a weight without measure', sound({ weights: { km: 1e300 } }), /Weight “km” must be a number from 0 to 1e9/],
		['weights that are no object', { ...sound(), weights: 5 }, /“weights” must be an object/],
		['tables that are no object', { ...sound(), matrix: 'x' }, /“matrix” must be an object/],
		[
			'a “must” in words',
			sound({ visits: [{ ...visit, must: 'false' as never }] }),
			/Visit “v1”: “must” must be true or false/,
		],
		[
			'a place with latitude first',
			sound({ places: [{ id: 'office', at: [30.18, 120.26] }, { id: 'site' }] }),
			/Place “office”: “at” must be \[longitude, latitude\] in degrees, longitude first/,
		],
		[
			'too many visits',
			sound({ visits: Array.from({ length: MOST_VISITS + 1 }, (_, i) => ({ ...visit, id: `v${i}` })) }),
			/5001 entries; 5000 are the most/,
		],
	])('says what is wrong with %s', (_, problem, sentence) => {
		expect(english(problem).join('\n')).toMatch(sentence);
	});

	test('is what the solver throws', () => {
		expect(() => createSolver(sound({ teams: [] }), { seed: 1, estimate })).toThrow(/at least one team/);
	});
});

describe('a sound problem that cannot be met', () => {
	test.each([
		['a shift without length', sound({ teams: [{ ...team, shift: [480, 480] }] }), /No team can make it/],
		['a window outside the shift', sound({ visits: [{ ...visit, windows: [[600, 700]] }] }), /No team can make it/],
		['a skill nobody has', sound({ visits: [{ ...visit, skills: ['crane'] }] }), /No team has “crane”/],
		[
			'a load above every capacity',
			sound({ teams: [{ ...team, capacity: 1 }], visits: [{ ...visit, load: 2 }] }),
			/above the capacity/,
		],
		[
			'a predecessor that cannot be made',
			sound({
				visits: [
					{ ...visit, skills: ['crane'] },
					{ ...visit, id: 'v2', after: 'v1' },
				],
			}),
			/“v1”, which has to come first/,
		],
		[
			'a prize below its price',
			sound({ visits: [{ ...visit, must: false, prize: 5 }], weights: { km: 1 } }),
			/costs 16.4 more and is worth 5/,
		],
	])('%s: the visit is left out with the reason', (_, problem, reason) => {
		const plan = solveByRounds(problem, { seed: 1, rounds: 50, estimate });
		expect(plan.routes).toEqual([]);
		expect(plan.left.at(-1)!.reason).toMatch(reason);
	});

	test('one more hour would let the second visit in', () => {
		const two = sound({
			teams: [{ ...team, shift: [0, 100] }],
			visits: [
				{ ...visit, windows: [] },
				{ ...visit, id: 'v2', windows: [], minutes: 60, must: false, prize: 20 },
			],
			weights: { km: 1 },
		});
		const { left } = solveByRounds(two, { seed: 1, rounds: 200, estimate });
		expect(left).toHaveLength(1);
		expect(left[0]!.reason).toMatch(/full/);
		// 12 out, 30 and 60 minutes of work, 13 back: 115 minutes against a shift of 100.
		expect(left[0]!.wouldFit).toMatch(/“t1” ends 15 minutes later.* skips “v1” \(which has to be made\)/);
	});

	test('the most visits that are taken get a plan', () => {
		const many = Array.from({ length: MOST_VISITS }, (_, i) => ({ ...visit, id: `v${i}`, must: false, prize: 1 }));
		const plan = solveByRounds(sound({ visits: many }), { seed: 1, rounds: 5, estimate });
		expect(plan.routes[0]!.stops.length + plan.left.length).toBe(MOST_VISITS);
	}, 60_000);
});
