// Which visits lie close to each other.

import type { Model } from './model.ts';

/** Neighbours that are looked at when strings are taken out around a visit. */
const MOST = 400;

/** The visits by closeness to one of them, itself first. */
export function neighboursOf({ visits, place, places, cost, costTo }: Model, visit: number): Int32Array {
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
