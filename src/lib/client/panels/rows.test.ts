import { describe, expect, test } from 'vitest';
import type { SiteProperties } from '#lib/contract/board.ts';
import { anAlarm } from '../live/alarm.fixture.ts';
import { NO_FILTERS } from '../view-url.ts';
import { gravity, inTrouble, presenceOf, siteFits, thingFits, troublesOf, worstFirst } from './rows.ts';

const aSite = (more: Partial<SiteProperties> = {}): SiteProperties => ({
	no: 1,
	id: 's1',
	name: '宁安安置房',
	pinyin: 'ninganzhianfang',
	permitNo: null,
	townCode: '330109001',
	gridCode: null,
	stage: 'structure',
	state: 'active',
	floorAreaM2: null,
	riskGrade: null,
	sign: null,
	contractor: null,
	owner: null,
	siteEngineer: null,
	firmPinyin: '',
	openHazards: 0,
	openMajorHazards: 0,
	at: [120.2, 30.1],
	...more,
});

describe('what needs attention', () => {
	test('unknown is graver than normal and lighter than a notice', () => {
		expect(gravity('unknown')).toBeGreaterThan(gravity('normal'));
		expect(gravity('unknown')).toBeLessThan(gravity('notice'));
	});

	test('an alarm nobody acknowledged comes before a graver one that somebody did, and the oldest first', () => {
		const alarms = [
			anAlarm('acknowledged danger', { level: 'danger', acknowledgedAt: '2026-11-20T00:01:00Z' }),
			anAlarm('young warning', { raisedAt: '2026-11-20T00:05:00Z' }),
			anAlarm('old warning', {}),
			anAlarm('danger', { level: 'danger', raisedAt: '2026-11-20T00:09:00Z' }),
		];
		expect(worstFirst(alarms).map(({ id }) => id)).toEqual([
			'danger',
			'old warning',
			'young warning',
			'acknowledged danger',
		]);
	});

	test('a site without anything on paper is not in trouble', () => {
		expect(troublesOf(aSite({ openHazards: 4, sign: 'green' }))).toEqual([]);
	});

	test('a major hazard weighs more than a stop-work order and a red sign together', () => {
		const sites = [
			aSite({ no: 1, state: 'stopped', sign: 'red' }),
			aSite({ no: 2, openMajorHazards: 1 }),
			aSite({ no: 3 }),
		];
		expect(inTrouble(sites).map(({ no }) => no)).toEqual([2, 1]);
	});
});

describe('filters', () => {
	test('an empty filter lets everything through', () => {
		expect(siteFits(aSite({ townCode: null, stage: null }), 'unknown', NO_FILTERS)).toBe(true);
	});

	test('a site without a stage does not fit a stage', () => {
		expect(siteFits(aSite({ stage: null }), 'normal', { ...NO_FILTERS, stage: ['structure'] })).toBe(false);
	});

	test('a level asked for is that of the machine, not of its site', () => {
		const crane = { kind: 'towerCrane', siteId: 's1' } as never;
		const filters = { ...NO_FILTERS, level: ['danger' as const], town: ['330109001'] };
		expect(thingFits(crane, aSite(), 'danger', filters)).toBe(true);
		expect(thingFits(crane, aSite(), 'normal', filters)).toBe(false);
		expect(thingFits(crane, undefined, 'danger', filters)).toBe(false);
	});
});

describe('presence', () => {
	const rule = (value: number) => ({ value, unit: '', source: 'test', confidence: 'assumed' as const });
	const rules = { lateAfter: rule(2), offlineAfter: rule(3) };

	test.each([
		[undefined, 5, 'never-reported'],
		[9, 5, 'fresh'],
		[11, 5, 'late'],
		[16, 5, 'offline'],
		[16, null, null],
	] as const)('silent for %s s at an interval of %s s is %s', (ageS, intervalS, expected) => {
		expect(presenceOf(ageS, intervalS, rules)).toBe(expected);
	});
});
