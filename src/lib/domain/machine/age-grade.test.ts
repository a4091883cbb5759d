import { describe, expect, test } from 'vitest';
import { machineRules } from '../../../../db/rules/machine.ts';
import { gradeByAge, type AgedMachine } from './age-grade.ts';

const on = new Date('2026-11-20');
const crane = (made: string, more: Partial<AgedMachine> = {}): AgedMachine => ({
	kind: 'towerCrane',
	ratedMomentKnm: 800,
	manufacturedOn: new Date(made),
	...more,
});
const hoist = (made: string): AgedMachine => ({ kind: 'hoist', manufacturedOn: new Date(made) });

describe('gradeByAge with the shipped limits', () => {
	test.each([
		['is green well before the limit', crane('2018-01-01'), 'green'],
		['is yellow in the last three years', crane('2013-06-01'), 'yellow'],
		['is still yellow on the limit itself', crane('2011-11-21'), 'yellow'],
		['is red past the limit', crane('2011-10-01'), 'red'],
		[
			'is yellow past the limit while an assessment holds',
			crane('2011-10-01', { assessedUntil: new Date('2027-01-01') }),
			'yellow',
		],
		[
			'is red again the day after the assessment ends',
			crane('2011-10-01', { assessedUntil: new Date('2026-11-19') }),
			'red',
		],
		['judges a crane below 630 kN·m five years earlier', crane('2016-10-01', { ratedMomentKnm: 629 }), 'red'],
		['counts 630 kN·m to the middle class', crane('2016-10-01', { ratedMomentKnm: 630 }), 'green'],
		['gives a crane of 1250 kN·m twenty years', crane('2011-10-01', { ratedMomentKnm: 1250 }), 'green'],
		['is unknown without a rated moment', crane('2018-01-01', { ratedMomentKnm: undefined }), 'unknown'],
		['is unknown without a factory date', crane('2018-01-01', { manufacturedOn: undefined }), 'unknown'],
		['is red for a hoist past eight years', hoist('2018-11-01'), 'red'],
		['is yellow for a hoist in its last two years', hoist('2019-11-01'), 'yellow'],
		['is green for a hoist of five years', hoist('2021-11-01'), 'green'],
	] as const)('%s', (_, machine, grade) => {
		expect(gradeByAge(machine, machineRules.age, on)).toBe(grade);
	});

	test('refuses a machine from the future', () => {
		expect(() => gradeByAge(crane('2027-01-01'), machineRules.age, on)).toThrow(/Made on 2027/);
	});
});
