import { describe, expect, test } from 'vitest';
import type { RuleChange } from '../alarm/effective.ts';
import type { Season } from '../flood/season.ts';
import { dateSentence } from './date-sentence.ts';
import {
	dateFault,
	dateKeyOf,
	dayOfNumber,
	heldPeriods,
	heldRounds,
	heldSeason,
	lookBacksOn,
	numberOfDay,
	ownDatesAt,
	subjectOfKey,
	valuesOf,
	type DateSubject,
	type Days,
	type Held,
} from './dates.ts';

const YEAR: DateSubject = { kind: 'rounds', year: 2027 };
const SEASON: DateSubject = { kind: 'floodSeason' };
const PERIOD: DateSubject = { kind: 'period', id: 'p1' };
const shipped: Days = {
	...{ 'first.from': '2027-01-01', 'first.to': '2027-06-30', 'second.from': '2027-07-01', 'second.to': '2027-12-31' },
	...{ 'lookBack.from': '2027-07-01', 'lookBack.to': '2027-12-31' },
};
const circular: Days = {
	...{ 'first.from': '2027-03-01', 'first.to': '2027-06-20', 'second.from': '2027-08-01', 'second.to': '2027-11-30' },
	...{ 'lookBack.from': '2027-09-01', 'lookBack.to': '2027-10-31' },
};
const at = (day: string) => Date.parse(`${day}T00:00:00Z`);
const on = (days: Days, isOn = true): Held => ({ days, isOn });
const change = (subject: DateSubject, held: Held, more: Partial<RuleChange> = {}): RuleChange => ({
	...{ id: '1', ruleKey: dateKeyOf(subject), scope: { kind: 'bureau', id: null }, values: valuesOf(subject, held) },
	...{ fromMs: at('2027-01-10'), untilMs: null, activatedMs: at('2027-01-10'), reason: '5 号文', by: '局长' },
	...more,
});
const rounds = [
	{ id: 'a', kind: 'fullCoverage' as const, fromOn: '2027-01-01', toOn: '2027-06-30', looksBackTo: null },
	{ id: 'b', kind: 'fullCoverage' as const, fromOn: '2027-07-01', toOn: '2027-12-31', looksBackTo: 'a' },
	{ id: 'c', kind: 'twoMonthly' as const, fromOn: '2027-01-01', toOn: '2027-02-28', looksBackTo: null },
];
const EMPTY = new Map();

describe('days that a circular may name', () => {
	test.each<[string, DateSubject, Days, RegExp | null]>([
		['the circular of the year can hold', YEAR, circular, null],
		['what holds already is no change', YEAR, shipped, /相同/],
		['a round does not end before it begins', YEAR, { ...circular, 'first.to': '2027-02-01' }, /第一轮结束日早于/],
		['rounds do not overlap', YEAR, { ...circular, 'second.from': '2027-06-20' }, /两轮重叠/],
		['one may begin the day after the other', YEAR, { ...circular, 'second.from': '2027-06-21' }, null],
		['the look-back lies in its round', YEAR, { ...circular, 'lookBack.to': '2027-12-01' }, /回头看须在第二轮之内/],
		['nor does it begin before it', YEAR, { ...circular, 'lookBack.from': '2027-07-31' }, /回头看须在第二轮之内/],
		['a round of 2027 does not lie in 2026', YEAR, { ...circular, 'first.from': '2026-12-28' }, /不在 2027 年内/],
		['2027 has no 29 February', YEAR, { ...circular, 'first.from': '2027-02-29' }, /日历中不存在/],
		['all days are named at once', YEAR, { 'first.from': '2027-03-01' }, /须填写/],
		['a season may begin earlier', SEASON, { from: '04-01', to: '10-15' }, null],
		['no season begins on a day that three years lack', SEASON, { from: '02-29', to: '10-15' }, /2 月 29 日/],
		['there is no 31 April', SEASON, { from: '04-31', to: '10-15' }, /日历中不存在/],
		['a season does not end before it begins', SEASON, { from: '10-15', to: '04-15' }, /结束日早于开始日/],
		['a holiday may be moved', PERIOD, { from: '2027-10-01', to: '2027-10-08' }, null],
	])('%s', (_, subject, days, said) => {
		const now = subject === SEASON ? { from: '04-15', to: '10-15' } : subject === YEAR ? shipped : {};
		const fault = dateFault(subject, on(days), on(now));
		if (said === null) expect(fault).toBeNull();
		else expect(dateSentence(fault!).zh).toMatch(said);
	});

	test('a key period is called off once, and may be taken up again', () => {
		const days = { from: '2027-10-01', to: '2027-10-07' };
		expect(dateFault(PERIOD, on(days, false), on(days))).toBeNull();
		expect(dateFault(PERIOD, on(days, false), on(days, false))).toEqual({ kind: 'nothing-changed' });
		expect(dateFault(PERIOD, on(days), on(days, false))).toBeNull();
	});

	test('days go into a change as numbers and come back', () => {
		for (const day of ['2027-03-01', '04-15', '12-31']) expect(dayOfNumber(numberOfDay(day))).toBe(day);
		for (const subject of [YEAR, SEASON, PERIOD]) expect(subjectOfKey(dateKeyOf(subject))).toEqual(subject);
		expect(subjectOfKey('coverage.quietDays')).toBeUndefined();
	});
});

