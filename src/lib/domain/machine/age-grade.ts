// Red, yellow, green by years of use. Says nothing about inspections or alarms; those are separate fields.

import type { Rule } from '../rule.ts';

export type AgeGrade = 'red' | 'yellow' | 'green' | 'unknown';

export interface AgedMachine {
	kind: 'towerCrane' | 'hoist';
	/** Rated load moment in kN·m; decides the class of a tower crane. Hoists have none. */
	ratedMomentKnm?: number;
	/** Day it left the factory. The day of registration must not be used instead. */
	manufacturedOn?: Date;
	/** Last day a passed safety assessment covers. */
	assessedUntil?: Date;
}

export interface AgeRules {
	/** Years after which an assessment is due, per class; classes are searched in order. */
	limits: { kind: AgedMachine['kind']; belowKnm: number; limit: Rule }[];
	/** Years before the limit in which the machine is shown yellow. */
	notice: Record<AgedMachine['kind'], Rule>;
}

const YEAR_MS = 365.2425 * 24 * 3600 * 1000;

/**
 * Grades one machine on one day.
 *
 * - `red`: older than the limit without a valid assessment
 * - `yellow`: older than the limit with one, or inside the notice years before it
 * - `green`: neither
 * - `unknown`: factory date, or the rated moment of a tower crane, is missing; never shown as green
 *
 * Limits are exceeded, not reached: a crane is fine on its tenth birthday and due the day after.
 * Shipped limits and their clauses: `db/rules/machine.ts`.
 *
 * @param on - the day to judge
 * @throws RangeError when `manufacturedOn` lies after `on`; that is a bad import and must not be graded away
 */
export function gradeByAge(machine: AgedMachine, rules: AgeRules, on: Date): AgeGrade {
	const limit = limitFor(machine, rules);
	if (!machine.manufacturedOn || !limit) return 'unknown';

	const years = yearsOfUse(machine.manufacturedOn, on);
	if (years < 0)
		throw new RangeError(`Made on ${machine.manufacturedOn.toISOString()}, graded on ${on.toISOString()}.`);

	const assessed = machine.assessedUntil !== undefined && machine.assessedUntil >= on;
	if (years > limit.value) return assessed ? 'yellow' : 'red';
	return years > limit.value - rules.notice[machine.kind].value ? 'yellow' : 'green';
}

/** Years since a machine left the factory, with their fraction; negative before that day. */
export function yearsOfUse(manufacturedOn: Date, on: Date): number {
	return (on.getTime() - manufacturedOn.getTime()) / YEAR_MS;
}

/** Years after which an assessment is due, with where that comes from; undefined when the class is not known. */
export function limitFor({ kind, ratedMomentKnm }: AgedMachine, { limits }: AgeRules): Rule | undefined {
	const moment = kind === 'hoist' ? 0 : ratedMomentKnm;
	if (moment === undefined) return undefined;
	return limits.find((entry) => entry.kind === kind && moment < entry.belowKnm)?.limit;
}
