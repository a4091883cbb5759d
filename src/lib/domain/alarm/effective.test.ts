import { describe, expect, test } from 'vitest';
import { alarmRules, ruleCatalogue } from '../../../../db/rules/alarm.ts';
import { signalLimits } from '../../../../db/rules/weather.ts';
import {
	effective,
	nextBoundaryMs,
	phaseOf,
	replacedIn,
	type InForce,
	type RuleChange,
	type Subject,
} from './effective.ts';
import { parametersOf, valueFaults, type Values } from './parameter.ts';

const { wind } = alarmRules.towerCrane;
const subject: Subject = { townCode: '330109003', siteId: 'site-1', machineId: 'crane-1', pointId: null };
const DAY = 86_400_000;

let serial = 0;
const change = (
	kind: RuleChange['scope']['kind'],
	id: string | null,
	values: Values,
	more: Partial<RuleChange> = {},
): RuleChange => ({
	id: `c${serial++}`,
	ruleKey: wind.by.key,
	scope: { kind, id },
	values,
	fromMs: 0,
	untilMs: null,
	activatedMs: serial,
	reason: '沿江风大',
	by: '王局',
	...more,
});
const inForce = (changes: RuleChange[], signals: InForce['signals'] = {}): InForce => ({
	changes,
	signals,
	signalTable: signalLimits,
});
const dangerOf = (force: InForce, at = DAY, who = subject) =>
	effective(wind, who, force, at).rules.by.limits.find(({ level }) => level === 'danger')!.from;

describe('the limit in force', () => {
	test.each<[string, RuleChange[], number]>([
		['is the shipped one without a change', [], 12],
		['is the bureau’s before the shipped one', [change('bureau', null, { 'from.danger': 11.5 })], 11.5],
		[
			'is the site’s before the bureau’s',
			[change('site', 'site-1', { 'from.danger': 11 }), change('bureau', null, { 'from.danger': 11.5 })],
			11,
		],
		[
			'is the machine’s before the site’s, whichever was switched on last',
			[change('machine', 'crane-1', { 'from.danger': 11.2 }), change('site', 'site-1', { 'from.danger': 11 })],
			11.2,
		],
		['is not another site’s', [change('site', 'site-2', { 'from.danger': 9 })], 12],
		['is not one of another rule', [change('bureau', null, { 'from.danger': 9 }, { ruleKey: 'hoist.wind' })], 12],
		['is not one that has run out', [change('site', 'site-1', { 'from.danger': 9 }, { untilMs: DAY })], 12],
		['is not one that has not begun', [change('site', 'site-1', { 'from.danger': 9 }, { fromMs: DAY + 1 })], 12],
		[
			'falls back to the wider one when the narrow one has run out',
			[
				change('bureau', null, { 'from.danger': 11.5 }),
				change('machine', 'crane-1', { 'from.danger': 9 }, { untilMs: DAY }),
			],
			11.5,
		],
		[
			'is that of the change for a while, while it runs',
			[
				change('site', 'site-1', { 'from.danger': 11 }),
				change('site', 'site-1', { 'from.danger': 9 }, { untilMs: DAY + 1 }),
			],
			9,
		],
		[
			'is the lasting one of the same scope again when the one for a while has run out',
			[
				change('site', 'site-1', { 'from.danger': 11 }),
				change('site', 'site-1', { 'from.danger': 9 }, { untilMs: DAY }),
			],
			11,
		],
		[
			'is not touched by a later change of the same scope that says nothing of it',
			[
				change('site', 'site-1', { 'from.danger': 11 }),
				change('site', 'site-1', { onDelay: 30 }, { untilMs: DAY + 1 }),
			],
			11,
		],
	])('%s', (_, changes, expected) => {
		expect(dangerOf(inForce(changes)).value).toBe(expected);
	});

	test('is decided number by number', () => {
		const found = effective(
			wind,
			subject,
			inForce([change('bureau', null, { onDelay: 30 }), change('site', 'site-1', { 'from.danger': 11 })]),
			DAY,
		);
		expect(found.rules.by.onDelay.value).toBe(30);
		expect(found.rules.by.limits[1]!.from).toMatchObject({ value: 11, confidence: 'local', source: '沿江风大' });
		expect([...found.origins.keys()].sort()).toEqual(['from.danger', 'onDelay']);
	});

	test('of a warning never lies beyond that of the danger it announces', () => {
		const { limits } = effective(wind, subject, inForce([change('site', 'site-1', { 'from.danger': 9 })]), DAY).rules
			.by;
		expect(limits.map(({ from }) => from.value)).toEqual([9, 9]);
	});

	test('says when the next change begins or ends', () => {
		const changes = [change('bureau', null, {}, { fromMs: 5 * DAY }), change('bureau', null, {}, { untilMs: 3 * DAY })];
		expect(nextBoundaryMs(changes, DAY)).toBe(3 * DAY);
		expect(nextBoundaryMs(changes, 5 * DAY)).toBe(Infinity);
	});
});

