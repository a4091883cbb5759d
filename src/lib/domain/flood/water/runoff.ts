// Where the water of each cell runs: the steepest way down to the lowest place of a hollow, or over the edge.

import type { GroundSteps } from './ground-steps.ts';

/** Label of what runs over the edge. */
export const OUTSIDE = 0;

export interface Runoff {
	/** Place the water of a place runs to; itself at the lowest place of a hollow. */
	to: Int32Array;
	/** Hollow it ends in, from 1 on; OUTSIDE over the edge; -1 outside the terrain. */
	label: Int32Array;
	/** Lowest place of each hollow; place 0 for OUTSIDE. */
	bottoms: Int32Array;
	/** Places whose water ends in each hollow. */
	catchment: Int32Array;
	/** All places of the terrain, each after the one it runs to. */
	order: Int32Array;
}

export function runoff(ground: GroundSteps): Runoff {
	const to = new Int32Array(ground.steps.length).fill(-1);
	const bottoms = acrossFlats(ground, to, steepest(ground, to));
	return { to, ...follow(ground, to, bottoms) };
}

/**
 * Fills `to` where the ground falls; of equal ways the first one of `neighbours`.
 *
 * @returns places where no neighbour is lower
 */
function steepest(ground: GroundSteps, to: Int32Array): Int32Array {
	const { stride, steps } = ground;
	const level = new Int32Array(steps.length);
	let levels = 0;
	for (let row = stride; row < steps.length - stride; row += stride)
		levels = steepestOfRow(ground, to, row, level, levels);
	return level.subarray(0, levels);
}

/** Row by row, so that what is called often is compiled early. @returns places on level ground up to now */
function steepestOfRow(ground: GroundSteps, to: Int32Array, row: number, level: Int32Array, before: number): number {
	const { stride, steps } = ground;
	const end = row + stride - 1;
	let levels = before;
	// The window of nine heights moves on by one column.
	let northWest = -1;
	let west = -1;
	let southWest = -1;
	let north = steps[row + 1 - stride]!;
	let here = steps[row + 1]!;
	let south = steps[row + 1 + stride]!;
	for (let at = row + 1; at < end; at++) {
		const northEast = steps[at + 1 - stride]!;
		const east = steps[at + 1]!;
		const southEast = steps[at + 1 + stride]!;
		if (here >= 0) {
			if ((northWest | north | northEast | west | east | southWest | south | southEast) < 0)
				to[at] = firstOutside(ground, at);
			else {
				let straight = at - 1;
				let low = west;
				if (east < low) {
					straight = at + 1;
					low = east;
				}
				if (north < low) {
					straight = at - stride;
					low = north;
				}
				if (south < low) {
					straight = at + stride;
					low = south;
				}
				let across = at - stride - 1;
				let deep = northWest;
				if (northEast < deep) {
					across = at - stride + 1;
					deep = northEast;
				}
				if (southWest < deep) {
					across = at + stride - 1;
					deep = southWest;
				}
				if (southEast < deep) {
					across = at + stride + 1;
					deep = southEast;
				}
				const fall = here - low;
				if ((here - deep) * Math.SQRT1_2 > Math.max(0, fall)) to[at] = across;
				else if (fall > 0) to[at] = straight;
				else level[levels++] = at;
			}
		}
		northWest = north;
		west = here;
		southWest = south;
		north = northEast;
		here = east;
		south = southEast;
	}
	return levels;
}

function firstOutside({ steps, neighbours }: GroundSteps, at: number): number {
	return at + neighbours.find((step) => steps[at + step]! < 0)!;
}

/**
 * Level ground runs to where it can run off; level ground that nothing leaves runs to its first place.
 *
 * @returns those first places, after place 0 for OUTSIDE
 */
function acrossFlats({ steps, neighbours }: GroundSteps, to: Int32Array, level: Int32Array): Int32Array {
	const queue: number[] = [];
	const spread = () => {
		for (let i = 0; i < queue.length; i++) {
			const at = queue[i]!;
			for (let n = 0; n < 8; n++) {
				const other = at + neighbours[n]!;
				if (to[other]! >= 0 || steps[other] !== steps[at]) continue;
				to[other] = at;
				queue.push(other);
			}
		}
		queue.length = 0;
	};
	for (const at of level)
		for (let n = 0; n < 8; n++) {
			const other = at + neighbours[n]!;
			if (to[other]! >= 0 && steps[other] === steps[at]) queue.push(other);
		}
	spread();
	const bottoms = [0];
	for (const at of level) {
		if (to[at]! >= 0) continue;
		to[at] = at;
		bottoms.push(at);
		queue.push(at);
		spread();
	}
	return Int32Array.from(bottoms);
}

/** Label of a place whose water has not been followed yet. */
const UNKNOWN = -2;

/** Follows the water of each place down to where it ends, or to what has been followed before. */
function follow({ steps }: GroundSteps, to: Int32Array, bottoms: Int32Array): Omit<Runoff, 'to'> {
	const label = new Int32Array(steps.length);
	for (let at = 0; at < label.length; at++) label[at] = steps[at]! < 0 ? -1 : UNKNOWN;
	const catchment = new Int32Array(bottoms.length);
	const order = new Int32Array(steps.length);
	let ordered = 0;
	for (let hollow = 1; hollow < bottoms.length; hollow++) {
		order[ordered++] = bottoms[hollow]!;
		label[bottoms[hollow]!] = hollow;
		catchment[hollow] = 1;
	}
	for (let start = 0; start < steps.length; start++) {
		const from = ordered;
		let at = start;
		while (label[at] === UNKNOWN) {
			order[ordered++] = at;
			at = to[at]!;
		}
		if (ordered === from) continue;
		const hollow = Math.max(label[at]!, OUTSIDE);
		catchment[hollow]! += ordered - from;
		// The way down lies in `order` from its beginning to its end; it is to stand there the other way round.
		for (let first = from, last = ordered - 1; first <= last; first++, last--) {
			const upper = order[first]!;
			const lower = order[last]!;
			order[first] = lower;
			order[last] = upper;
			label[upper] = label[lower] = hollow;
		}
	}
	return { label, bottoms, catchment, order: order.subarray(0, ordered) };
}
