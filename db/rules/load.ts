// How much may hang on a hook, stand in a cage or lie on a platform: percent of what its plate says.

import type { ConditionRules, Limit } from '../../src/lib/domain/alarm/condition.ts';
import type { WatchRules } from '../../src/lib/domain/alarm/watch.ts';
import { DELAYS, seconds } from './delays.ts';
import { at } from './limit-at.ts';
import { assumed, reported } from './provenance.ts';

const LOAD = 'practice of construction platforms; GB 5144-2006 6.1.2 cuts off between 100 and 110 %';
const of = (level: Limit['level'], percent: number): Limit => at(level, reported(percent, '%', LOAD));

/** Lifts are short: seconds of overload count, and half a minute below ends it. */
export const lifting: Pick<ConditionRules, 'limits' | 'deadband' | 'onDelay' | 'offDelay' | 'isLatched'> = {
	limits: [of('warning', 90), of('danger', 100)],
	deadband: assumed(5, '%', DELAYS),
	onDelay: seconds(3),
	offDelay: seconds(30),
	isLatched: false,
};

const weight = (key: 'towerCrane' | 'gondola' | 'unloadingPlatform'): WatchRules => ({
	condition: 'load',
	quantity: 'loadPercent',
	measure: 'plain',
	by: { key: `${key}.load`, ...lifting },
});

/** Too much load or too many people: either is enough. */
const cage: WatchRules = {
	condition: 'load',
	quantity: 'loadPercent',
	measure: 'anyOf',
	parts: [
		{ quantity: 'loadPercent', full: assumed(100, '%', 'the rated load on the plate of the cage') },
		{ quantity: 'personsPercent', full: assumed(100, '%', 'the number of people on the plate of the cage') },
	],
	by: { key: 'hoist.load', ...lifting },
};

export const loadRules = {
	towerCrane: weight('towerCrane'),
	hoist: cage,
	gondola: weight('gondola'),
	unloadingPlatform: weight('unloadingPlatform'),
};
