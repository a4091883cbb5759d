// Where machines stand on a plot: cranes spread out but close enough for jibs to overlap now and then, hoists at the
// buildings; all inside the red line.

import type { Random } from '#lib/domain/random.ts';
import { boxOf, distance, distanceToRing, isInside, type Ring, type XY } from './plane.ts';

export interface Stood {
	at: XY;
	/** 0 for a hoist. */
	jibM: number;
}

const TRIES = 48;

/** A point inside the ring, as far from its line as `marginM` where there is room for that. */
export function innerPoint(random: Random, ring: Ring, marginM: number): XY {
	const { west, south, east, north } = boxOf(ring);
	for (let attempt = 0; ; attempt++) {
		const at: XY = [random.between(west, east), random.between(south, north)];
		const margin = attempt < 60 ? marginM : attempt < 200 ? 2 : 0.3;
		if (isInside(at, ring) && distanceToRing(at, ring) > margin) return at;
	}
}

/** Out of many places the one whose distance to the other cranes is nearest to one and a half jibs. */
export function placeCrane(random: Random, ring: Ring, jibM: number, stood: readonly Stood[]): XY {
	const others = stood.filter((other) => other.jibM > 0);
	return bestOf(random, ring, 7, (at) => {
		const nearest = Math.min(...others.map((other) => distance(at, other.at)));
		return others.length === 0 ? random.next() : -Math.abs(Math.min(nearest, 2 * jibM) - 1.5 * jibM);
	});
}

/** Well apart from whatever stands on the plot. */
export function placeHoist(random: Random, ring: Ring, stood: readonly Stood[]): XY {
	return bestOf(random, ring, 10, (at) =>
		stood.length === 0 ? random.next() : Math.min(60, ...stood.map((other) => distance(at, other.at))),
	);
}

function bestOf(random: Random, ring: Ring, marginM: number, worth: (at: XY) => number): XY {
	let best = innerPoint(random, ring, marginM);
	let most = worth(best);
	for (let attempt = 1; attempt < TRIES; attempt++) {
		const at = innerPoint(random, ring, marginM);
		const value = worth(at);
		if (value > most) [best, most] = [at, value];
	}
	return best;
}
