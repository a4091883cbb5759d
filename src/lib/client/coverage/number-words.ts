// The words of the numbers of coverage: names, values with their unit, and what is wrong with one.

import type { CoverageNumberCard } from '#lib/contract/coverage-rule.ts';
import type { CoverageNumber, NumberFault } from '#lib/domain/coverage/numbers.ts';
import { number } from '../words/format.ts';
import { m } from '../words/generated/messages.js';

type NumberMessage =
	`coverRule_number_${CoverageNumber extends infer N ? (N extends `interval.${infer G}` ? `interval_${G}` : N & string) : never}`;

export const numberWord = (one: CoverageNumber) => m[`coverRule_number_${one.replace('.', '_')}` as NumberMessage]();

export function unitWord(unit: string): string {
	return { d: m.coverRule_unit_d(), m: 'm', '/mo': m.coverRule_unit_mo() }[unit] ?? m.coverRule_unit_factor();
}

/** `60 天`, `× 0.5`, `1 次/月`. */
export function valueWord({ unit }: Pick<CoverageNumberCard, 'unit'>, value: number): string {
	const figure = exactly(value);
	return unit === '' ? `× ${figure}` : `${figure} ${unitWord(unit)}`;
}

export function numberFaultText({ number: name, range }: CoverageNumberCard, fault: NumberFault): string {
	switch (fault.kind) {
		case 'nothing-changed':
			return m.coverRule_fault_nothing();
		case 'not-whole':
			return m.rules_fault_whole({ name: numberWord(name) });
		case 'out-of-range': {
			const said = m.rules_fault_range({ name: numberWord(name), min: exactly(fault.min), max: exactly(fault.max) });
			return range.bound ? `${said}${m.coverRule_stricter()}` : said;
		}
		case 'order':
			return m.coverRule_fault_order({ less: numberWord(fault.less), more: numberWord(fault.more) });
	}
}

/** As it is: rounded, it would be another number. */
const exactly = (value: number) => number(value, String(value).split('.')[1]?.length ?? 0);
