// What is wrong with a number somebody wants, in a sentence.

import type { RuleCard } from '#lib/contract/rule.ts';
import type { ValueFault } from '#lib/domain/alarm/parameter.ts';
import { number } from '../words/format.ts';
import { m } from '../words/generated/messages.js';
import { parameterWord } from './rule-words.ts';

export function faultText(_rule: RuleCard, fault: ValueFault): string {
	switch (fault.kind) {
		case 'nothing-changed':
			return m.rules_fault_nothing();
		case 'unknown-parameter':
			return m.rules_fault_unknown({ name: fault.parameter });
		case 'out-of-range':
			return m.rules_fault_range({
				name: parameterWord(fault.parameter),
				min: exactly(fault.min),
				max: exactly(fault.max),
			});
		case 'not-whole':
			return m.rules_fault_whole({ name: parameterWord(fault.parameter) });
		case 'order':
			return m.rules_fault_order({ lighter: parameterWord(fault.lighter), graver: parameterWord(fault.graver) });
	}
}

/** A bound as it is: rounded, it would name a number that is refused. */
function exactly(bound: number): string {
	return number(bound, String(bound).split('.')[1]?.length ?? 0);
}
