// Pits: how a rate is taken from cumulative values, and which part of the designer's value calls for which level.
// The values themselves are the designer's, per point (GB 50497-2019 8.0.1); where he gave none nothing is judged.

import type { RateRules } from '../../src/lib/domain/pit/rate.ts';
import type { Rule } from '../../src/lib/domain/rule.ts';

const assumed = (value: number, unit: string, source: string): Rule => ({
	value,
	unit,
	source,
	confidence: 'assumed',
});
const BANDS = 'bands of the metro standard GB 50911, taken over for pits';

const rate: RateRules = {
	window: assumed(25, 'h', 'a rate is given per day; an hour more, so that daily rounds are compared'),
	span: assumed(6, 'h', 'a quarter of a day: below it the noise of a sensor is multiplied'),
	spacing: assumed(30, 'min', 'half-hourly readings describe a day'),
};

/** Percent of the design value. */
const utilisation = {
	notice: assumed(70, '%', BANDS),
	warning: assumed(85, '%', BANDS),
	danger: {
		value: 100,
		unit: '%',
		source: 'GB 50497-2019 8.0.8: reaching the warning value is reported at once',
		confidence: 'verified',
	} as Rule,
	rateWarning: {
		value: 70,
		unit: '%',
		source: 'GB 50497-2019 8.0.4 note: above 70 % of the rate three times in a row',
		confidence: 'reported',
	} as Rule,
};

export const pitRules = { rate, utilisation };
