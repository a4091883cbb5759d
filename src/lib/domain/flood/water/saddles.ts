// Where the water of one hollow gets into another: the lowest saddle of every two that touch, from low to high.

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

export function saddles({ stride, steps }: GroundSteps, { label, bottoms }: Runoff): Saddles {
	const book = new Pairs(4 * bottoms.length);
	const [east, southWest, south, southEast] = [1, stride - 1, stride, stride + 1];
	const last = steps.length - stride;
	for (let at = stride; at < last; at++) {
		const own = label[at]!;
		if (own < 0) continue;
		if (own !== label[at + east]) note(at, own, at + east);
		if (own !== label[at + southWest]) note(at, own, at + southWest);
		if (own !== label[at + south]) note(at, own, at + south);
		if (own !== label[at + southEast]) note(at, own, at + southEast);
	}
	return book.ascending();

	function note(at: number, own: number, other: number): void {
		const theirs = label[other]!;
		if (theirs < 0) return;
		const height = Math.max(steps[at]!, steps[other]!);
		if (own < theirs) book.note(own, theirs, height, at, other);
		else book.note(theirs, own, height, other, at);
	}
}

/** Room to number saddles beside their heights in one exact number. */
const NUMBERS = 2 ** 26;
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

	note(a: number, b: number, height: number, placeA: number, placeB: number): void {
		const kept = this.#kept;
		let at = this.#last;
		if (kept[at] !== a || kept[at + 1] !== b) at = this.#last = this.#find(a, b);
		if (height >= this.#kept[at + 2]!) return;
		this.#kept[at + 2] = height;
		this.#kept[at + 3] = placeA;
		this.#kept[at + 4] = placeB;
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
		const keys = new Float64Array(this.#count);
		for (let pair = 0; pair < keys.length; pair++) keys[pair] = kept[KEPT * pair + 2]! * NUMBERS + pair;
		keys.sort();
		const order = Int32Array.from(keys, (key) => KEPT * (key % NUMBERS));
		const column = (part: number) => order.map((at) => kept[at + part]!);
		return { hollowA: column(0), hollowB: column(1), steps: column(2), placeA: column(3), placeB: column(4) };
	}
}
