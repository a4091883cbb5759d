import { describe, expect, test } from 'vitest';
import { evaluate } from './evaluate.ts';
import { compile } from './model.ts';
import type { Problem, Team, Visit } from './problem.ts';
import { legMinutes } from './travel.ts';

const estimate = { detour: 1.3, speedKmh: 30 };
/** Three places in a row; the way back is longer than the way there. */
const minutes = [
	[0, 10, 20],
	[15, 0, 10],
	[30, 15, 0],
];
const team = (more: Partial<Team> = {}): Team => ({ id: 't1', from: 'p0', to: 'p0', shift: [0, 480], ...more });
const visit = (id: string, place: string, more: Partial<Visit> = {}): Visit => ({ id, place, minutes: 30, ...more });
const problem = (teams: Team[], visits: Visit[], more: Partial<Problem> = {}): Problem => ({
	places: ['p0', 'p1', 'p2'].map((id) => ({ id })),
	matrix: { minutes, km: minutes.map((row) => row.map((value) => value / 2)) },
	teams,
	visits,
	weights: { km: 1 },
	...more,
});
const timed = (given: Problem, ...routes: [team: string, ...visits: string[]][]) =>
	evaluate(
		compile(given, estimate),
		routes.map(([name, ...visits]) => ({ team: name, visits })),
	);
const stopsOf = (evaluation: ReturnType<typeof timed>, route = 0) =>
	evaluation.routes[route]!.stops.map(({ arrive, start, leave }) => [arrive, start, leave]);

