// Which hollow is full next: a binary heap that finds an entry again when its hour changes.

import { NONE } from './hierarchy.ts';

/** Hollows by the hour at which they are due, then by number. */
export class Due {
	readonly #hours: Float64Array;
	readonly #heap: Int32Array;
	/** Where in the heap a hollow stands; NONE when it does not. */
	readonly #place: Int32Array;
	#size = 0;

	/** @param count - numbers of hollows are below */
	constructor(count: number) {
		this.#hours = new Float64Array(count);
		this.#heap = new Int32Array(count);
		this.#place = new Int32Array(count).fill(NONE);
	}

	/** The hour last told of a hollow. */
	hour(hollow: number): number {
		return this.#hours[hollow]!;
	}

	/** A hollow comes in, or gets another hour. */
	put(hollow: number, hour: number): void {
		this.#hours[hollow] = hour;
		const place = this.#place[hollow]!;
		this.#up(hollow, place === NONE ? this.#size++ : place);
		if (place !== NONE) this.#down(hollow, this.#place[hollow]!);
	}

	/** Takes out the hollow that is due first; NONE when there is none. */
	next(): number {
		if (this.#size === 0) return NONE;
		const first = this.#heap[0]!;
		const last = this.#heap[--this.#size]!;
		if (last !== first) this.#down(last, 0);
		this.#place[first] = NONE;
		return first;
	}

	#up(hollow: number, from: number): void {
		let at = from;
		while (at > 0) {
			const above = this.#heap[(at - 1) >> 1]!;
			if (!this.#isBefore(hollow, above)) break;
			this.#set(above, at);
			at = (at - 1) >> 1;
		}
		this.#set(hollow, at);
	}

	#down(hollow: number, from: number): void {
		const heap = this.#heap;
		let at = from;
		for (;;) {
			let below = 2 * at + 1;
			if (below >= this.#size) break;
			if (below + 1 < this.#size && this.#isBefore(heap[below + 1]!, heap[below]!)) below++;
			if (!this.#isBefore(heap[below]!, hollow)) break;
			this.#set(heap[below]!, at);
			at = below;
		}
		this.#set(hollow, at);
	}

	#set(hollow: number, place: number): void {
		this.#heap[place] = hollow;
		this.#place[hollow] = place;
	}

	#isBefore(a: number, b: number): boolean {
		const [hourA, hourB] = [this.#hours[a]!, this.#hours[b]!];
		return hourA < hourB || (hourA === hourB && a < b);
	}
}
