// What straight lines are worth as roads in this district: learnt from drives that were made and from a router's
// answers. Until there are enough of them the shipped estimate stands, and says that it is one.

import type { Rule } from '../rule.ts';

export interface Leg {
	straightKm: number;
	/** Null where only the time is known. */
	km: number | null;
	minutes: number;
}

export interface LearntTravel {
	detour: number;
	speedKmh: number;
	/** Legs it was learnt from; 0: the shipped estimate. */
	legs: number;
}

export interface LearnRules {
	detour: Rule;
	speedKmh: Rule;
	/** Fewer legs than this teach nothing. */
	enoughLegs: Rule;
	/** Shorter ones are parking, not driving. */
	shortestKm: Rule;
}

/** Medians, so that one lunch on the way does not count. */
export function learnTravel(legs: readonly Leg[], rules: LearnRules): LearntTravel {
	const long = legs.filter(({ straightKm, minutes }) => straightKm >= rules.shortestKm.value && minutes > 0);
	const withKm = long.filter(({ km }) => km !== null && km > 0);
	if (long.length < rules.enoughLegs.value)
		return { detour: rules.detour.value, speedKmh: rules.speedKmh.value, legs: 0 };
	const detour =
		withKm.length >= rules.enoughLegs.value
			? Math.max(1, median(withKm.map(({ km, straightKm }) => km! / straightKm)))
			: rules.detour.value;
	const speed = median(long.map(({ km, straightKm, minutes }) => ((km ?? straightKm * detour) / minutes) * 60));
	return { detour, speedKmh: Math.min(90, Math.max(8, speed)), legs: long.length };
}

function median(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.length >> 1;
	return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
