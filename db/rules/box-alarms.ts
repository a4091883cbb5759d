// What boxes themselves say is wrong: bits of a vendor's frame that no measured value stands for.

import type { AlarmLevel } from '../../src/lib/domain/alarm/condition.ts';
import type { WatchRules } from '../../src/lib/domain/alarm/watch.ts';
import type { Confidence, Rule } from '../../src/lib/domain/rule.ts';
import { seconds } from './delays.ts';

const is = (value: number, unit: string, source: string, confidence: Confidence): Rule => ({
	value,
	unit,
	source,
	confidence,
});
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
			deadband: is(0, '', ON, 'assumed'),
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
			from: is(1, '', CRANE, 'reported'),
			inARow: is(2, '', 'two reports in a row: a jib that passes is over by the next', 'assumed'),
			offDelayS: 60,
		},
	),
	/** Somebody asks for help. Once is enough; it stays until a person has taken it. */
	sos: {
		...said({ condition: 'sos', key: 'tracker.sos', level: 'danger' }, ['emergency'], {
			from: is(1, '', SOS, 'reported'),
			inARow: is(1, '', 'a call for help is not repeated', 'assumed'),
			offDelayS: 0,
		}),
		isCounted: true,
	} satisfies WatchRules,
};
