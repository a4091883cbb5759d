// What is known of the rain of the last 1, 3 and 24 hours, whoever measured it.

import type { RainAmount } from './field-sum.ts';

/** Millimetres; null: unknown. */
export interface RainSums {
	h1: number | null;
	h3: number | null;
	h24: number | null;
}

/** Whole sums; beside them, for spans of which a part is unknown, what fell at least. */
export interface RainKnown extends RainSums {
	least?: RainSums;
}

/** @param amounts - of 1, 3 and 24 hours */
export function rainKnown(amounts: readonly (RainAmount | null)[]): RainKnown {
	const sums = (isWhole: boolean): RainSums => {
		const [h1, h3, h24] = amounts.map((amount) => (amount?.isWhole === isWhole ? amount.mm : null));
		return { h1: h1 ?? null, h3: h3 ?? null, h24: h24 ?? null };
	};
	const isOpen = amounts.some((amount) => amount?.isWhole === false);
	return { ...sums(true), ...(isOpen && { least: sums(false) }) };
}
