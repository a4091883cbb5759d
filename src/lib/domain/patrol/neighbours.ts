// Which visits lie close to each other.

import type { Model } from './model.ts';

/** Neighbours that are looked at when strings are taken out around a visit. */
const MOST = 400;

/** For every visit the visits by closeness, itself first. */
export function neighbours({ visits, place, places, cost, costTo }: Model): Int32Array[] {
	const key = new Float64Array(visits);
	const all = Int32Array.from({ length: visits }, (_, visit) => visit);
	return Array.from({ length: visits }, (_, visit) => {
		const row = place[visit]! * places;
		for (let other = 0; other < visits; other++)
			key[other] = other === visit ? -1 : cost[row + place[other]!]! + costTo[row + place[other]!]!;
		return all
			.slice()
			.sort((a, b) => key[a]! - key[b]!)
			.slice(0, MOST);
	});
}
