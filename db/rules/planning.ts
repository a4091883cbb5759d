// What a patrol day is made of: minutes on site, what a visit is worth, how much a team may take on.

import type { PlanningRules } from '../../src/lib/domain/planning/plan-problem.ts';
import type { LearnRules } from '../../src/lib/domain/travel/learn.ts';
import type { Rule } from '../../src/lib/domain/rule.ts';
import { travelRules } from './travel.ts';

const own = (
	value: number,
	unit: string,
	source = 'own default, to be replaced by the bureau’s own experience',
): Rule => ({
	value,
	unit,
	source,
	confidence: 'assumed',
});

export const planningRules: PlanningRules = {
	service: { high: own(50, 'min'), medium: own(40, 'min'), low: own(30, 'min') },
	lookBackMinutes: own(10, 'min'),
	perMachineMinutes: own(3, 'min'),
	mostMachineMinutes: own(15, 'min'),
	prizeBase: { high: own(60, 'min'), medium: own(40, 'min'), low: own(25, 'min') },
	prizePerOverdueDay: own(1.5, 'min/d'),
	mostOverduePrize: own(60, 'min'),
	prizeLookBack: own(25, 'min'),
	prizeOpenRound: own(15, 'min'),
	// Chosen so that an answer that is missing outweighs all that measures and exposure can add up to.
	flood: {
		band: {
			red: own(200, 'min'),
			orange: own(120, 'min'),
			yellow: own(60, 'min'),
			blue: own(0, 'min'),
			unknown: own(120, 'min', 'own default: a site nobody has judged counts as a bad one'),
		},
		perMeasure: own(30, 'min'),
		mostMeasures: own(240, 'min'),
		silent: own(700, 'min'),
		late: own(1400, 'min'),
	},
	fairness: own(0.05, ''),
	capacity: own(420, 'min', 'own default: seven hours of effort in a day of eight and a half'),
};

/** Sites a day's problem may hold at most, and a month's. */
export const mostCandidates = { day: own(600, ''), month: own(1500, '') };
export const monthShape = {
	days: own(22, 'd'),
	teams: own(6, ''),
	/** Share of a team's effort that a round may fill; the rest is for driving, emergencies and days that are lost. */
	fill: own(0.7, '', 'own choice: three tenths of the days go to what nobody planned'),
};
/** How far ahead a patrol can be planned. */
export const furthestPlanDays = own(366, 'd', 'own choice: who is due in more than a year nobody knows');
/** Days of the rolling month that load and rotation are counted over. */
export const rollingDays = own(30, 'd');

export const learnRules: LearnRules = {
	...travelRules,
	enoughLegs: own(30, '', 'own choice: fewer drives say more about the drivers than about the roads'),
	shortestKm: own(0.5, 'km'),
};
