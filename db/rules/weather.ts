// Wind: how it is averaged, at which mean which work stops, and how far a warning signal lowers the limits of its towns.

import type { SignalRow } from '../../src/lib/domain/weather/signal-limits.ts';
import type { WindRules } from '../../src/lib/domain/weather/wind-mean.ts';
import type { WorkWind } from '../../src/lib/domain/weather/wind-work.ts';
import type { Rule } from '../../src/lib/domain/rule.ts';

const windMean: WindRules = {
	window: { value: 120, unit: 's', source: 'Beaufort levels are 2-minute or 10-minute means', confidence: 'verified' },
	span: { value: 0.5, unit: '', source: 'a mean of seconds would be a gust', confidence: 'assumed' },
};

const ms = (value: number, source: string, confidence: Rule['confidence']): Rule => ({
	value,
	unit: 'm/s',
	source,
	confidence,
});

const towerCraneWarning = ms(
	10.8,
	'begin of wind level 6, announced before the limit of JGJ 196-2010 4.0.9',
	'assumed',
);
const towerCraneStop = ms(12, 'JGJ 196-2010 4.0.9 “12m/s(6级)”', 'verified');
const climbing = ms(5.5, 'no climbing (顶升) from wind level 4 on; local stop-work lists', 'reported');
const gondola = ms(8, 'no gondola work from wind level 5 on; JGJ 202, local stop-work lists', 'reported');
const hoistErection = ms(13, 'JGJ 215 / GB 26557: no erection of hoists above 13 m/s', 'assumed');
const hoistStop = ms(20, 'JGJ 215 / GB 26557: a hoist stops at 20 m/s', 'assumed');
const heightWork = ms(
	10.8,
	'JGJ 276-2012 3.0.12, JGJ 80-2016 3.0.8: no height work in the open from level 6 on',
	'verified',
);

/** Kinds of work and the mean wind from which on they stop. One wind alarm for all of them would be wrong. */
export const windByWork: readonly WorkWind[] = [
	{ work: 'lifting', stop: towerCraneStop, warning: towerCraneWarning },
	{ work: 'heightWork', stop: heightWork },
	{ work: 'gondola', stop: gondola },
	{ work: 'scaffoldMove', stop: gondola },
	{ work: 'climbing', stop: climbing },
	{ work: 'hoistRunning', stop: hoistStop, warning: hoistErection },
];

const LOWERED = '预警期间预降：own step of one to three Beaufort levels, so that cranes stand before the wind is there';
const lowered = (warning: number, stop: number) => ({
	'from.warning': ms(warning, LOWERED, 'assumed'),
	'from.danger': ms(stop, LOWERED, 'assumed'),
});
const CRANE_WIND = 'towerCrane.wind';

/** What a signal in force does to the limits of the machines in its towns. It only ever lowers them. */
export const signalLimits: readonly SignalRow[] = [
	{ signal: 'gale', colour: 'blue', ruleKey: CRANE_WIND, limits: lowered(8, 10.8) },
	{ signal: 'gale', colour: 'yellow', ruleKey: CRANE_WIND, limits: lowered(5.5, 8) },
	{ signal: 'gale', colour: 'orange', ruleKey: CRANE_WIND, limits: lowered(3.4, 5.5) },
	{ signal: 'gale', colour: 'red', ruleKey: CRANE_WIND, limits: lowered(3.4, 5.5) },
	{ signal: 'typhoon', colour: 'blue', ruleKey: CRANE_WIND, limits: lowered(8, 10.8) },
	{ signal: 'typhoon', colour: 'yellow', ruleKey: CRANE_WIND, limits: lowered(5.5, 8) },
	{ signal: 'typhoon', colour: 'orange', ruleKey: CRANE_WIND, limits: lowered(3.4, 5.5) },
	{ signal: 'typhoon', colour: 'red', ruleKey: CRANE_WIND, limits: lowered(3.4, 5.5) },
	{ signal: 'thunderGale', colour: 'yellow', ruleKey: CRANE_WIND, limits: lowered(8, 10.8) },
	{ signal: 'thunderGale', colour: 'orange', ruleKey: CRANE_WIND, limits: lowered(5.5, 8) },
	{ signal: 'thunderGale', colour: 'red', ruleKey: CRANE_WIND, limits: lowered(3.4, 5.5) },
];

export const weatherRules = {
	windMean,
	towerCraneWarning,
	towerCraneStop,
	climbing,
	gondola,
	hoistErection,
	hoistStop,
};
