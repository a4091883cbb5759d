// Which visits lie close to each other.

import type { Model } from './model.ts';

/** Neighbours that are looked at when strings are taken out around a visit. */
const MOST = 400;

/** Lists of neighbours, each worked out when it is first asked for. */
export class Neighbours {
	readonly #model: Model;
	readonly #lists: (Int32Array | undefined)[];

	constructor(model: Model) {
		this.#model = model;
		this.#lists = new Array<Int32Array | undefined>(model.visits).fill(undefined);
	}

	/** The visits by closeness to one of them, itself first. */
	of(visit: number): Int32Array {
		return this.#lists[visit] ?? (this.#lists[visit] = neighboursOf(this.#model, visit));
	}
}

function neighboursOf({ visits, place, places, cost, costTo }: Model, visit: number): Int32Array {
	const row = place[visit]! * places;
	const key = new Float64Array(visits);
	for (let other = 0; other < visits; other++) key[other] = cost[row + place[other]!]! + costTo[row + place[other]!]!;
	key[visit] = -1;
	// Sorting plain numbers is far faster than sorting by a function: each visit then looks up where its own stands.
	const sorted = key.slice().sort();
	const count = Math.min(MOST, visits);
	const near = new Int32Array(count);
	/** By the first place of a distance: how many as far have been put behind it. */
	const placed = new Int32Array(visits);
	for (let other = 0; other < visits; other++) {
		const first = firstNotBelow(sorted, key[other]!);
		const at = first + placed[first]!++;
		if (at < count) near[at] = other;
	}
	return near;
}

function firstNotBelow(sorted: Float64Array, value: number): number {
	let from = 0;
	let to = sorted.length;
	while (from < to) {
		const middle = (from + to) >> 1;
		if (sorted[middle]! < value) from = middle + 1;
		else to = middle;
	}
	return from;
}
