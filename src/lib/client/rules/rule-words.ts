// The words of rules: subjects, parameters, confidence, and numbers with their unit.

import type { RuleCard, RuleChangeNote, RuleParameter, RuleSubject } from '#lib/contract/rule.ts';
import type { Parameter } from '#lib/domain/alarm/parameter.ts';
import { withUnit } from '../words/format.ts';
import { conditionWord, levelWord } from '../words/labels.ts';
import type { Level } from '#lib/domain/level.ts';
import { m } from '../words/generated/messages.js';

export const subjectWord = (subject: RuleSubject) => m[`rules_subject_${subject}`]();
export const ruleName = ({ subject, condition }: Pick<RuleCard, 'subject' | 'condition'>) =>
	`${subjectWord(subject)} · ${conditionWord(condition)}`;

export const hoursText = (hours: NonNullable<RuleCard['hours']>) =>
	hours.from < hours.until ? m.rules_hours(hours) : m.rules_hoursOverNight(hours);

export function parameterWord(parameter: string): string {
	const [name, level] = parameter.split('.') as [string, Level | undefined];
	if (!level) return (m as unknown as Record<string, () => string>)[`rules_parameter_${name}`]?.() ?? parameter;
	const word = levelWord(level);
	return name === 'from'
		? m.rules_parameter_from({ level: word })
		: name === 'until'
			? m.rules_parameter_until({ level: word })
			: m.rules_parameter_confirmations({ level: word });
}

export function unitOfParameter(rule: RuleCard, { parameter, shipped }: RuleParameter): string {
	if (shipped) return shipped.unit;
	return parameter === 'limit' ? (rule.measure === 'rate' ? 'mm/d' : 'mm') : '';
}

export function valueText(rule: RuleCard, parameter: RuleParameter, value: number | null): string {
	if (value === null) return m.rules_limitPerPoint();
	if (parameter.parameter === 'isOn') return value === 1 ? m.rules_on() : m.rules_off();
	return withUnit(value, unitOfParameter(rule, parameter));
}

/** `危险 ≥ 11 m/s，持续 30 s` */
function changeText(rule: RuleCard, change: Pick<RuleChangeNote, 'values'>): string {
	return rule.parameters
		.flatMap((parameter) => {
			const value = change.values[parameter.parameter];
			return value === undefined ? [] : `${parameterWord(parameter.parameter)} ${valueText(rule, parameter, value)}`;
		})
		.join(m.rules_listComma());
}

/** What of a change holds, and what of it later changes have replaced; one that holds nowhere is told whole. */
export function changeTexts(
	rule: RuleCard,
	{ values, replaced, phase }: Pick<RuleChangeNote, 'values' | 'replaced' | 'phase'>,
): { holds: string; replaced: string } {
	if (phase !== 'running') return { holds: changeText(rule, { values }), replaced: '' };
	const part = (isReplaced: boolean) =>
		changeText(rule, {
			values: Object.fromEntries(
				Object.entries(values).filter(([name]) => replaced.includes(name as Parameter) === isReplaced),
			),
		});
	return { holds: part(false), replaced: part(true) };
}

/** The bureau's own change that a number of the whole bureau comes from; undefined: it is as shipped. */
export const ownChangeOf = ({ changes }: Pick<RuleCard, 'changes'>, parameter: Parameter): RuleChangeNote | undefined =>
	changes.find(
		({ scope, phase, values, replaced }) =>
			scope.kind === 'bureau' && phase === 'running' && parameter in values && !replaced.includes(parameter),
	);

/** Why a change ended: what a person said, or what the program did. */
export const endText = ({ endCause, endReason }: Pick<RuleChangeNote, 'endCause' | 'endReason'>): string =>
	endCause ? m[`rules_endCause_${endCause}`]() : (endReason ?? '');
