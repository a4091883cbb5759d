// What the search is set to, by the shape of the problem. Tuned on published instances: see README.md.

import type { Model } from './model.ts';

export interface Tuning {
	/** Temperatures at the beginning and the end, in units of cost. */
	hot: number;
	cold: number;
	/** Visits taken out per round, on average. */
	removed: number;
	/** Longest string taken out of one route. */
	longest: number;
	/** Share of strings with a gap, and the chance that the gap grows by one more. */
	split: number;
	splitDepth: number;
}

export function tuned(model: Model, travel: number, used: number, absent: Int32Array): Tuning {
	const planned = model.visits - absent.length;
	const perLeg = planned + used > 0 ? travel / (planned + used) : 0;
	let lost = 0;
	for (const visit of absent) lost += model.must[visit] ? 0 : model.prize[visit]!;
	const isForPrizes = travel < lost * 1e-3;
	const unit = Math.max(1e-9, isForPrizes ? lost / absent.length : perLeg);
	return {
		hot: (isForPrizes ? 2.5 : 2) * unit,
		cold: (isForPrizes ? 0.0005 : 0.04) * unit,
		removed: 10,
		longest: 10,
		split: 0.5,
		splitDepth: 0.01,
	};
}
