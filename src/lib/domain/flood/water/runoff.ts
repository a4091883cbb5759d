// Where the water of each cell runs: the steepest way down to the lowest place of a hollow, or over the edge.

import { STRAIGHT, type GroundSteps } from './ground-steps.ts';

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
	const to = steepest(ground);
	acrossFlats(ground, to);
	return { to, ...labels(ground, to) };
}

/** -1 where no neighbour is lower. */
function steepest({ stride, steps, neighbours }: GroundSteps): Int32Array {
	const to = new Int32Array(steps.length).fill(-1);
	const last = steps.length - stride;
	for (let at = stride; at < last; at++) {
		const height = steps[at]!;
		if (height < 0) continue;
		let most = 0;
		for (let n = 0; n < 8; n++) {
			const other = at + neighbours[n]!;
			const low = steps[other]!;
			if (low < 0) {
				to[at] = other;
				break;
			}
			const fall = n < STRAIGHT ? height - low : (height - low) * Math.SQRT1_2;
			if (fall > most) {
				most = fall;
				to[at] = other;
			}
		}
	}
	return to;
}

/** Level ground runs to where it can run off; level ground that nothing leaves runs to its first place. */
function acrossFlats({ steps, neighbours }: GroundSteps, to: Int32Array): void {
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
	const waiting: number[] = [];
	for (let at = 0; at < steps.length; at++) {
		if (steps[at]! < 0 || to[at]! >= 0) continue;
		waiting.push(at);
		for (let n = 0; n < 8; n++) {
			const other = at + neighbours[n]!;
			if (to[other]! >= 0 && steps[other] === steps[at]) queue.push(other);
		}
	}
	spread();
	for (const at of waiting) {
		if (to[at]! >= 0) continue;
		to[at] = at;
		queue.push(at);
		spread();
	}
}

function labels({ steps }: GroundSteps, to: Int32Array): Omit<Runoff, 'to'> {
	const label = new Int32Array(steps.length).fill(-1);
	const bottoms = [0];
	const way: number[] = [];
	for (let start = 0; start < steps.length; start++) {
		if (steps[start]! < 0 || label[start]! >= 0) continue;
		let at = start;
		while (steps[at]! >= 0 && label[at]! < 0 && to[at] !== at) {
			way.push(at);
			at = to[at]!;
		}
		let hollow = steps[at]! < 0 ? OUTSIDE : label[at]!;
		if (hollow < 0) {
			hollow = bottoms.length;
			bottoms.push(at);
			label[at] = hollow;
		}
		for (const passed of way) label[passed] = hollow;
		way.length = 0;
	}
	return { label, bottoms };
}
