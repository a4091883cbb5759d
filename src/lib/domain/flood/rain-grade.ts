// How heavy rain is: grades of GB/T 28592 over 12 and 24 hours, practice over 1 and 3.

import type { Rule } from '../rule.ts';

export const RAIN_SPANS = [1, 3, 12, 24] as const;
export type RainSpan = (typeof RAIN_SPANS)[number];

/** From light up; `none` is less than 0.1 mm. */
export const RAIN_GRADES = ['none', 'light', 'moderate', 'heavy', 'rainstorm', 'downpour', 'extreme'] as const;
export type RainGrade = (typeof RAIN_GRADES)[number];

export interface RainGradeRules {
	/** Grades that `from` gives the beginning of, lightest first. */
	grades: readonly Exclude<RainGrade, 'none' | 'light'>[];
	/** Millimetres at and above which a grade begins, per span in hours. */
	from: Record<RainSpan, readonly Rule[]>;
	/** The forecast term 中到大雨, at and above which Tongzhou already reacts. */
	moderateHeavy: Partial<Record<RainSpan, Rule>>;
}

const TRACE_MM = 0.1;

/** Grade of an amount; limits are reached, not exceeded. @throws RangeError for a negative amount */
export function rainGrade(mm: number, hours: RainSpan, rules: RainGradeRules): RainGrade {
	if (!(mm >= 0)) throw new RangeError(`Rain must be 0 mm or more, got ${mm}.`);
	let grade: RainGrade = mm < TRACE_MM ? 'none' : 'light';
	rules.grades.forEach((name, i) => {
		if (mm >= rules.from[hours][i]!.value) grade = name;
	});
	return grade;
}

/** Whether an amount is at least 中到大雨; undefined for a span the term is not defined for. */
export function isModerateHeavy(mm: number, hours: RainSpan, rules: RainGradeRules): boolean | undefined {
	const limit = rules.moderateHeavy[hours];
	return limit && mm >= limit.value;
}
