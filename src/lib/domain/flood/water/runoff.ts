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
	bottoms: number[];
}

export function runoff(ground: GroundSteps): Runoff {
	const to = new Int32Array(ground.steps.length).fill(-1);
	acrossFlats(ground, to, steepest(ground, to));
	return { to, ...labels(ground, to) };
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
	for (let row = stride; row < steps.length - stride; row += stride) {
		const end = row + stride - 1;
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
					if (east < low) [straight, low] = [at + 1, east];
					if (north < low) [straight, low] = [at - stride, north];
					if (south < low) [straight, low] = [at + stride, south];
					let across = at - stride - 1;
					let deep = northWest;
					if (northEast < deep) [across, deep] = [at - stride + 1, northEast];
					if (southWest < deep) [across, deep] = [at + stride - 1, southWest];
					if (southEast < deep) [across, deep] = [at + stride + 1, southEast];
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
	}
	return level.subarray(0, levels);
}

function firstOutside({ steps, neighbours }: GroundSteps, at: number): number {
	return at + neighbours.find((step) => steps[at + step]! < 0)!;
}

/** Level ground runs to where it can run off; level ground that nothing leaves runs to its first place. */
function acrossFlats({ steps, neighbours }: GroundSteps, to: Int32Array, level: Int32Array): void {
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
	for (const at of level) {
		if (to[at]! >= 0) continue;
		to[at] = at;
		queue.push(at);
		spread();
	}
}

function labels({ steps }: GroundSteps, to: Int32Array): Omit<Runoff, 'to'> {
	const label = new Int32Array(steps.length).fill(-1);
	const bottoms = [0];
	const way = new Int32Array(steps.length);
	for (let start = 0; start < steps.length; start++) {
		if (steps[start]! < 0 || label[start]! >= 0) continue;
		let at = start;
		let passed = 0;
		while (steps[at]! >= 0 && label[at]! < 0 && to[at] !== at) {
			way[passed++] = at;
			at = to[at]!;
		}
		let hollow = steps[at]! < 0 ? OUTSIDE : label[at]!;
		if (hollow < 0) {
			hollow = bottoms.length;
			bottoms.push(at);
			label[at] = hollow;
		}
		for (let i = 0; i < passed; i++) label[way[i]!] = hollow;
	}
	return { label, bottoms };
}
