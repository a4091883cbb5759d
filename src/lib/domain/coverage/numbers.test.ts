import { describe, expect, test } from 'vitest';
import { coverageRules } from '#db/rules/coverage.ts';
import type { RuleChange } from '../alarm/effective.ts';
import {
	NUMBER_GROUPS,
	numberFault,
	numberOfKey,
	rangeOf,
	ruleKeyOf,
	ruleOfNumber,
	rulesAt,
	type CoverageNumber,
} from './numbers.ts';

const numbers = Object.values(NUMBER_GROUPS).flat() as CoverageNumber[];
const at = (day: string) => Date.parse(`${day}T00:00:00Z`);
const change = (number: CoverageNumber, value: number, more: Partial<RuleChange> = {}): RuleChange => ({
	...{ id: `${number}/${value}`, ruleKey: ruleKeyOf(number), scope: { kind: 'bureau', id: null }, values: { value } },
	...{ fromMs: at('2026-11-01'), untilMs: null, activatedMs: at('2026-11-01'), reason: '本局通知', by: '局长' },
	...more,
});

describe('the numbers of coverage', () => {
	test('every rule that is shipped has its place on the page, and lies in its range', () => {
		const { interval, grounds: _grounds, ...plain } = coverageRules;
		expect([...numbers].sort()).toEqual(
			[...Object.keys(interval).map((grade) => `interval.${grade}`), ...Object.keys(plain)].sort(),
		);
		for (const number of numbers) {
			const { min, max } = rangeOf(number);
			const { value } = ruleOfNumber(coverageRules, number);
			expect(value >= min && value <= max, number).toBe(true);
		}
	});

	test.each<[string, CoverageNumber, number, object | null]>([
		['a shorter interval can hold', 'interval.high', 20, null],
		['what holds already is no change', 'quietDays', 14, { kind: 'nothing-changed' }],
		['the legal coverage is never made laxer', 'legalDays', 200, { kind: 'out-of-range', max: 183 }],
		['nor is the depth from which a pit is high risk', 'highPitM', 6, { kind: 'out-of-range', max: 5 }],
		['nor the time after a fatal accident', 'fatalDays', 30, { kind: 'out-of-range', min: 92 }],
		['there are no half visits', 'monthlyCap', 1.5, { kind: 'not-whole' }],
		['high risk is not seen less often than medium', 'interval.high', 61, { kind: 'order', more: 'interval.medium' }],
		['medium not less often than low', 'interval.medium', 91, { kind: 'order', more: 'interval.low' }],
		['the floor stays below the cap', 'cap', 7, null],
		['not a number', 'quietDays', NaN, { kind: 'out-of-range' }],
	])('%s', (_, number, value, fault) => {
		const found = numberFault(coverageRules, number, value);
		if (fault === null) expect(found).toBeNull();
		else expect(found).toMatchObject(fault);
	});

	test('what the bureau has set holds with its reason as the source, from its day to its end', () => {
		const changes = [change('interval.high', 20, { untilMs: at('2026-12-01') }), change('quietDays', 7)];
		const rules = rulesAt(coverageRules, changes, at('2026-11-20'));
		expect(rules.interval.high).toEqual({ value: 20, unit: 'd', source: '本局通知', confidence: 'local' });
		expect(rules.quietDays).toMatchObject({ value: 7, confidence: 'local' });
		expect(rules.interval.medium).toBe(coverageRules.interval.medium);
		expect(rulesAt(coverageRules, changes, at('2026-10-20'))).toEqual(coverageRules);
		expect(rulesAt(coverageRules, changes, at('2026-12-02')).interval.high).toBe(coverageRules.interval.high);
	});

	test('of two for one number the one switched on last holds; rules of alarms are none of its business', () => {
		const changes = [
			change('quietDays', 5, { activatedMs: at('2026-11-10') }),
			change('quietDays', 7),
			{ ...change('quietDays', 3), id: 'x', ruleKey: 'towerCrane.wind' },
		];
		expect(rulesAt(coverageRules, changes, at('2026-11-20')).quietDays.value).toBe(5);
		expect(numberOfKey('towerCrane.wind')).toBeUndefined();
		expect(numberOfKey('coverage.grounds')).toBeUndefined();
		expect(numberOfKey('coverage.interval.high')).toBe('interval.high');
	});
});
