// What is watched on which machine or point: limits, deadbands and delays.

import type { ConditionRules, Limit } from '../../src/lib/domain/alarm/condition.ts';
import type { MeasureRules, WatchRules } from '../../src/lib/domain/alarm/watch.ts';
import type { Rule } from '../../src/lib/domain/rule.ts';
import { deviceRules } from './device.ts';
import { pitRules } from './pit.ts';
import { weatherRules } from './weather.ts';

const assumed = (value: number, unit: string, source: string): Rule => ({
	value,
	unit,
	source,
	confidence: 'assumed',
});
const reported = (value: number, unit: string, source: string): Rule => ({
	...assumed(value, unit, source),
	confidence: 'reported',
});

const DELAYS = 'deadband and delay after the manner of ANSI/ISA-18.2, fitted to the machine';
const seconds = (value: number): Rule => assumed(value, 's', DELAYS);
const once = assumed(1, '', 'every reading counts');
const twice = assumed(2, '', 'a repeat measurement confirms a displacement');
const thrice = reported(3, '', 'GB 50497-2019 8.0.4 note: three times in a row');
const at = (level: Limit['level'], from: Rule, confirmations = once): Limit => ({ level, from, confirmations });

const LOAD = 'practice of construction platforms; GB 5144-2006 6.1.2 cuts off between 100 and 110 %';
const TILT = 'live tilt under load against the free-standing mast; not the 4/1000 test of JGJ 196';

const lifting: Pick<ConditionRules, 'limits' | 'deadband' | 'onDelay' | 'offDelay' | 'isLatched'> = {
	limits: [at('warning', reported(90, '%', LOAD)), at('danger', reported(100, '%', LOAD))],
	deadband: assumed(5, '%', DELAYS),
	onDelay: seconds(3),
	offDelay: seconds(30),
	isLatched: false,
};

const moment: WatchRules = {
	condition: 'moment',
	quantity: 'momentPercent',
	measure: 'plain',
	by: { key: 'towerCrane.moment', ...lifting },
};

const wind: WatchRules = {
	condition: 'wind',
	quantity: 'windMs',
	measure: 'windMean',
	by: {
		key: 'towerCrane.wind',
		limits: [at('warning', weatherRules.towerCraneWarning), at('danger', weatherRules.towerCraneStop)],
		deadband: assumed(1, 'm/s', DELAYS),
		onDelay: seconds(60),
		offDelay: seconds(600),
		isLatched: false,
	},
};

const tilt: WatchRules = {
	condition: 'tilt',
	quantity: 'tiltDeg',
	measure: 'absolute',
	by: {
		key: 'towerCrane.tilt',
		limits: [at('warning', assumed(0.5, 'deg', TILT)), at('danger', assumed(1, 'deg', TILT))],
		deadband: assumed(0.05, 'deg', DELAYS),
		onDelay: seconds(10),
		offDelay: seconds(60),
		isLatched: false,
	},
};

const load: WatchRules = {
	condition: 'load',
	quantity: 'loadPercent',
	measure: 'plain',
	by: { key: 'hoist.load', ...lifting },
};

const settling: Pick<ConditionRules, 'deadband' | 'onDelay' | 'offDelay' | 'isLatched'> = {
	deadband: assumed(0, '%', DELAYS),
	onDelay: seconds(0),
	offDelay: seconds(0),
	isLatched: true,
};

const { utilisation } = pitRules;
const cumulative: WatchRules = {
	condition: 'cumulative',
	quantity: 'cumulativeMm',
	measure: 'utilisation',
	by: {
		key: 'monitorPoint.cumulative',
		limits: [
			at('notice', utilisation.notice, twice),
			at('warning', utilisation.warning, twice),
			at('danger', utilisation.danger, twice),
		],
		...settling,
	},
};

const rate: WatchRules = {
	condition: 'rate',
	quantity: 'cumulativeMm',
	measure: 'rate',
	by: {
		key: 'monitorPoint.rate',
		limits: [at('warning', utilisation.rateWarning, thrice), at('danger', utilisation.danger)],
		...settling,
	},
};

/** Silence, counted in expected intervals. */
const offline: ConditionRules = {
	key: 'device.offline',
	limits: [at('notice', deviceRules.presence.offlineAfter)],
	deadband: assumed(0, '', 'the first frame ends it'),
	onDelay: seconds(0),
	offDelay: seconds(0),
	isLatched: false,
};

export const alarmRules = {
	towerCrane: { moment, wind, tilt },
	hoist: { load },
	monitorPoint: { cumulative, rate },
	offline,
};

export const measureRules: MeasureRules = {
	plausible: deviceRules.plausible,
	wind: weatherRules.windMean,
	rate: pitRules.rate,
};
