import { describe, expect, test } from 'vitest';
import { coverageRules, roundCalendars } from '#db/rules/coverage.ts';
import { forecastRound } from './forecast.ts';
import { lookBacks, type Finding } from './look-back.ts';
import { judgeGrids } from './low-frequency.ts';
import { axesOf, roundsOfYear } from './round.ts';

describe('rounds of a year', () => {
	test('two of full coverage, the second looking back at the first, with Changzhou’s days', () => {
		const [first, second] = roundsOfYear(2026, roundCalendars.changzhou);
		expect(first).toMatchObject({ kind: 'fullCoverage', fromOn: '2026-01-01', toOn: '2026-06-30' });
		expect(second).toMatchObject({ fromOn: '2026-07-01', toOn: '2026-09-30', looksBackTo: 0 });
	});

	test('six of two months, twelve of a month, four of a quarter, without gaps', () => {
		const rounds = roundsOfYear(2028, roundCalendars.halfYears);
		const of = (kind: string) => rounds.filter((round) => round.kind === kind);
		expect([of('twoMonthly').length, of('selfAssessment').length, of('firmAssessment').length]).toEqual([6, 12, 4]);
		expect(of('selfAssessment')[1]).toMatchObject({ fromOn: '2028-02-01', toOn: '2028-02-29' });
		expect(of('twoMonthly').at(-1)?.toOn).toBe('2028-12-31');
	});
});

describe('three axes', () => {
	test('a firm is covered by one of its sites, a machine only by being looked at', () => {
		const sites = [
			{ id: 'a', contractorId: 'f1', machineIds: ['m1', 'm2'] },
			{ id: 'b', contractorId: 'f1', machineIds: [] },
			{ id: 'c', contractorId: 'f2', machineIds: ['m3'] },
		];
		const axes = axesOf(sites, { sites: new Set(['a']), machines: new Set(['m1']) });
		expect(axes).toEqual({
			sites: { covered: 1, total: 3 },
			firms: { covered: 1, total: 2 },
			machines: { covered: 1, total: 3 },
		});
	});
});

describe('forecast of a round', () => {
	const round = { fromOn: '2026-07-01', toOn: '2026-12-31', today: '2026-11-20', total: 100, paceDays: 20, teams: 4 };

	test('says how many will be missed at the pace of the last twenty working days', () => {
		// 20 new sites in the last 20 working days, 30 before: one a day, 29 working days left, 50 remaining.
		const firstVisits = [
			...Array.from({ length: 30 }, () => '2026-08-03'),
			...Array.from({ length: 20 }, () => '2026-11-10'),
		];
		const forecast = forecastRound({ ...round, firstVisits });
		expect(forecast).toMatchObject({ pace: 1, remaining: 50, workdaysLeft: 29, willMiss: 21 });
		expect(forecast.extraPerTeamWeek).toBeCloseTo(((50 / 29 - 1) * 5) / 4);
		expect(forecast.burnDown.at(-1)).toEqual({ on: '2026-11-20', left: 50 });
	});

	test('a pace of nothing misses everything', () => {
		expect(forecastRound({ ...round, firstVisits: [] })).toMatchObject({ willMiss: 100, throughOn: null });
	});

	test('a campaign that has seen more than its sample owes nothing, not less than nothing', () => {
		const forecast = forecastRound({ ...round, total: 1, firstVisits: ['2026-08-03', '2026-08-04'] });
		expect(forecast).toMatchObject({ remaining: 0, willMiss: 0, neededPace: 0 });
		expect(forecast.burnDown.at(-1)!.left).toBe(0);
	});

	test('a round that is over has missed what is left', () => {
		const forecast = forecastRound({ ...round, today: '2027-01-05', firstVisits: ['2026-08-01'] });
		expect(forecast).toMatchObject({ workdaysLeft: 0, remaining: 99, willMiss: 99 });
	});
});

describe('look-backs', () => {
	const finding = (more: Partial<Finding> = {}): Finding => ({
		siteId: 's',
		foundOn: '2026-03-02',
		isMajor: false,
		foundBy: ['甲', '乙'],
		dueOn: '2026-03-10',
		closedOn: '2026-03-09',
		...more,
	});
	const round = {
		first: { fromOn: '2026-01-01', toOn: '2026-06-30' },
		second: { fromOn: '2026-07-01', toOn: '2026-12-31' },
		lookBack: { fromOn: '2026-07-01', toOn: '2026-12-31' },
	};
	const looks = (findings: Finding[], visits: Parameters<typeof lookBacks>[1] = []) =>
		lookBacks(findings, visits, round, coverageRules.lookBackGraceDays);

	test('a closed finding is looked at within the second round, by nobody who found it', () => {
		expect(looks([finding()])).toEqual([
			{ siteId: 's', findings: 1, majors: 0, byOn: '2026-12-31', notBy: ['乙', '甲'] },
		]);
	});

	test('where the bureau gives the look-back days of its own, it is due with them, and a visit before them is none', () => {
		const own = { ...round, lookBack: { fromOn: '2026-09-01', toOn: '2026-10-15' } };
		const after = (on: string) =>
			lookBacks([finding()], [{ siteId: 's', on, officers: ['丙'] }], own, coverageRules.lookBackGraceDays);
		expect(after('2026-08-20')).toMatchObject([{ byOn: '2026-10-15' }]);
		expect(after('2026-09-02')).toEqual([]);
	});

	test('an open one is due with its own day', () => {
		expect(looks([finding({ closedOn: null })])[0]?.byOn).toBe('2026-03-13');
	});

	test('the finders’ own visit does not count, another person’s does', () => {
		const visit = (officers: string[]) => [{ siteId: 's', on: '2026-08-01', officers }];
		expect(looks([finding()], visit(['甲', '乙']))).toHaveLength(1);
		expect(looks([finding()], visit(['甲', '丙']))).toEqual([]);
	});

	test('findings of another round are not its business', () => {
		expect(looks([finding({ foundOn: '2025-12-30' })])).toEqual([]);
	});
});

describe('grids', () => {
	test('unowned before everything, low below half the mean, without sites nothing to judge', () => {
		const grid = (id: string, more: object) => ({ id, ownerName: '甲', sites: 2, visits: 4, neverVisited: 0, ...more });
		const judged = judgeGrids(
			[grid('a', {}), grid('b', { visits: 1 }), grid('c', { ownerName: null }), grid('d', { sites: 0, visits: 0 })],
			coverageRules.lowShare,
		);
		expect(judged.map(({ frequency }) => frequency)).toEqual(['enough', 'low', 'unowned', 'noSites']);
	});
});
