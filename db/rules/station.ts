// Dust and noise at the edge of a site.

import type { WatchRules } from '../../src/lib/domain/alarm/watch.ts';
import type { Rule } from '../../src/lib/domain/rule.ts';
import { DELAYS, seconds } from './delays.ts';
import { at } from './limit-at.ts';
import { assumed, reported } from './provenance.ts';

/** HJ 212-2017 CN=2051: stations that upload minutes only. An hour or a day (2061, 2031) is longer than what is judged. */
const STATION_MEANS = ['minute'];
const DUST = 'GB 3095-2012 class 2 mean of a day, taken for a quarter of an hour; local limits are set by the bureau';
const dust: WatchRules = {
	condition: 'dust',
	quantity: 'pm10',
	measure: 'mean',
	spans: STATION_MEANS,
	over: {
		window: assumed(900, 's', 'a quarter of an hour: a passing lorry is no dust alarm'),
		span: assumed(0.5, '', 'half of the window must be known'),
	},
	by: {
		key: 'site.dust',
		limits: [at('notice', assumed(150, 'ug/m3', DUST)), at('warning', assumed(300, 'ug/m3', DUST))],
		deadband: assumed(15, 'ug/m3', DELAYS),
		onDelay: seconds(0),
		offDelay: seconds(900),
		isLatched: false,
	},
};

const NOISE = 'GB 12523-2011 (GB 12523-2025 replaced it on 2026-01-01; its limits were not re-read)';
const clock = (value: number): Rule => reported(value, 'h', `${NOISE}: night is 22:00 to 06:00`);
const noise = (name: 'noiseDay' | 'noiseNight', limitDb: number, from: number, until: number): WatchRules => ({
	condition: name,
	quantity: 'noiseDb',
	measure: 'mean',
	spans: STATION_MEANS,
	hours: { from: clock(from), until: clock(until) },
	over: {
		window: assumed(1200, 's', 'twenty minutes, as the boundary is measured'),
		span: assumed(0.5, '', 'half of the window must be known'),
	},
	by: {
		key: `site.${name}`,
		limits: [at('notice', reported(limitDb, 'dB', NOISE))],
		deadband: assumed(2, 'dB', DELAYS),
		onDelay: seconds(0),
		offDelay: seconds(900),
		isLatched: false,
	},
});

export const stationRules = {
	dust,
	noiseDay: noise('noiseDay', 70, 6, 22),
	noiseNight: noise('noiseNight', 55, 22, 6),
};
