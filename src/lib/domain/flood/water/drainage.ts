// How the ground drains when every hollow is full: the filled surface, and how much ground drains through each cell.

import type { Hierarchy, Hollows } from './hierarchy.ts';
import { OUTSIDE, type Runoff } from './runoff.ts';

export interface Drainage {
	/** Height of the ground with every hollow filled to its brim, metres; NaN where nothing is known. */
	filledM: Float32Array;
	/** Cells whose water runs through a cell, itself included; 0 where nothing is known. */
	throughCells: Float32Array;
}

export function drainage({ terrain, ground, runoff, hollows }: Hierarchy): Drainage {
	const { width, height, groundM } = terrain;
	const { stride, steps } = ground;
	const brim = Float64Array.from(hollows.saddleM);
	brim[OUTSIDE] = -Infinity;
	for (let i = hollows.count - 1; i > 0; i--) if (hollows.parent[i]! >= 0) brim[i] = brim[hollows.parent[i]!]!;
	const through = throughPlaces(steps, runoff);
	passOn(through, runoff, exits(hollows, runoff.label));
	const filledM = new Float32Array(width * height);
	const throughCells = new Float32Array(width * height);
	for (let y = 0; y < height; y++) {
		const row = (y + 1) * stride + 1;
		const from = y * width;
		throughCells.set(through.subarray(row, row + width), from);
		for (let x = 0; x < width; x++) {
			const own = runoff.label[row + x]!;
			const metres = groundM[from + x]!;
			filledM[from + x] = own >= 0 && brim[own]! > metres ? brim[own]! : metres;
		}
	}
	return { filledM, throughCells };
}

/** Cells whose water runs through a place within its own hollow. */
function throughPlaces(steps: Int32Array, { to, order }: Runoff): Float32Array {
	const through = new Float32Array(steps.length);
	for (let i = order.length - 1; i >= 0; i--) {
		const at = order[i]!;
		const all = through[at]! + 1;
		through[at] = all;
		const next = to[at]!;
		if (next !== at && steps[next]! >= 0) through[next]! += all;
	}
	return through;
}

/** Place to which each leaf passes its water on when all is full; of all ways over saddles the one that leads outside. */
function exits(hollows: Hollows, label: Int32Array): Int32Array {
	const { count, leaves, parent, spillsFrom, spillsTo } = hollows;
	// Leaf through which a hollow is left, and the place behind.
	const leaf = new Int32Array(count);
	const behind = new Int32Array(count).fill(-1);
	const isIn = ancestry(hollows);
	for (let hollow = count - 1; hollow > 0; hollow--) {
		const up = parent[hollow]!;
		if (up < 0 || !isIn(leaf[up]!, hollow)) {
			leaf[hollow] = label[spillsFrom[hollow]!]!;
			behind[hollow] = spillsTo[hollow]!;
		} else {
			leaf[hollow] = leaf[up]!;
			behind[hollow] = behind[up]!;
		}
	}
	return behind.subarray(0, leaves);
}

/** Whether a leaf is part of a hollow, by numbering leaves so that every hollow is a range. */
function ancestry({ count, leaves, parent }: Hollows): (leaf: number, hollow: number) => boolean {
	const size = new Int32Array(count);
	for (let i = 1; i < count; i++) {
		if (i < leaves) size[i] = 1;
		if (parent[i]! >= 0) size[parent[i]!]! += size[i]!;
	}
	const first = new Int32Array(count);
	const taken = new Int32Array(count);
	let next = 0;
	for (let i = count - 1; i > 0; i--) {
		const up = parent[i]!;
		if (up < 0) {
			first[i] = next;
			next += size[i]!;
		} else {
			first[i] = first[up]! + taken[up]!;
			taken[up]! += size[i]!;
		}
	}
	return (leaf, hollow) => first[leaf]! >= first[hollow]! && first[leaf]! < first[hollow]! + size[hollow]!;
}

/** Full hollows pass on what comes to their lowest place, those first whose water comes from nowhere else. */
function passOn(through: Float32Array, { to, label, bottoms }: Runoff, exit: Int32Array): void {
	const waits = new Int32Array(bottoms.length);
	for (let leaf = 1; leaf < bottoms.length; leaf++) waits[label[exit[leaf]!]!]!++;
	for (let start = 1; start < bottoms.length; start++) {
		let leaf = start;
		while (leaf !== OUTSIDE && waits[leaf] === 0) {
			waits[leaf] = -1;
			const water = through[bottoms[leaf]!]!;
			let at = exit[leaf]!;
			for (;;) {
				through[at]! += water;
				if (to[at] === at || label[to[at]!]! < 0) break;
				at = to[at]!;
			}
			leaf = label[at]!;
			waits[leaf]!--;
		}
	}
}
