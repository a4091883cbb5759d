// What is wrong with a change somebody wants, before anything is written down: of a rule of alarms, or of a number or
// days of coverage.

import type { RuleWish } from '#lib/contract/rule.ts';
import { valueFaults, type Values } from '#lib/domain/alarm/parameter.ts';
import { dateFault, heldOf, subjectOfKey, type DateSubject, type Held } from '#lib/domain/coverage/dates.ts';
import { dateSentence } from '#lib/domain/coverage/date-sentence.ts';
import {
	numberFault,
	numberOfKey,
	type CoverageNumber,
	type CoverageRules,
	type NumberFault,
} from '#lib/domain/coverage/numbers.ts';
import { inBoth } from '#lib/domain/import/sentence.ts';
import { Fault } from '../errors.ts';
import type { LivePart } from '../live/live-part.ts';
import { faultsSentence } from './fault-sentence.ts';
import { objectOfScope, ruleOf, subjectOfScope, valuesNow } from './rule-devices.ts';

/** The register, and the rules that hold now. */
export type RulesLive = Pick<LivePart, 'state' | 'rules'>;

/** Only what judges readings can be tried on stored ones. */
export const isBackTested = (ruleKey: string): boolean => ruleOf(ruleKey) !== undefined;

/** @throws Fault with what is wrong. @param coverage - the rules of coverage as they hold now */
export function checkWish(live: RulesLive, wish: RuleWish, coverage: CoverageHeld): void {
	const number = numberOfKey(wish.ruleKey);
	const dates = subjectOfKey(wish.ruleKey);
	if (!number && !dates) return checkRuleWish(live, wish);
	if (wish.scope.kind !== 'bureau')
		throw new Fault('bad-input', 'scope', '检查覆盖规则只能按全区修改 · It holds for the whole district only.');
	if (number) checkNumber(wish, number, coverage.rules);
	else checkDates(wish, dates!, coverage.daysNow);
}

/** The numbers of coverage that hold, and the days of one subject; none of a key period that is not there. */
export interface CoverageHeld {
	rules: CoverageRules;
	daysNow: Held | undefined;
}

function checkDates(wish: RuleWish, subject: DateSubject, now: Held | undefined): void {
	if (!now)
		throw new Fault('bad-input', 'ruleKey', '没有这一年的轮次或这个重点时段 · There is no such year or key period.');
	const fault = dateFault(subject, heldOf(wish.values), now);
	if (fault) throw new Fault('bad-input', 'values', inBoth(dateSentence(fault)), { details: [fault] });
}

function checkNumber(wish: RuleWish, number: CoverageNumber, coverage: CoverageRules): void {
	const { value, ...others } = wish.values;
	if (value === undefined || Object.keys(others).length > 0)
		throw new Fault('bad-input', 'values', '须且只须填写一个数值 · One value, and nothing else.');
	const fault = numberFault(coverage, number, value);
	if (fault) throw new Fault('bad-input', 'values', sentenceOf(fault), { details: [fault] });
}

function sentenceOf(fault: NumberFault): string {
	switch (fault.kind) {
		case 'nothing-changed':
			return '与现行值相同 · It is the value that holds already.';
		case 'out-of-range':
			return `须在 ${fault.min} 至 ${fault.max} 之间 · It must be ${fault.min} to ${fault.max}.`;
		case 'not-whole':
			return '须为整数 · It must be a whole number.';
		case 'order':
			return `“${fault.less}”不得大于“${fault.more}” · “${fault.less}” must not exceed “${fault.more}”.`;
	}
}

function checkRuleWish({ state, rules: book }: RulesLive, wish: RuleWish): void {
	const rules = ruleOf(wish.ruleKey);
	if (!rules)
		throw new Fault('bad-input', 'ruleKey', `没有规则“${wish.ruleKey}” · There is no rule “${wish.ruleKey}”.`);
	if (wish.scope.kind !== 'bureau' && !objectOfScope(state, wish.ruleKey, wish.scope))
		throw new Fault(
			'bad-input',
			'scope',
			'所选对象不在台账中，或此规则不适用于它 · It is not in the register, or the rule is not for it.',
		);
	const holds = valuesNow(book(), rules, subjectOfScope(state, wish.ruleKey, wish.scope));
	const faults = valueFaults(rules, wish.values as Values, holds);
	if (faults.length > 0) throw new Fault('bad-input', 'values', faultsSentence(faults), { details: faults });
	if (wish.scope.kind !== 'point' && 'limit' in wish.values)
		throw new Fault(
			'bad-input',
			'values',
			'控制值每个测点各不相同，只能按测点修改 · What a point may reach is another for every point: change it for one point.',
		);
}
