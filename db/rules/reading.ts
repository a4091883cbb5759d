// How long readings are kept, and in how much detail: as they came, by the minute, by the hour.

import type { Rule } from '../../src/lib/domain/rule.ts';

export interface KeepRules {
	/** Days readings are kept as they came; exceeded, not reached. */
	raw: Rule;
	/** Days one value per minute is kept. */
	minute: Rule;
	/** Days one value per hour is kept. */
	hour: Rule;
}

const days = (value: number, source: string, confidence: Rule['confidence'] = 'assumed'): Rule => ({
	value,
	unit: 'd',
	source,
	confidence,
});

const STANDARD = 'GB/T 28264-2017 asks for 30 working days on the device; three times that for investigations';

export const keepRules: Record<'server' | 'embedded', KeepRules> = {
	server: {
		raw: days(90, STANDARD, 'reported'),
		minute: days(365, 'a year can be compared with the one before'),
		hour: days(3650, 'longer than a site is built'),
	},
	/** The embedded database is advised for 10 GB at most. */
	embedded: {
		raw: days(30, 'GB/T 28264-2017: 30 working days are on the device as well', 'reported'),
		minute: days(120, 'a building season'),
		hour: days(3650, 'longer than a site is built'),
	},
};

/** A day is thinned when it has been over for so long: late readings come within hours. */
export const thinAfter = days(1, 'gateways resend within a day');

/** Points of a curve beyond which a coarser one is drawn. */
export const curvePoints: Rule = {
	value: 2000,
	unit: '',
	source: 'a screen has no more columns',
	confidence: 'assumed',
};
