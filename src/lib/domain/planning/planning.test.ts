import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dueRules } from '#db/rules/coverage.ts';
import { planningRules } from '#db/rules/planning.ts';
import { dueOf, type DueFacts } from '../coverage/due.ts';
import { problemFaults } from '../patrol/check.ts';
import { floodWorth, type FloodStanding } from './flood-round.ts';
import { dueWithin, firstDay, monthDays, monthProblem } from './month.ts';
import { buildPlan, type Candidate, type PlanInput } from './plan-problem.ts';
import { gini, makeTeams, type TeamOfficer } from './team.ts';
import { TEMPLATE } from './template.ts';

const ON = '2026-11-20';
const officer = (name: string, more: Partial<TeamOfficer> = {}): TeamOfficer => ({
	id: name,
	name,
	certificateUntil: '2027-01-01',
	skills: [],
	avoids: [],
	minutes: 0,
	...more,
});
const never = () => 0;

describe('teams of two', () => {
	test('leave out who has no valid certificate, and say so', () => {
		const { teams, barred } = makeTeams(
			[
				officer('甲'),
				officer('乙', { certificateUntil: '2026-11-19' }),
				officer('丙'),
				officer('丁', { certificateUntil: null }),
			],
			{ on: ON, teams: 2, together: never },
		);
		expect(teams.map(({ names }) => [...names].sort())).toEqual([['丙', '甲']]);
		expect(barred).toEqual([
			{ name: '乙', reason: 'expired' },
			{ name: '丁', reason: 'no-certificate' },
		]);
	});

	test('rotate: the least loaded first, with whom they went least', () => {
		const people = [
			officer('甲', { minutes: 10 }),
			officer('乙', { minutes: 20 }),
			officer('丙', { minutes: 30 }),
			officer('丁', { minutes: 500 }),
		];
		const together = (a: string, b: string) => (a + b === '甲乙' ? 3 : 0);
		const { teams } = makeTeams(people, { on: ON, teams: 2, together });
		expect(teams.map(({ names }) => names)).toEqual([
			['甲', '丙'],
			['乙', '丁'],
		]);
	});

	test('leave at home who goes out in another plan of that day, as long as there are others', () => {
		const people = [officer('甲', { isOut: true }), officer('乙'), officer('丙', { minutes: 30 }), officer('丁')];
		const wish = { on: ON, together: never };
		const names = (teams: number, named: string[] = []) =>
			makeTeams(people, { ...wish, teams, named }).teams.map((team) => [...team.names].sort());
		expect(names(1).flat()).not.toContain('甲');
		expect(names(2).flat()).toContain('甲');
		expect(names(1, ['甲']).flat()).toContain('甲');
	});

	test('never of one', () => {
		expect(makeTeams([officer('甲')], { on: ON, teams: 1, together: never }).teams).toEqual([]);
	});

	test('a load is equal at 0 and all on one near 1', () => {
		expect(gini([5, 5, 5])).toBeCloseTo(0);
		expect(gini([0, 0, 0, 10])).toBeCloseTo(0.75);
	});
});

const facts: DueFacts = {
	...{ registered: 'medium', pitDepthM: null, fatalOn: null, startedOn: '2026-01-01', lastVisitOn: '2026-09-01' },
	...{ lastResult: 'passed', sign: null, openHazards: 0, openMajorHazards: 0, rectifyBy: null, alarm: null },
	...{ lookBackBy: null, isFloodSensitive: false, visitsThisMonth: 0 },
};
function candidate(no: number, more: Partial<DueFacts> = {}, extra: Partial<Candidate> = {}): Candidate {
	const all = { ...facts, ...more };
	const due = dueOf(all, { on: ON, isFloodSeason: false, keyPeriod: null, openRounds: [] }, dueRules);
	return {
		...{
			siteId: `site-${no}`,
			no,
			name: `工地${no}`,
			at: [120.2 + no / 500, 30.1],
			contractorId: 'f1',
			stage: 'structure',
		},
		...{ state: 'active', due, lastVisitOn: all.lastVisitOn, openHazards: 0, openMajorHazards: all.openMajorHazards },
		...{
			machines: 2,
			hasPit: false,
			hasCrane: true,
			lookBack: null,
			campaigns: [],
			plannedOn: null,
			flood: null,
			help: null,
		},
		...extra,
	};
}
const team = {
	id: 't1',
	officerIds: ['甲', '乙'],
	names: ['甲', '乙'],
	skills: [],
	avoids: [],
	vehicle: null,
	recentMinutes: 0,
};
const build = (candidates: Candidate[], more: Partial<PlanInput> = {}) =>
	buildPlan({
		...{ on: ON, template: TEMPLATE.daily, teams: [team], base: { name: '站', at: [120.2, 30.1] as [number, number] } },
		...{ candidates, most: 100, rules: planningRules },
		...more,
	});

