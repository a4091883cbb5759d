import { expect, test } from 'vitest';
import type { RuleCard, RuleChangeNote, RuleParameter } from '#lib/contract/rule.ts';
import type { Parameter } from '#lib/domain/alarm/parameter.ts';
import { changeTexts, ownChangeOf } from './rule-words.ts';

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

test('a number of the bureau comes from its own change that holds, not from the shipped source', () => {
	const note = (more: Partial<RuleChangeNote>) =>
		({ scope: { kind: 'bureau', id: null }, phase: 'running', values, replaced: [], ...more }) as RuleChangeNote;
	const later = note({ id: '2', values: { 'from.danger': 80 } });
	const changes = [later, note({ id: '1', replaced: ['from.danger'] })];
	expect(ownChangeOf({ changes }, 'from.danger')?.id).toBe('2');
	expect(ownChangeOf({ changes }, 'from.warning')?.id).toBe('1');
	expect(ownChangeOf({ changes }, 'onDelay')).toBeUndefined();
	for (const more of [{ phase: 'over' }, { phase: null }, { scope: { kind: 'site', id: 's1' } }] as const)
		expect(ownChangeOf({ changes: [note(more)] }, 'from.warning')).toBeUndefined();
});
