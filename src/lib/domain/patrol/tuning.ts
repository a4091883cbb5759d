// What the search is set to, by the shape of the problem. Tuned on published instances: see README.md.

import type { Model } from './model.ts';

const SAMPLE = 200;

export interface Tuning {
	/** Temperatures at the beginning and the end, in units of cost. */
	hot: number;
	cold: number;
	/** Visits taken out per round, on average, where there is time enough. */
	removed: number;
	/** Longest string taken out of one route. */
	longest: number;
	/** Share of strings with a gap, and the chance that the gap grows by one more. */
	split: number;
	splitDepth: number;
}

/**
 * @param travel - price of the routes of a first plan
 * @param absent - visits that the first plan leaves out
 */
export function tuned(model: Model, travel: number, absent: Int32Array): Tuning {
	let lost = 0;
	for (const visit of absent) lost += model.must[visit] ? 0 : model.prize[visit]!;
	const isForPrizes = travel < lost * 1e-3;
	const unit = Math.max(1e-9, isForPrizes ? lost / absent.length : meanLeg(model));
	// The more visits, the fewer rounds each gets in the same time, and the less may be risked.
	const calm = Math.sqrt(100 / Math.max(25, model.visits));
	return {
		hot: isForPrizes ? 2.5 * unit : 0.55 * calm * unit,
		cold: isForPrizes ? 0.0005 * unit : 0.012 * calm * unit,
		removed: between(10, 1500 / model.visits, 15),
		longest: between(10, model.visits / 10, 25),
		split: 0.5,
		splitDepth: 0.01,
	};
}

/** What of the above holds where a large problem has little time. */
export interface Pace {
	hot: number;
	cold: number;
	removed: number;
	/** Moves between routes that are tried between two rounds of ruin and recreate. */
	exchanges: number;
}

/** Rounds per visit from which on there is time enough. */
const ENOUGH = 1000;

/**
 * With little time less is risked at the beginning and more at the end, so that the search neither wanders nor stands
 * still; less is taken out at once, which makes for more rounds; and as many exchanges as with time enough are tried in
 * fewer rounds, up to four times as many in each: they find quickly what is near and, given time, only keep the search
 * from going farther.
 *
 * @param rounds - of the whole search
 */
export function paced({ hot, cold, removed }: Tuning, visits: number, rounds: number): Pace {
	const share = visits < 50 ? 1 : Math.min(1, (rounds / visits / ENOUGH) ** 0.25);
	const end = cold / Math.max(0.5, share);
	const least = between(8, visits / 20, 10);
	return {
		hot: Math.max(2 * end, hot * share),
		cold: end,
		removed: Math.max(least, removed * share),
		exchanges: Math.round(between(5, 5 / share ** 4, 20)),
	};
}

/** Mean cost between two visits, over a sample of them where there are many. */
function meanLeg({ visits, place, places, cost }: Model): number {
	const step = Math.ceil(visits / SAMPLE);
	let sum = 0;
	let count = 0;
	for (let from = 0; from < visits; from += step)
		for (let to = 0; to < visits; to += step) {
			if (from === to) continue;
			sum += cost[place[from]! * places + place[to]!]!;
			count++;
		}
	return count ? sum / count : 0;
}

function between(least: number, value: number, most: number): number {
	return Math.min(most, Math.max(least, value));
}
