// Who is told of an alarm that nobody takes, and after how long; how messages are repeated.

import type { DeliveryRules, LadderRules } from '../../src/lib/domain/alarm/escalation.ts';
import type { Rule } from '../../src/lib/domain/rule.ts';
import { assumed } from './provenance.ts';

const minutes = (value: number, source: string): Rule => assumed(value, 'min', source);
const AT_ONCE = 'who answers for the grid is told at once';
const TAKEN = 'an operator takes an alarm within minutes (EEMUA 191); a bureau sets its own';

export const ladderRules: LadderRules = {
	danger: [
		{ role: 'gridSupervisor', after: minutes(0, AT_ONCE) },
		{ role: 'dutyOfficer', after: minutes(5, TAKEN) },
		{ role: 'leader', after: minutes(15, TAKEN) },
	],
	warning: [
		{ role: 'gridSupervisor', after: minutes(10, TAKEN) },
		{ role: 'dutyOfficer', after: minutes(30, TAKEN) },
	],
	notice: [],
	repeatSound: minutes(2, 'the sound of unacknowledged danger is repeated until somebody takes it'),
};

export const deliveryRules: DeliveryRules = {
	attempts: assumed(8, '', 'with doubling pauses about an hour'),
	firstPause: assumed(15, 's', 'a gateway that restarts is back within seconds'),
	longestPause: assumed(900, 's', 'later than that the next rung has been told'),
};