describe('from the ledger to a problem', () => {
	test('is a sound problem with two windows a visit and a break a team', () => {
		const { problem } = build([candidate(1), candidate(2)]);
		expect(problemFaults(problem)).toEqual([]);
		expect(problem.visits[0]!.windows).toHaveLength(2);
		expect(problem.teams[0]!.breaks).toHaveLength(1);
	});

	test.each<[string, Candidate, string]>([
		['was visited last week (无事不扰)', candidate(1, { registered: 'high', lastVisitOn: '2026-11-15' }), 'quiet'],
		[
			'was visited this month and is not due in it (月度上限)',
			candidate(1, { lastVisitOn: '2026-11-02', visitsThisMonth: 1 }),
			'monthly',
		],
		['is in another plan (综合查一次)', candidate(1, {}, { plannedOn: '2026-11-23' }), 'planned'],
		['is not due for long', candidate(1, { registered: 'low', lastVisitOn: '2026-10-25' }), 'notDue'],
	])('a site that %s is not asked for', (_, one, reason) => {
		expect(build([one]).notAsked).toMatchObject([{ reason }]);
	});

	test('inside the quiet time only risk gets a second visit, and then it is a must', () => {
		const { problem, notAsked } = build([candidate(1, { lastVisitOn: '2026-11-17', openMajorHazards: 1 })]);
		expect(notAsked).toEqual([]);
		expect(problem.visits[0]).toMatchObject({ must: true });
	});

	test('a firm to be avoided and a finding of one’s own bar a team', () => {
		const barredByFirm = build([candidate(1)], { teams: [{ ...team, avoids: ['f1'] }] });
		expect(barredByFirm.problem.visits[0]!.notTeam).toEqual(['t1']);
		const look = { byOn: '2026-12-01', findings: 2 };
		const both = build([candidate(1, { lookBackBy: look.byOn }, { lookBack: { ...look, notBy: ['甲', '乙'] } })]);
		expect(both.problem.visits[0]!.notTeam).toEqual(['t1']);
		const one = build([candidate(1, { lookBackBy: look.byOn }, { lookBack: { ...look, notBy: ['甲'] } })]);
		expect(one.problem.visits[0]!.notTeam).toBeUndefined();
	});

	test('a look-back is done in the same visit, not in one more', () => {
		const { visits } = build([
			candidate(1, { lookBackBy: '2026-12-01' }, { lookBack: { byOn: '2026-12-01', notBy: ['丙'], findings: 2 } }),
		]);
		expect(visits).toHaveLength(1);
		expect(visits[0]!.merged).toEqual(['lookBack']);
	});

	test('the most urgent are taken when there are too many', () => {
		const { visits } = build(
			[candidate(1, { lastVisitOn: '2026-09-25' }), candidate(2, { lastVisitOn: '2026-05-01' })],
			{ most: 1 },
		);
		expect(visits.map(({ no }) => no)).toEqual([2]);
	});
});

describe('a flood round', () => {
	const round = (candidates: Candidate[]) => build(candidates, { template: TEMPLATE.flood });
	const wet = (no: number, flood: Partial<FloodStanding>, extra: Partial<Candidate> = {}) =>
		candidate(no, {}, { flood: { band: 'blue', measures: 0, step: null, ...flood }, ...extra });

	test('goes first to who has not answered, then to most measures, then to the worst exposure', () => {
		const { visits } = round([
			wet(1, { band: 'yellow' }),
			wet(2, { band: 'red' }),
			wet(3, { measures: 8, step: 'stopped' }),
			wet(4, { measures: 1, step: 'sent' }),
			wet(5, { measures: 1, step: 'late' }),
		]);
		expect(visits.map(({ no }) => no)).toEqual([5, 4, 3, 2, 1]);
	});

	test('no measures and no exposure together outweigh an answer that is missing', () => {
		fc.assert(
			fc.property(
				fc.constantFrom('red', 'orange', 'yellow', 'blue', null),
				fc.nat({ max: 30 }),
				fc.constantFrom('seen', 'stopped', 'checked', null),
				(band, measures, step) => {
					const silent = floodWorth({ band: 'blue', measures: 1, step: 'sent' }, planningRules.flood);
					expect(floodWorth({ band, measures, step }, planningRules.flood)).toBeLessThan(silent);
				},
			),
		);
	});

	test('counts a site nobody has judged as a bad one, and leaves out who is dry and was told nothing', () => {
		const { visits, notAsked } = round([wet(1, { band: null }), wet(2, {}), wet(3, { band: 'yellow' })]);
		expect(visits.map(({ no }) => no)).toEqual([1, 3]);
		expect(notAsked).toMatchObject([{ siteId: 'site-2', reason: 'filter' }]);
	});

	test('has to go where a crane works after the stop order, and says why it goes anywhere', () => {
		const { problem, visits } = round([
			wet(1, { step: 'moving', measures: 2, band: 'orange' }),
			wet(2, { step: 'late' }),
		]);
		expect(problem.visits.map(({ id, must }) => [id, must])).toEqual([
			['s1', true],
			['s2', false],
		]);
		expect(visits[0]!.reasons.slice(0, 3)).toEqual([
			{ key: 'floodMoving', value: '' },
			{ key: 'floodMeasures', value: 2 },
			{ key: 'floodExposure', value: 'orange' },
		]);
	});

	test('does not wait for a visit of another day, but for one of the same day', () => {
		const { visits, notAsked } = round([
			wet(1, { band: 'red' }, { plannedOn: '2026-11-23' }),
			wet(2, { band: 'red' }, { plannedOn: ON }),
		]);
		expect(visits.map(({ no }) => no)).toEqual([1]);
		expect(notAsked).toMatchObject([{ siteId: 'site-2', reason: 'planned' }]);
	});
});

