// What boxes themselves say is wrong: bits of a vendor's frame that no measured value stands for.

import type { AlarmLevel } from '../../src/lib/domain/alarm/condition.ts';
import type { WatchRules } from '../../src/lib/domain/alarm/watch.ts';
import type { Rule } from '../../src/lib/domain/rule.ts';
import { seconds } from './delays.ts';
import { assumed, reported } from './provenance.ts';

const ON = 'the box says it or not';

function said(
	{ condition, key, level }: { condition: string; key: string; level: AlarmLevel },
	events: readonly string[],
	{ from, inARow, offDelayS }: { from: Rule; inARow: Rule; offDelayS: number },
): WatchRules {
	return {
		...{ condition, quantity: 'alarms', measure: 'flag', events },
		by: {
			key,
			limits: [{ level, from, confirmations: inARow }],
			deadband: assumed(0, '', ON),
			onDelay: seconds(0),
			offDelay: seconds(offDelayS),
			isLatched: level === 'danger',
		},
	};
}

const CRANE =
	'public frame of tower-crane platforms, bits 2 and 5 to 8; the order of the bits is to be confirmed per vendor by a live test';
const SOS =
	'JT/T 808 table of the alarm word, bit 0: pressed by a person; the terminal says it once, until it is answered';

export const boxAlarmRules = {
	/** The anti-collision of a group of cranes, as their boxes work it out ten times a second. */
	collision: said(
		{ condition: 'collision', key: 'towerCrane.collision', level: 'warning' },
		['collision', 'collisionFront', 'collisionBack', 'collisionLeft', 'collisionRight'],
		{
			from: reported(1, '', CRANE),
			inARow: assumed(2, '', 'two reports in a row: a jib that passes is over by the next'),
			offDelayS: 60,
		},
	),
	/** Somebody asks for help. Once is enough; it stays until a person has taken it. */
	sos: {
		...said({ condition: 'sos', key: 'tracker.sos', level: 'danger' }, ['emergency'], {
			from: reported(1, '', SOS),
			inARow: assumed(1, '', 'a call for help is not repeated'),
			offDelayS: 0,
		}),
		isCounted: true,
	} satisfies WatchRules,
};
