import { expect, test } from 'vitest';
import type { RuleCard, RuleParameter } from '#lib/contract/rule.ts';
import type { Parameter } from '#lib/domain/alarm/parameter.ts';
import { changeTexts } from './rule-words.ts';

const numberOf = (parameter: Parameter): RuleParameter => ({
	...{ parameter, source: null, min: 0, max: 1000, now: 1 },
	shipped: { value: 1, unit: parameter === 'onDelay' ? 's' : '%', source: 'test', confidence: 'assumed' },
});
const rule = { parameters: (['from.warning', 'from.danger', 'onDelay'] as const).map(numberOf) } as RuleCard;
const values = { 'from.warning': 70, 'from.danger': 90 };

test('what a later change has replaced is told apart from what still holds', () => {
	expect(changeTexts(rule, { values, replaced: ['from.danger'], phase: 'running' })).toEqual({
		holds: '预警限值 70%',
		replaced: '报警限值 90%',
	});
});

test('a change that waits, is over or ended is told whole', () => {
	const whole = { holds: '预警限值 70%，报警限值 90%', replaced: '' };
	expect(changeTexts(rule, { values, replaced: ['from.warning', 'from.danger'], phase: 'covered' })).toEqual(whole);
	expect(changeTexts(rule, { values, replaced: [], phase: 'over' })).toEqual(whole);
	expect(changeTexts(rule, { values, replaced: [], phase: null })).toEqual(whole);
});