describe('a change that is switched on', () => {
	const both = change('site', 'site-1', { 'from.danger': 11, onDelay: 30 });
	const of = (values: Values, more: Partial<RuleChange> = {}) => change('site', 'site-1', values, more);
	test.each<[string, RuleChange[], string[], string]>([
		['holds with all its numbers while nothing came after it', [], [], 'running'],
		['holds with the numbers a later one says nothing of', [of({ 'from.danger': 10 })], ['from.danger'], 'running'],
		[
			'waits when later ones together name all of them',
			[of({ 'from.danger': 10 }), of({ onDelay: 20 })],
			['from.danger', 'onDelay'],
			'covered',
		],
		['has them all again when the later one has run out', [of({ 'from.danger': 10 }, { untilMs: DAY })], [], 'running'],
		['loses none to one that has not begun', [of({ 'from.danger': 10 }, { fromMs: DAY + 1 })], [], 'running'],
		[
			'loses none to a narrower one, which holds elsewhere not',
			[change('machine', 'crane-1', { 'from.danger': 9 })],
			[],
			'running',
		],
		['loses none to one of another rule', [of({ 'from.danger': 9 }, { ruleKey: 'hoist.wind' })], [], 'running'],
	])('%s', (_, later, replaced, phase) => {
		expect(replacedIn(both, [both, ...later], DAY)).toEqual(replaced);
		expect(phaseOf(both, [both, ...later], DAY)).toBe(phase);
	});
	test('that has run out has nothing left to be replaced', () => {
		const past = of({ 'from.danger': 11 }, { untilMs: DAY });
		expect(replacedIn(past, [past, of({ 'from.danger': 10 })], DAY)).toEqual([]);
	});
});

describe('a warning signal', () => {
	const gale = (colour: 'blue' | 'yellow' | 'red') => [{ signal: 'gale', colour } as const];
	test('lowers the limits of the cranes in its town, and its end restores them', () => {
		expect(dangerOf(inForce([], { '330109003': gale('yellow') })).value).toBe(8);
		expect(dangerOf(inForce([], {})).value).toBe(12);
	});
	test('lowers them in no other town', () => {
		expect(dangerOf(inForce([], { '330109004': gale('red') })).value).toBe(12);
	});
	test('of the district lowers them in all its towns', () => {
		expect(dangerOf(inForce([], { '330109': gale('blue') })).value).toBe(10.8);
	});
	test('of several counts with the strictest', () => {
		expect(dangerOf(inForce([], { '330109': gale('blue'), '330109003': gale('yellow') })).value).toBe(8);
	});
	test('never raises a limit the bureau has set lower', () => {
		const strict = change('machine', 'crane-1', { 'from.danger': 7 });
		expect(dangerOf(inForce([strict], { '330109003': gale('yellow') })).value).toBe(7);
	});
	test('says that it is the reason', () => {
		const { origins } = effective(wind, subject, inForce([], { '330109003': gale('yellow') }), DAY);
		expect(origins.get('from.danger')).toEqual({ kind: 'signal', signal: { signal: 'gale', colour: 'yellow' } });
	});
	test('leaves rain to the pits', () => {
		expect(dangerOf(inForce([], { '330109003': [{ signal: 'rainstorm', colour: 'red' }] })).value).toBe(12);
	});
});

describe('switching', () => {
	test('off is a change like any other', () => {
		expect(effective(wind, subject, inForce([change('site', 'site-1', { isOn: 0 })]), DAY).isOn).toBe(false);
		expect(effective(wind, subject, inForce([]), DAY).isOn).toBe(true);
	});
	test('a rule that is shipped off stays off until somebody turns it on', () => {
		const { jib } = alarmRules.towerCrane;
		expect(effective(jib, subject, inForce([]), DAY).isOn).toBe(false);
		const on = change('bureau', null, { isOn: 1 }, { ruleKey: jib.by.key });
		expect(effective(jib, subject, inForce([on]), DAY).isOn).toBe(true);
	});
});

describe('values somebody wants', () => {
	test.each<[string, Values, string[]]>([
		['may be inside the range', { 'from.danger': 11, onDelay: 90 }, []],
		['must change something', {}, ['nothing-changed']],
		['must be of the rule', { 'from.notice': 3 }, ['unknown-parameter']],
		['must be possible', { offDelay: -1 }, ['out-of-range']],
		['must be numbers', { offDelay: NaN }, ['out-of-range']],
		['must count whole readings', { 'confirmations.danger': 1.5 }, ['not-whole']],
		['must put the danger beyond its warning', { 'from.danger': 10 }, ['order']],
	])('%s', (_, values, expected) => {
		expect(valueFaults(wind, values).map(({ kind }) => kind)).toEqual(expected);
	});

	test('are held against what holds for whom they are wanted', () => {
		const lower = { 'from.danger': 7 };
		expect(valueFaults(wind, lower).map(({ kind }) => kind)).toEqual(['order']);
		expect(valueFaults(wind, lower, { 'from.warning': 6 })).toEqual([]);
	});

	test('for a distance the danger lies nearer', () => {
		const { jib } = alarmRules.towerCrane;
		expect(valueFaults(jib, { 'from.danger': 3 })).toEqual([]);
		expect(valueFaults(jib, { 'from.danger': 6 }).map(({ kind }) => kind)).toEqual(['order']);
	});
});

describe('the catalogue', () => {
	test('names every rule once', () => {
		const keys = ruleCatalogue.map(({ by }) => by.key);
		expect(new Set(keys).size).toBe(keys.length);
	});
	test.each(ruleCatalogue.map((rules) => [rules.by.key, rules] as const))(
		'%s says where each number comes from',
		(_, rules) => {
			for (const { shipped, min, max } of parametersOf(rules)) {
				if (!shipped) continue;
				expect(shipped.source.length).toBeGreaterThan(5);
				expect(shipped.value).toBeGreaterThanOrEqual(min);
				expect(shipped.value).toBeLessThanOrEqual(max);
			}
		},
	);
});
