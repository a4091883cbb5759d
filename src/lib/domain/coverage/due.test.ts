import { describe, expect, test } from 'vitest';
import { dueRules } from '#db/rules/coverage.ts';
import { demandsVisit, dueOf, type DueFacts, type DueRules, type DueTimes } from './due.ts';

const facts: DueFacts = {
	registered: 'medium',
	pitDepthM: null,
	fatalOn: null,
	startedOn: '2026-01-01',
	lastVisitOn: '2026-10-01',
	visitsThisMonth: 0,
	lastResult: 'passed',
	sign: null,
	openHazards: 0,
	openMajorHazards: 0,
	rectifyBy: null,
	alarm: null,
	lookBackBy: null,
	isFloodSensitive: false,
};
const times: DueTimes = { on: '2026-11-20', isFloodSeason: false, keyPeriod: null, openRounds: [] };
const due = (more: Partial<DueFacts> = {}, when: Partial<DueTimes> = {}) =>
	dueOf({ ...facts, ...more }, { ...times, ...when }, dueRules);

const withNumber = (rules: DueRules, own: Partial<Record<'legalDays' | 'majorDays', number>>): DueRules => ({
	...rules,
	...Object.fromEntries(
		Object.entries(own).map(([key, value]) => [key, { value, unit: 'd', source: '本局', confidence: 'local' }]),
	),
});

describe('when a site is due', () => {
	test.each<[string, Partial<DueFacts>, Partial<DueTimes>, string, string]>([
		['medium risk: 60 days after the last visit', {}, {}, '2026-11-30', 'interval'],
		['high risk: 30 days', { registered: 'high' }, {}, '2026-10-31', 'interval'],
		['low risk: 90 days', { registered: 'low' }, {}, '2026-12-30', 'interval'],
		['ungraded counts as medium, never as low', { registered: null }, {}, '2026-11-30', 'interval'],
		['a pit of 5 m lifts a low site to high', { registered: 'low', pitDepthM: 5 }, {}, '2026-10-31', 'interval'],
		['a pit of 4.9 m lifts it to medium only', { registered: 'low', pitDepthM: 4.9 }, {}, '2026-11-30', 'interval'],
		['a pit of unknown depth is not low', { registered: 'low', pitDepthM: undefined }, {}, '2026-11-30', 'interval'],
		[
			'a fatal accident: high for three months',
			{ registered: 'low', fatalOn: '2026-09-01' },
			{},
			'2026-10-31',
			'interval',
		],
		['a key period halves', {}, { keyPeriod: '国庆' }, '2026-10-31', 'interval'],
		['a yellow sign: × 0.7', { sign: 'yellow' }, {}, '2026-11-12', 'interval'],
		['a green plate stretches', { sign: 'green' }, {}, '2026-12-18', 'interval'],
		[
			'flood season only where rain does harm',
			{ isFloodSensitive: false },
			{ isFloodSeason: true },
			'2026-11-30',
			'interval',
		],
		['flood season at a pit', { isFloodSensitive: true }, { isFloodSeason: true }, '2026-11-12', 'interval'],
		[
			'the round ends first',
			{ registered: 'low' },
			{ openRounds: [{ name: 'R2', toOn: '2026-12-01' }] },
			'2026-12-01',
			'round',
		],
		['an open major hazard: three days after the visit', { openMajorHazards: 1 }, {}, '2026-10-04', 'major'],
		['a danger alarm: tomorrow', { alarm: 'danger' }, {}, '2026-11-21', 'danger'],
		['a finding’s own day', { openHazards: 1, rectifyBy: '2026-11-05' }, {}, '2026-11-05', 'rectify'],
		['a look-back', { lookBackBy: '2026-11-25' }, {}, '2026-11-25', 'lookBack'],
		['never visited: from the start of the works', { lastVisitOn: null }, {}, '2026-03-02', 'interval'],
		['never visited and no start: at once', { lastVisitOn: null, startedOn: null }, {}, '2026-11-20', 'neverVisited'],
	])('%s', (_, more, when, day, by) => {
		expect(due(more, when)).toMatchObject({ dueOn: day, decidedBy: by });
	});

	test('every term carries a source and a confidence', () => {
		const { terms } = due({ sign: 'red', alarm: 'warning', openMajorHazards: 1 }, { keyPeriod: '国庆' });
		expect(terms.map(({ key }) => key)).toEqual(
			expect.arrayContaining(['grade', 'keyPeriod', 'redSign', 'warningAlarm', 'interval', 'legal', 'major']),
		);
		expect(terms.filter(({ source, confidence }) => !source || !confidence)).toEqual([]);
	});

	test('never below the floor and never above the cap, and it says so', () => {
		const least = due({ registered: 'high', sign: 'red', lastResult: 'stopWork' }, { keyPeriod: '国庆' });
		expect(least.intervalDays).toBe(dueRules.floor.value);
		expect(least.terms.map(({ key }) => key)).toContain('floor');
	});

	test('a recent visit leaves a site in peace, unless risk demands another', () => {
		expect(due({ lastVisitOn: '2026-11-15' }).quiet).toMatchObject({ key: 'quietDays', value: '2026-11-29' });
		expect(due({ lastVisitOn: '2026-11-15', openMajorHazards: 1 }).quiet).toBeNull();
		expect(demandsVisit({ ...facts, alarm: 'danger' })).toBe(true);
		expect(demandsVisit(facts)).toBe(false);
	});

	test.each<[string, Partial<DueFacts>, object | null]>([
		['visited once is left alone until the next', { visitsThisMonth: 1 }, { key: 'monthlyCap', value: '2026-12-01' }],
		['not visited in it has its quiet days only', { visitsThisMonth: 0 }, { key: 'quietDays', value: '2026-11-19' }],
		[
			'due in it is visited with cause',
			{ visitsThisMonth: 1, sign: 'yellow', registered: 'high' },
			{ key: 'quietDays' },
		],
		['with an alarm of danger is visited all the same', { visitsThisMonth: 1, alarm: 'danger' }, null],
	])('in a calendar month a site %s', (_, more, quiet) => {
		const found = due({ lastVisitOn: '2026-11-05', ...more }).quiet;
		if (quiet === null) expect(found).toBeNull();
		else expect(found).toMatchObject(quiet);
	});

	test('days that are no number of ours name their own ground, whatever the bureau has set elsewhere', () => {
		const rules = withNumber(dueRules, { legalDays: 90, majorDays: 2 });
		const { terms } = dueOf(
			{ ...facts, rectifyBy: '2026-11-30', openMajorHazards: 1 },
			{ ...times, openRounds: [{ name: 'R2', toOn: '2026-12-31' }] },
			rules,
		);
		const sourceOf = (key: string) => terms.find((term) => term.key === key)!.source;
		expect([sourceOf('legal'), sourceOf('major')]).toEqual(['本局', '本局']);
		expect([sourceOf('round'), sourceOf('rectify')]).not.toContain('本局');
	});
});
