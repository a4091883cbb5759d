// Lifting machines: years of use, inspections that fall due, what a mast and a jib may do.

import type { DueRules } from '../../src/lib/domain/machine/due.ts';
import type { BaselineRules } from '../../src/lib/domain/machine/tilt-baseline.ts';
import type { AgeRules } from '../../src/lib/domain/machine/age-grade.ts';
import type { Rule } from '../../src/lib/domain/rule.ts';
import { assumed } from './provenance.ts';

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

const baseline: BaselineRules = {
	calmWindMs: {
		value: 3,
		unit: 'm/s',
		source: 'JGJ 196-2010: verticality is measured unloaded at 3 m/s at most',
		confidence: 'verified',
	},
	unloadedPercent: assumed(10, '%', 'hook and rope alone'),
	samples: assumed(30, '', 'the mean of thirty readings is better than the sensor'),
	climbedM: assumed(1, 'm', 'one section of the mast is longer'),
};

const GB5144 = 'GB 5144-2006 10.5';
const DISTANCE = 'own steps before the two metres of GB 5144-2006 10.5';
const clearance = {
	verticalGap: { value: 2, unit: 'm', source: GB5144, confidence: 'verified' } as Rule,
	tipToMast: { value: 2, unit: 'm', source: GB5144, confidence: 'verified' } as Rule,
	notice: assumed(10, 'm', DISTANCE),
	warning: assumed(5, 'm', DISTANCE),
	stop: { value: 2, unit: 'm', source: GB5144, confidence: 'verified' } as Rule,
	/** Cranes further apart than their jibs and this are no pair. */
	near: assumed(10, 'm', DISTANCE),
};

/** What falls due, in days since it was last done. */
const due: DueRules = {
	test: assumed(365, 'd', 'MOC Order 166: yearly inspection by a testing agency'),
	soon: assumed(30, 'd', 'a month to order the agency'),
};

export const machineRules = { age, baseline, clearance, due };