describe('what holds', () => {
	const own = (changes: RuleChange[], day = '2027-02-01') => ownDatesAt(changes, at(day));

	test('both rounds of the year lie on the days of the circular, the look-back in its own; others stay', () => {
		const held = heldRounds(rounds, own([change(YEAR, on(circular))]));
		expect(held).toMatchObject([
			{ fromOn: '2027-03-01', toOn: '2027-06-20', lookBack: null, daysBy: '5 号文' },
			{ fromOn: '2027-08-01', toOn: '2027-11-30', lookBack: { fromOn: '2027-09-01', toOn: '2027-10-31' } },
			{ fromOn: '2027-01-01', toOn: '2027-02-28', daysBy: null },
		]);
		expect(lookBacksOn(held, '2027-08-20')).toEqual([]);
		expect(lookBacksOn(held, '2027-11-15')).toMatchObject([{ first: { id: 'a' }, second: { id: 'b' } }]);
	});

	test('before it is switched on, and of another year, the days they were made with hold', () => {
		expect(heldRounds(rounds, own([change(YEAR, on(circular))], '2027-01-09'))[0]).toMatchObject(rounds[0]!);
		expect(heldRounds(rounds, own([change({ kind: 'rounds', year: 2028 }, on(circular))]))[1]).toMatchObject({
			...{ fromOn: '2027-07-01', lookBack: { fromOn: '2027-07-01', toOn: '2027-12-31' } },
		});
	});

	test('a season and a key period follow; a period that was called off is none until a newer change says so', () => {
		const season: Season = { from: '04-15', to: '10-15', turn: '07-15', source: '条例', confidence: 'assumed' };
		expect(heldSeason(season, own([change(SEASON, on({ from: '04-01', to: '10-31' }))]))).toEqual({
			...{ from: '04-01', to: '10-31', turn: '07-15', source: '5 号文', confidence: 'local' },
		});
		expect(heldSeason(season, EMPTY)).toBe(season);
		const days = { from: '2027-10-01', to: '2027-10-08' };
		const periods = [{ id: 'p1', fromOn: '2027-10-01', toOn: '2027-10-07', isProposed: false }];
		const proposed = periods.map((one) => ({ ...one, isProposed: true }));
		expect(heldPeriods(proposed, EMPTY)).toEqual([]);
		expect(heldPeriods(proposed, own([change(PERIOD, on(days))]))).toMatchObject([{ toOn: '2027-10-08' }]);
		const off = change(PERIOD, on(days, false));
		expect(heldPeriods(periods, own([off]))).toEqual([]);
		const later = { id: '2', activatedMs: at('2027-01-20'), fromMs: at('2027-01-20') };
		expect(heldPeriods(periods, own([off, change(PERIOD, on(days), later)]))).toMatchObject([{ toOn: '2027-10-08' }]);
	});
});
