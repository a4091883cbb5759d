// Lifting machines: years of use.

import type { AgeRules } from '../../src/lib/domain/machine/age-grade.ts';
import type { Rule } from '../../src/lib/domain/rule.ts';

const assessmentAfter = (value: number): Rule => ({
	value,
	unit: 'a',
	source: 'JGJ/T 189-2009 3.0.2',
	confidence: 'verified',
});
const noticeBefore = (value: number): Rule => ({
	value,
	unit: 'a',
	source: 'no standard names it: time to plan an assessment or a replacement',
	confidence: 'assumed',
});

const age: AgeRules = {
	limits: [
		{ kind: 'towerCrane', belowKnm: 630, limit: assessmentAfter(10) },
		{ kind: 'towerCrane', belowKnm: 1250, limit: assessmentAfter(15) },
		{ kind: 'towerCrane', belowKnm: Infinity, limit: assessmentAfter(20) },
		{ kind: 'hoist', belowKnm: Infinity, limit: assessmentAfter(8) },
	],
	notice: { towerCrane: noticeBefore(3), hoist: noticeBefore(2) },
};

export const machineRules = { age };
