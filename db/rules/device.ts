// Devices: when silence counts, which clocks are believed, which values can be true at all.

import type { ClockRules } from '../../src/lib/domain/device/clock.ts';
import type { HabitRules } from '../../src/lib/domain/device/habit.ts';
import type { Plausible } from '../../src/lib/domain/device/plausible.ts';
import type { QualityRules } from '../../src/lib/domain/device/quality.ts';
import type { PresenceRules } from '../../src/lib/domain/known.ts';
import type { Rule } from '../../src/lib/domain/rule.ts';
import { assumed } from './provenance.ts';

const presence: PresenceRules = {
	lateAfter: assumed(2, '', 'one report missed; its state is not believed any longer'),
	offlineAfter: assumed(3, '', 'three heartbeats missed'),
};

/** Expected intervals after a start of the program during which silence raises nothing. */
const startGrace = assumed(2, '', 'devices resend once they reach the server again');

const clock: ClockRules = {
	futureS: {
		value: 600,
		unit: 's',
		source: 'signature window of the construction platform 云筑',
		confidence: 'reported',
	},
	earliestMs: assumed(Date.UTC(2015, 0, 1), 'ms', 'a clock that was never set; no monitored site is older'),
};

/** A body that is still arriving after this is given up; a gateway on a bad line sends smaller ones. */
const bodyWithin = assumed(15, 's', 'a megabyte over a line of half a megabit per second');

const range = (min: number, max: number, unit: string): Plausible => ({
	min: assumed(min, unit, 'beyond it the sensor or its cable is broken'),
	max: assumed(max, unit, 'beyond it the sensor or its cable is broken'),
});
const plausible: Readonly<Record<string, Plausible>> = {
	momentPercent: range(0, 200, '%'),
	loadT: range(-1, 1000, 't'),
	radiusM: range(0, 150, 'm'),
	hookHeightM: range(-200, 600, 'm'),
	slewDeg: range(-360, 720, 'deg'),
	windMs: range(0, 75, 'm/s'),
	tiltDeg: range(-30, 30, 'deg'),
	loadPercent: range(-10, 300, '%'),
	persons: range(0, 100, ''),
	cumulativeMm: range(-5000, 5000, 'mm'),
	levelM: range(-200, 200, 'm'),
	forceKn: range(-50_000, 50_000, 'kN'),
	pm10: range(0, 20_000, 'ug/m3'),
	noiseDb: range(0, 160, 'dB'),
	pm25: range(0, 20_000, 'ug/m3'),
	tsp: range(0, 50_000, 'ug/m3'),
	temperatureC: range(-60, 80, 'Cel'),
	humidityPercent: range(0, 100, '%'),
	settlementMm: range(-5000, 5000, 'mm'),
	weightPercent: range(-10, 300, '%'),
};

const hours = (value: number, source: string): Rule => assumed(value * 3600, 's', source);
const quality: QualityRules = {
	plausible,
	flatAfter: {
		windMs: hours(12, 'wind at the top of a mast is never the same to the last digit for half a day; a stuck cup is'),
		tiltDeg: hours(72, 'a mast moves with sun and load; a sensor that does not is stuck or replaced by a constant'),
		pm10: hours(6, 'the air is never the same to the last digit for six hours'),
		pm25: hours(6, 'the air is never the same to the last digit for six hours'),
		noiseDb: hours(6, 'a site is never equally loud for six hours'),
	},
	oldAfter: assumed(30 * 86_400, 's', 'a month-old “last value” says nothing about today'),
};

const habit: HabitRules = {
	share: assumed(0.02, '', 'one gap in fifty is a habit; an outage is rarer'),
	times: assumed(5, '', 'fewer gaps are chance'),
	factor: assumed(4, '', 'beyond it the register is wrong, and a person should look'),
	shortenAfter: assumed(86_400, 's', 'a night and a day: devices speak less often at rest'),
	skewed: assumed(60, 's', 'features 40: skew above a minute is flagged'),
	skewOver: assumed(20, '', 'one of twenty readings finds the line free'),
};

export const deviceRules = { presence, startGrace, clock, bodyWithin, plausible, quality, habit };
