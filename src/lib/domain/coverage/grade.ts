// Which grade decides how often a site is visited: the registered one, lifted where Hangzhou's rule says so.

import { dayAfter } from '../day.ts';
import type { Rule } from '../rule.ts';

export const RISK_GRADES = ['high', 'medium', 'low'] as const;
export type RiskGrade = (typeof RISK_GRADES)[number];

export interface GradedSite {
	registered: RiskGrade | null;
	/** Depth of the deepest pit that is open; null where there is none, undefined where a pit has no depth. */
	pitDepthM: number | null | undefined;
	/** A fatal accident on the site. */
	fatalOn: string | null;
}

export interface GradeRules {
	/** A pit from here on makes a site high. */
	highPitM: Rule;
	/** A pit below this does not lift a site. */
	lowPitM: Rule;
	/** Months a site stays high after a fatal accident, in days. */
	fatalDays: Rule;
}

export interface Grading {
	grade: RiskGrade;
	/** What decided: the register, a pit, an accident, or nothing known, which counts as medium and never as low. */
	by: 'registered' | 'pit' | 'fatal' | 'ungraded';
}

const ORDER: readonly RiskGrade[] = ['low', 'medium', 'high'];

/** @param on - the day to judge */
export function gradeSite({ registered, pitDepthM, fatalOn }: GradedSite, rules: GradeRules, on: string): Grading {
	if (fatalOn && on <= dayAfter(fatalOn, rules.fatalDays.value)) return { grade: 'high', by: 'fatal' };
	const base: Grading = registered ? { grade: registered, by: 'registered' } : { grade: 'medium', by: 'ungraded' };
	const byPit = gradeOfPit(pitDepthM, rules);
	return byPit && ORDER.indexOf(byPit) > ORDER.indexOf(base.grade) ? { grade: byPit, by: 'pit' } : base;
}

/** Depth reached counts as high, depth below the lower limit as low; a pit of unknown depth is medium at least. */
function gradeOfPit(depthM: number | null | undefined, rules: GradeRules): RiskGrade | null {
	if (depthM === null) return null;
	if (depthM === undefined) return 'medium';
	if (depthM >= rules.highPitM.value) return 'high';
	return depthM < rules.lowPitM.value ? 'low' : 'medium';
}