describe('a month', () => {
	test('gives every team of every working day a shift of its own, and each visit the days until it is due', () => {
		const days = monthDays('2026-11-20', 3);
		expect(days.map(({ on }) => on)).toEqual(['2026-11-20', '2026-11-23', '2026-11-24']);
		const { problem } = build([candidate(1), candidate(2)], { template: TEMPLATE.month });
		const month = monthProblem(problem, days, [team], TEMPLATE.month, (visit) =>
			visit === 's1' ? '2026-11-23' : undefined,
		);
		expect(problemFaults(month)).toEqual([]);
		expect(month.teams.map(({ id, shift }) => [id, shift[0]])).toEqual([
			['1/t1', 510],
			['2/t1', 1950],
			['3/t1', 3390],
		]);
		const close = Object.fromEntries(month.visits.map(({ id, windows }) => [id, windows![0]![1]]));
		expect(close).toEqual({ s1: 1440 + 1020, s2: 2 * 1440 + 1020 });
	});

	test('asks for a site whose quiet time ends in it, and for its visit not before', () => {
		const days = monthDays('2026-11-20', 22);
		const seen = { lastVisitOn: '2026-11-10', visitsThisMonth: 1, registered: 'high' as const };
		const long = candidate(1, seen);
		expect(long.due.quiet).toMatchObject({ key: 'monthlyCap', value: '2026-12-01' });
		expect(build([long], { template: TEMPLATE.month }).notAsked).toMatchObject([{ reason: 'monthly' }]);
		const { problem, notAsked } = build([long], { template: TEMPLATE.month, until: days.at(-1)!.on });
		expect(notAsked).toEqual([]);
		const of = (dueOn: string, quiet: string) =>
			monthProblem(
				problem,
				days,
				[team],
				TEMPLATE.month,
				() => dueOn,
				() => quiet,
			).visits[0]!.windows![0]!;
		const dayOf = ([from, to]: readonly [number, number]) =>
			[from, to].map((minute) => days[Math.floor(minute / 1440)]!.on);
		expect(dayOf(of('2026-12-10', '2026-12-01'))).toEqual(['2026-12-01', '2026-12-10']);
		// Due before it may be seen: late either way.
		expect(dayOf(of('2026-11-24', '2026-12-01'))).toEqual(['2026-12-01', days.at(-1)!.on]);
	});

	test.each([
		['an interval that ends sooner has until the last day of the round', 'interval', '2026-11-25', '2026-12-31'],
		['an open major hazard keeps its own day', 'major', '2026-11-25', '2026-11-25'],
		['a day that has passed has until the last day', 'rectify', '2026-11-01', '2026-12-31'],
		['nothing is put off beyond the round', 'lookBack', '2027-02-01', '2026-12-31'],
	] as const)('to fix a round, %s', (_, decidedBy, dueOn, by) => {
		expect(dueWithin({ dueOn, decidedBy }, ON, '2026-12-31')).toBe(by);
	});
});

test('a month that is planned while people are out begins tomorrow, unless its round ends today', () => {
	const [early, noon] = [new Date('2026-11-19T23:00:00Z'), new Date('2026-11-20T04:00:00Z')];
	expect(firstDay(early, '2026-12-31')).toBe('2026-11-20');
	expect(firstDay(noon, '2026-12-31')).toBe('2026-11-21');
	expect(firstDay(noon, '2026-11-20')).toBe('2026-11-20');
});
