// What an invented sensor on a monitoring point reads: a function of the time alone. Here, because the demonstration's
// past (db/demo) and its present (simulator) must be one curve and may not import each other.

import type { Random } from '../random.ts';

export type CurveValues = Record<string, number>;

const DAY_MS = 86_400_000;

/**
 * @param code - as on the drawing: `S01`, `SW02`; its letters tell what is measured
 * @param random - of the sensor alone; the same one gives the same curve
 * @returns values at a moment, with displacement added by a scripted event and noise of one standard deviation
 */
export function pitCurve(
	code: string,
	random: Random,
): (timeMs: number, creepMm: number, noise: number) => CurveValues {
	const periodMs = random.between(60, 120) * DAY_MS;
	const phase = random.between(0, 2 * Math.PI);
	const slow = (timeMs: number) => Math.sin((2 * Math.PI * (timeMs % periodMs)) / periodMs + phase);
	const daily = (timeMs: number) => Math.sin((2 * Math.PI * (timeMs % DAY_MS)) / DAY_MS);
	switch (code.replace(/\d+$/, '')) {
		case 'SW': {
			const level = random.between(-4.2, -1.6);
			return (timeMs, _creep, noise) => ({
				levelM: rounded(level + 0.25 * slow(timeMs) + 0.03 * daily(timeMs) + 0.004 * noise, 3),
			});
		}
		case 'ZL': {
			const force = random.between(700, 2600);
			return (timeMs, _creep, noise) => ({
				forceKn: rounded(force * (1 + 0.05 * slow(timeMs) + 0.03 * daily(timeMs)) + noise, 0),
			});
		}
		default: {
			// Few points have come far; the curve creeps up and settles again over months.
			const come = random.chance(0.02) ? random.between(9, 13) : random.between(1, 4.5);
			const creep = random.between(0.6, 1.6);
			return (timeMs, more, noise) => ({ cumulativeMm: rounded(come + creep * slow(timeMs) + more + 0.04 * noise, 2) });
		}
	}
}

function rounded(value: number, digits: number): number {
	const factor = 10 ** digits;
	return Math.round(value * factor) / factor;
}
