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
	for (let other = 0; other < visits; other++)
		key[other] = other === visit ? -1 : cost[row + place[other]!]! + costTo[row + place[other]!]!;
	// Sorting plain numbers is far faster than sorting by a function, so most are put aside first.
	const farthest = visits > MOST ? key.slice().sort()[MOST - 1]! : Infinity;
	return Int32Array.from({ length: visits }, (_, other) => other)
		.filter((other) => key[other]! <= farthest)
		.sort((a, b) => key[a]! - key[b]!)
		.slice(0, MOST);
}
