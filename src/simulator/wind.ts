// Wind over the district: one slowly changing field, more of it higher up, gusts at every mast, and now and then a gale
// front that passes over some of the towns.

import { distanceM, moved, type LngLat } from '#lib/domain/geo.ts';
import type { Random } from '#lib/domain/random.ts';

export interface Front {
	startsAt: number;
	/** Where its middle starts, and the way it goes in degrees. */
	from: LngLat;
	bearingDeg: number;
	speedMs: number;
	/** Metres from its middle at which its wind has fallen to about a third. */
	reachM: number;
	/** Wind it adds in its middle. */
	windMs: number;
	lastsS: number;
}

export interface Wind {
	/** Mean wind ten metres above ground, m/s. */
	meanMs(at: LngLat, timeMs: number): number;
	/** Where it blows to, degrees clockwise from north: a jib left free points there. */
	towardsDeg(timeMs: number): number;
}

const MINUTE_MS = 60_000;
/** Change of mean wind with height: open country with buildings. */
const SHEAR = 0.16;

/** @param frontsAt - the gale fronts that may be under way at a time */
export function windField(random: Random, frontsAt: (timeMs: number) => readonly Front[]): Wind {
	const waves = [210, 95, 41, 17].map((minutes, index) => ({
		period: minutes * MINUTE_MS,
		phase: random.between(0, 2 * Math.PI),
		ms: [1.1, 0.7, 0.4, 0.25][index]!,
		eastwards: random.between(-4, 4),
		northwards: random.between(-4, 4),
	}));
	const base = random.between(3, 3.8);
	const turn = random.between(0, 360);
	return {
		meanMs(at, timeMs) {
			const field = waves.reduce(
				(sum, wave) =>
					sum +
					wave.ms *
						Math.sin(
							(2 * Math.PI * (timeMs % wave.period)) / wave.period +
								wave.phase +
								wave.eastwards * (at[0] - 120.3) +
								wave.northwards * (at[1] - 30.1),
						),
				base,
			);
			return Math.max(0.4, field) + frontsAt(timeMs).reduce((sum, front) => sum + frontMs(front, at, timeMs), 0);
		},
		towardsDeg: (timeMs) =>
			(turn + 35 * Math.sin((2 * Math.PI * (timeMs % (300 * MINUTE_MS))) / (300 * MINUTE_MS)) + 360) % 360,
	};
}

function frontMs(front: Front, at: LngLat, timeMs: number): number {
	const seconds = (timeMs - front.startsAt) / 1000;
	if (seconds < 0 || seconds > front.lastsS) return 0;
	const middle = moved(front.from, front.bearingDeg, front.speedMs * seconds);
	const fade = Math.min(1, seconds / 120, (front.lastsS - seconds) / 120);
	return front.windMs * fade * Math.exp(-((distanceM(middle, at) / front.reachM) ** 2));
}

/** Mean wind at a height, from the mean ten metres above ground. */
export function atHeight(meanMs: number, heightM: number): number {
	return meanMs * (Math.max(10, heightM) / 10) ** SHEAR;
}

/**
 * What the anemometer of one mast reads: the mean with gusts that swell and die.
 *
 * @returns a function from mean wind and seconds since the last reading to m/s
 */
export function anemometer(random: Random): (meanMs: number, sinceS: number) => number {
	let gust = 0;
	return (meanMs, sinceS) => {
		const memory = Math.exp(-sinceS / 9);
		gust = gust * memory + random.normal() * Math.sqrt(1 - memory ** 2);
		return Math.max(0, meanMs * (1 + 0.14 * gust));
	};
}
