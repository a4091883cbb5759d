// Devices: when silence counts, which clocks are believed, which values can be true at all.

import type { ClockRules } from '../../src/lib/domain/device/clock.ts';
import type { Plausible } from '../../src/lib/domain/device/plausible.ts';
import type { PresenceRules } from '../../src/lib/domain/known.ts';
import type { Rule } from '../../src/lib/domain/rule.ts';

const assumed = (value: number, unit: string, source: string): Rule => ({
	value,
	unit,
	source,
	confidence: 'assumed',
});

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
};

export const deviceRules = { presence, startGrace, clock, bodyWithin, plausible };
