// Pits: how a rate is taken from cumulative values, and which part of a limit calls for which level and colour. The
// limits themselves are the designer's, per point (GB 50497-2019 8.0.1); where he gave none the tables of pit-table.ts.

import type { BandRules } from '../../src/lib/domain/pit/band.ts';
import type { ForecastRules } from '../../src/lib/domain/pit/forecast.ts';
import type { PitLimitRules } from '../../src/lib/domain/pit/limit.ts';
import type { RateRules } from '../../src/lib/domain/pit/rate.ts';
import type { Rule } from '../../src/lib/domain/rule.ts';
import { pitTable } from './pit-table.ts';

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

/** The seven danger signs of GB 50497-2019 8.0.9, by number, as a message to a telephone says them. */
export const DANGER_SIGNS: Readonly<Record<number, string>> = {
	1: '支护结构位移突然增大，或流沙、管涌、隆起、陷落',
	2: '支撑或锚杆过大变形、压屈、断裂、松弛、拔出',
	3: '周边建筑结构出现危害性裂缝',
	4: '周边地面突然严重开裂、空洞或下陷',
	5: '周边管线变形突增、开裂或泄漏',
	6: '冻土基坑冻融险情',
	7: '设计或当地规定的其他险情',
};

/** Points of one side that agree before the wall and not a sensor is meant. */
const sideVotes = {
	from: assumed(85, '%', BANDS),
	warning: assumed(2, '', 'two points rule out one bad sensor'),
	danger: assumed(3, '', 'three points of one side: the wall moves'),
};

export const pitRules = { rate, utilisation, limits, bands, forecast, walkEvery, sideVotes };