describe('evaluate', () => {
	test('times a day there and back over an asymmetric table', () => {
		const day = timed(problem([team()], [visit('a', 'p1'), visit('b', 'p2')]), ['t1', 'a', 'b']);
		expect(stopsOf(day)).toEqual([
			[10, 10, 40],
			[50, 50, 80],
		]);
		expect(day.routes[0]).toMatchObject({ minutes: 50, km: 25, end: 110 });
		expect(day).toMatchObject({ objective: 25, teams: 1, broken: [], left: [] });
	});

	test('ends a day anywhere when it need not come back', () => {
		const day = timed(problem([team({ to: null })], [visit('a', 'p1')]), ['t1', 'a']);
		expect(day.routes[0]).toMatchObject({ minutes: 10, end: 40 });
	});

	test('ends it anywhere, too, when nothing is said of where it ends', () => {
		const day = timed(problem([team({ from: 'p1', to: undefined })], [visit('a', 'p2')]), ['t1', 'a']);
		expect(day.routes[0]).toMatchObject({ minutes: 10, km: 5, end: 40 });
	});

	test('sets out late rather than wait at the first door, and waits at the second', () => {
		const windows: [number, number][] = [[100, 200]];
		const both = [visit('a', 'p1', { windows: [[60, 90]] }), visit('b', 'p2', { windows })];
		expect(stopsOf(timed(problem([team()], both), ['t1', 'a', 'b']))).toEqual([
			[60, 60, 90],
			[100, 100, 130],
		]);
	});

	test('takes the next window when the first has closed, and may end after it closes', () => {
		const twice = visit('b', 'p2', { windows: [[0, 45], [100, 110]], minutes: 60 }); // prettier-ignore
		expect(stopsOf(timed(problem([team()], [visit('a', 'p1'), twice]), ['t1', 'a', 'b']))[1]).toEqual([50, 100, 160]);
	});

	test.each([
		['before the drive when the window closes during it', [35, 45], { start: 40, end: 60 }, [70, 70, 100]],
		['behind the drive when it opens only then', [50, 60], { start: 50, end: 70 }, [50, 70, 100]],
		['at the end of the day when it opens late', [200, 300], { start: 200, end: 220 }, [50, 50, 80]],
	] as const)('takes a break %s', (_, window, rest, second) => {
		const resting = team({ breaks: [{ window: [...window], minutes: 20 }] });
		const day = timed(problem([resting], [visit('a', 'p1'), visit('b', 'p2')]), ['t1', 'a', 'b']);
		expect(day.broken).toEqual([]);
		expect(day.routes[0]!.breaks).toEqual([rest]);
		expect(stopsOf(day)[1]).toEqual([...second]);
	});

	test('lets a follower wait for the team that comes first', () => {
		const teams = [team(), team({ id: 't2' })];
		const pair = [visit('a', 'p2', { minutes: 60 }), visit('b', 'p1', { after: 'a' })];
		const day = timed(problem(teams, pair), ['t1', 'a'], ['t2', 'b']);
		expect(stopsOf(day, 1)).toEqual([[80, 80, 110]]);
		expect(day.broken).toEqual([]);
	});

	test('adds up team costs, fairness and prizes', () => {
		const given = problem([team({ fixedCost: 7 })], [visit('a', 'p1'), visit('b', 'p2', { must: false, prize: 40 })], {
			weights: { minutes: 2, km: 1, team: 10, fairness: 0.5 },
		});
		const day = timed(given, ['t1', 'a']);
		// 25 minutes and 12.5 km; 55 minutes of work and travel in a shift of 480.
		expect(day.objective).toBeCloseTo(2 * 25 + 12.5 + 17 + (0.5 * 55 ** 2) / 480 + 40, 9);
		expect(day.left).toEqual(['b']);
	});

	test.each([
		['a window', [visit('a', 'p1', { windows: [[0, 4]] })], { rule: 'window', visit: 'a', minutes: 6 }],
		['a shift', [visit('a', 'p1', { minutes: 500 })], { rule: 'shift', team: 't1', minutes: 45 }],
		['a capacity', [visit('a', 'p1', { load: 9 })], { rule: 'capacity', above: 4 }],
		['a skill', [visit('a', 'p1', { skills: ['pit'] })], { rule: 'skill', skill: 'pit' }],
		['an avoidance', [visit('a', 'p1', { notTeam: ['t1'] })], { rule: 'team', allowed: null }],
		['an order in one route', [visit('a', 'p1', { after: 'b' }), visit('b', 'p2')], { rule: 'after', other: 'b' }],
	] as const)('says which rule is broken by how much: %s', (_, visits, broken) => {
		const given = problem([team({ capacity: 5 })], visits as unknown as Visit[]);
		const day = timed(given, ['t1', ...visits.map(({ id }) => id)]);
		expect(day.broken).toHaveLength(1);
		expect(day.broken[0]).toMatchObject(broken);
		expect(day.broken[0]!.sentence.en).toMatch(/a|t1/);
	});

	test('names what is planned twice, unknown, or has to be made', () => {
		const day = timed(problem([team()], [visit('a', 'p1'), visit('b', 'p2')]), ['t1', 'a', 'a', 'x']);
		expect(day.broken.map(({ rule }) => rule)).toEqual(['twice', 'unknown', 'must']);
	});

	test('answers for teams that wait for each other', () => {
		const pair = [
			visit('a', 'p1'),
			visit('b', 'p1', { after: 'a' }),
			visit('c', 'p2'),
			visit('d', 'p2', { after: 'c' }),
		];
		const day = timed(problem([team(), team({ id: 't2' })], pair), ['t1', 'd', 'a'], ['t2', 'b', 'c']);
		expect(day.broken.map(({ rule }) => rule)).toContain('after');
	});
});

test('the drives between stops are those of the table, breaks and waits left out', () => {
	const given = problem([team()], [visit('a', 'p1'), visit('b', 'p2')]);
	expect(legMinutes(given, estimate, ['p0', 'p1', 'p2', 'p1'])).toEqual([10, 10, 15]);
	const estimated = { ...given, matrix: undefined, places: given.places.map((place, i) => ({ ...place, at: [120 + i / 10, 30] as [number, number] })) }; // prettier-ignore
	const [leg] = legMinutes(estimated, estimate, ['p1', 'p2']);
	expect(leg).toBeCloseTo((9.63 * 1.3 * 60) / 30, 0);
});
