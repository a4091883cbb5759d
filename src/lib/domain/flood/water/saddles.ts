// Where the water of one hollow gets into another: the lowest saddle of every two that touch, from low to high.

import { ascending } from './ascending.ts';
import type { GroundSteps } from './ground-steps.ts';
import type { Runoff } from './runoff.ts';

export interface Saddles {
	/** Height in steps, ascending. */
	steps: Int32Array;
	/** The two hollows, and the places on either side. */
	hollowA: Int32Array;
	hollowB: Int32Array;
	placeA: Int32Array;
	placeB: Int32Array;
}

/**
 * A step across is no saddle where one of the two corners beside it lies no higher: around that corner the way is as
 * low, in straight steps.
 */
export function saddles({ stride, steps }: GroundSteps, { label, bottoms }: Runoff): Saddles {
	const pairs = new Pairs(4 * bottoms.length);
	for (let row = stride; row < steps.length - stride; row += stride) ofRow(pairs, stride, steps, label, row);
	return pairs.ascending();
}

/** Saddles of the places of a row with what lies east of them and in the row below. */
function ofRow(pairs: Pairs, stride: number, steps: Int32Array, label: Int32Array, row: number): void {
	let own = -1;
	let south = -1;
	let high = -1;
	let highSouth = -1;
	for (let at = row; at < row + stride - 1; at++) {
		const east = label[at + 1]!;
		const southEast = label[at + stride + 1]!;
		const highEast = steps[at + 1]!;
		const highSouthEast = steps[at + stride + 1]!;
		if (own !== east) pairs.note(own, east, Math.max(high, highEast), at, at + 1);
		if (own !== south) pairs.note(own, south, Math.max(high, highSouth), at, at + stride);
		if (own !== southEast || east !== south) {
			const down = Math.max(high, highSouthEast);
			const up = Math.max(highEast, highSouth);
			if (Math.min(highEast, highSouth) > down) pairs.note(own, southEast, down, at, at + stride + 1);
			else if (Math.min(high, highSouthEast) > up) pairs.note(east, south, up, at + 1, at + stride);
		}
		own = east;
		south = southEast;
		high = highEast;
		highSouth = highSouthEast;
	}
}

/** Numbers kept of a pair: both hollows, height, both places; three are spare, so that a pair stays in one cache line. */
const KEPT = 8;

/** The lowest saddle of each pair: a table by open addressing. */
class Pairs {
	#size: number;
	#count = 0;
	#slot: Int32Array;
	#kept: Int32Array;
	/** Where the last pair is kept: neighbouring places mostly ask for the same one. */
	#last = 0;

	constructor(expected: number) {
		this.#size = 2 ** Math.ceil(Math.log2(Math.max(16, 2 * expected)));
		this.#slot = new Int32Array(this.#size).fill(-1);
		this.#kept = new Int32Array((KEPT * this.#size) / 2 + KEPT);
	}

	/** Between two places of the terrain in different hollows, if they are. */
	note(one: number, other: number, height: number, place: number, beside: number): void {
		if (one < 0 || other < 0 || one === other) return;
		const kept = this.#kept;
		const a = Math.min(one, other);
		const b = Math.max(one, other);
		let at = this.#last;
		if (kept[at] !== a || kept[at + 1] !== b) at = this.#last = this.#find(a, b);
		if (height >= this.#kept[at + 2]!) return;
		this.#kept[at + 2] = height;
		this.#kept[at + 3] = one < other ? place : beside;
		this.#kept[at + 4] = one < other ? beside : place;
	}

	/** Where a pair is kept; a new one has no height yet. */
	#find(a: number, b: number): number {
		let slot = this.#start(a, b);
		for (;;) {
			const at = this.#slot[slot]!;
			if (at < 0) return this.#add(slot, a, b);
			if (this.#kept[at] === a && this.#kept[at + 1] === b) return at;
			slot = (slot + 1) & (this.#size - 1);
		}
	}

	#add(slot: number, a: number, b: number): number {
		if (2 * this.#count >= this.#size) {
			this.#grow();
			return this.#find(a, b);
		}
		const at = KEPT * this.#count++;
		this.#slot[slot] = at;
		this.#kept[at] = a;
		this.#kept[at + 1] = b;
		this.#kept[at + 2] = 0x7fffffff;
		return at;
	}

	#start(a: number, b: number): number {
		return ((Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b)) >>> 7) & (this.#size - 1);
	}

	#grow(): void {
		this.#size *= 2;
		this.#slot = new Int32Array(this.#size).fill(-1);
		const kept = new Int32Array((KEPT * this.#size) / 2 + KEPT);
		kept.set(this.#kept);
		this.#kept = kept;
		for (let pair = 0; pair < this.#count; pair++) {
			let slot = this.#start(kept[KEPT * pair]!, kept[KEPT * pair + 1]!);
			while (this.#slot[slot]! >= 0) slot = (slot + 1) & (this.#size - 1);
			this.#slot[slot] = KEPT * pair;
		}
	}

	ascending(): Saddles {
		const kept = this.#kept;
		const column = () => new Int32Array(this.#count);
		const heights = column().map((_, pair) => kept[KEPT * pair + 2]!);
		const all = { hollowA: column(), hollowB: column(), steps: column(), placeA: column(), placeB: column() };
		ascending(heights).forEach((pair, i) => {
			const at = KEPT * pair;
			all.hollowA[i] = kept[at]!;
			all.hollowB[i] = kept[at + 1]!;
			all.steps[i] = kept[at + 2]!;
			all.placeA[i] = kept[at + 3]!;
			all.placeB[i] = kept[at + 4]!;
		});
		return all;
	}
}
