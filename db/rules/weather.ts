// Wind: how it is averaged, and at which mean which work stops.

import type { WindRules } from '../../src/lib/domain/weather/wind-mean.ts';
import type { Rule } from '../../src/lib/domain/rule.ts';

const windMean: WindRules = {
	window: { value: 120, unit: 's', source: 'Beaufort levels are 2-minute or 10-minute means', confidence: 'verified' },
	span: { value: 0.5, unit: '', source: 'a mean of seconds would be a gust', confidence: 'assumed' },
};

const towerCraneWarning: Rule = {
	value: 10.8,
	unit: 'm/s',
	source: 'begin of wind level 6, announced before the limit of JGJ 196-2010 4.0.9',
	confidence: 'assumed',
};
const towerCraneStop: Rule = {
	value: 12,
	unit: 'm/s',
	source: 'JGJ 196-2010 4.0.9 “12m/s(6级)”',
	confidence: 'verified',
};

export const weatherRules = { windMean, towerCraneWarning, towerCraneStop };
