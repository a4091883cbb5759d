// Pits: how a rate is taken from cumulative values, and which part of a limit calls for which level and colour. The
// limits themselves are the designer's, per point (GB 50497-2019 8.0.1); where he gave none the tables of pit-table.ts.

import type { BandRules } from '../../src/lib/domain/pit/band.ts';
import type { ForecastRules } from '../../src/lib/domain/pit/forecast.ts';
import type { PitLimitRules } from '../../src/lib/domain/pit/limit.ts';
import type { RateRules } from '../../src/lib/domain/pit/rate.ts';
import type { Rule } from '../../src/lib/domain/rule.ts';
import { pitTable } from './pit-table.ts';
import { assumed } from './provenance.ts';

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

const limits: PitLimitRules = {
	rows: pitTable,
	afterSlab: {
		value: 0.7,
		unit: '',
		source: 'GB 50497-2019 8.0.4 note: after the base slab the rate stays below 70 % of the value',
		confidence: 'reported',
	},
	designed: { source: '设计单位给定 · GB 50497-2019 8.0.1', confidence: 'verified' },
};

/** Colours of the wall. */
const bands: BandRules = {
	blue: assumed(50, '%', BANDS),
	yellow: utilisation.notice,
	orange: utilisation.warning,
	red: utilisation.danger,
};

const forecast: ForecastRules = {
	window: assumed(14, 'd', 'two weeks show the pace of the present stage of digging and not that of an earlier one'),
	fewest: assumed(6, '', 'a line through fewer readings is chance'),
	span: assumed(2, 'd', 'shorter than two days the swing of a day is taken for movement'),
	horizon: assumed(60, 'd', 'further ahead the pit is in another stage'),
	deviations: assumed(1.96, '', 'nineteen of twenty'),
};

/** Days between daily walks; a walk counts as late when this is over. */
const walkEvery = {
	value: 1,
	unit: 'd',
	source: 'GB 50497-2019 4.3: inspection on foot every day while the pit is open',
	confidence: 'assumed',
} as Rule;

/** Points of one side that agree before the wall and not a sensor is meant. */
const sideVotes = {
	from: assumed(85, '%', BANDS),
	warning: assumed(2, '', 'two points rule out one bad sensor'),
	danger: assumed(3, '', 'three points of one side: the wall moves'),
};

export const pitRules = { rate, utilisation, limits, bands, forecast, walkEvery, sideVotes };
