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
	const ahead = [1, stride - 1, stride, stride + 1];
	const last = steps.length - stride;
	for (let at = stride; at < last; at++) {
		const own = label[at]!;
		if (own < 0) continue;
		for (let n = 0; n < 4; n++) {
			const other = at + ahead[n]!;
			const theirs = label[other]!;
			if (theirs < 0 || theirs === own) continue;
			const height = Math.max(steps[at]!, steps[other]!);
			if (own < theirs) book.note(own, theirs, height, at, other);
			else book.note(theirs, own, height, other, at);
		}
	}
	return book.ascending();
}

/** Room to number saddles beside their heights in one exact number. */
const NUMBERS = 2 ** 26;

/** The lowest saddle of each pair: a table by open addressing. */
class Pairs {
	#size: number;
	#count = 0;
	#slot: Int32Array;
	#a: number[] = [];
	#b: number[] = [];
	#height: number[] = [];
	#placeA: number[] = [];
	#placeB: number[] = [];

	constructor(expected: number) {
		this.#size = 2 ** Math.ceil(Math.log2(Math.max(16, 2 * expected)));
		this.#slot = new Int32Array(this.#size).fill(-1);
	}

	note(a: number, b: number, height: number, placeA: number, placeB: number): void {
		let at = this.#start(a, b);
		for (;;) {
			const pair = this.#slot[at]!;
			if (pair < 0) {
				this.#slot[at] = this.#count++;
				this.#a.push(a);
				this.#b.push(b);
				this.#height.push(height);
				this.#placeA.push(placeA);
				this.#placeB.push(placeB);
				if (2 * this.#count > this.#size) this.#grow();
				return;
			}
			if (this.#a[pair] === a && this.#b[pair] === b) {
				if (height < this.#height[pair]!) {
					this.#height[pair] = height;
					this.#placeA[pair] = placeA;
					this.#placeB[pair] = placeB;
				}
				return;
			}
			at = (at + 1) & (this.#size - 1);
		}
	}

	#start(a: number, b: number): number {
		return ((Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b)) >>> 7) & (this.#size - 1);
	}

	#grow(): void {
		this.#size *= 2;
		this.#slot = new Int32Array(this.#size).fill(-1);
		for (let pair = 0; pair < this.#count; pair++) {
			let at = this.#start(this.#a[pair]!, this.#b[pair]!);
			while (this.#slot[at]! >= 0) at = (at + 1) & (this.#size - 1);
			this.#slot[at] = pair;
		}
	}

	ascending(): Saddles {
		const keys = Float64Array.from({ length: this.#count }, (_, pair) => this.#height[pair]! * NUMBERS + pair).sort();
		const order = Int32Array.from(keys, (key) => key % NUMBERS);
		const sorted = (list: number[]) => Int32Array.from(order, (pair) => list[pair]!);
		return {
			steps: sorted(this.#height),
			hollowA: sorted(this.#a),
			hollowB: sorted(this.#b),
			placeA: sorted(this.#placeA),
			placeB: sorted(this.#placeB),
		};
	}
}
