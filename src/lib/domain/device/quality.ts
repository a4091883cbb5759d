// What is wrong with a value, told beside it. A value with a quality is kept as evidence and never counts as normal.

import type { Rule } from '../rule.ts';
import type { Flats } from './flats.ts';
import type { Plausible } from './plausible.ts';

/**
 * - `missing`: the device sent the quantity without a value
 * - `invalid`: no number where a number belongs (NaN, text)
 * - `outOfRange`: beyond what the quantity can be; the sensor or its cable is broken
 * - `flatLined`: has not moved for longer than this quantity ever rests
 * - `flagged`: the device itself says that it must not be used (HJ 212 flag other than N, no satellite fix)
 * - `old`: measured so long before it arrived that it says nothing about today; stands for the whole reading, under `*`
 */
export const QUALITIES = ['missing', 'invalid', 'outOfRange', 'flatLined', 'flagged', 'old'] as const;
export type Quality = (typeof QUALITIES)[number];

/** By quantity; `*` is the whole reading. */
export type Qualities = Readonly<Record<string, Quality>>;

export interface QualityRules {
	plausible: Readonly<Record<string, Plausible>>;
	/** Seconds a quantity may stay exactly the same; exceeded, not reached. */
	flatAfter: Readonly<Record<string, Rule>>;
	/** Seconds between measuring and arriving above which a reading is old; exceeded, not reached. */
	oldAfter: Rule;
}

interface Check {
	min: number;
	max: number;
	/** Its place among the quantities that never stand still; -1 for one that may. */
	flatPlace: number;
	flatAfterMs: number;
}

/** The rules, laid out for a question that every reading asks. */
export class QualityCheck {
	/** Quantities that never stand still for long: what the `Flats` it is given must be of. */
	readonly neverFlat: readonly string[];
	readonly #checks: ReadonlyMap<string, Check>;
	readonly #oldAfterMs: number;

	constructor({ plausible, flatAfter, oldAfter }: QualityRules) {
		this.neverFlat = Object.keys(flatAfter);
		this.#oldAfterMs = oldAfter.value * 1000;
		this.#checks = new Map(
			Object.entries(plausible).map(([name, { min, max }]) => {
				const flatAfterMs = Object.hasOwn(flatAfter, name) ? flatAfter[name]!.value * 1000 : Infinity;
				return [name, { min: min.value, max: max.value, flatPlace: this.neverFlat.indexOf(name), flatAfterMs }];
			}),
		);
	}

	/**
	 * @param given - what device or decoder already said
	 * @param flats - changed in place; null for a reading that is not newer than the last
	 * @returns null when nothing is wrong
	 */
	qualitiesOf(
		values: Readonly<Record<string, unknown>>,
		given: Qualities | null,
		flats: Flats | null,
		atMs: number,
		receivedMs: number,
	): Qualities | null {
		let found: Qualities | null = given;
		for (const name in values) {
			const value = values[name];
			if (value === undefined) continue;
			const check = this.#checks.get(name);
			if (check === undefined) continue;
			if (typeof value !== 'number' || !Number.isFinite(value)) {
				found = noted(found, name, 'invalid');
				continue;
			}
			if (value < check.min || value > check.max) found = noted(found, name, 'outOfRange');
			if (flats === null || check.flatPlace < 0) continue;
			if (flats.stoodMs(check.flatPlace, value, atMs) > check.flatAfterMs) found = noted(found, name, 'flatLined');
		}
		return receivedMs - atMs > this.#oldAfterMs ? noted(found, '*', 'old') : found;
	}
}

/** What was said first holds. */
function noted(found: Qualities | null, name: string, quality: Quality): Qualities {
	return { [name]: quality, ...found };
}

/** The values as they may be judged: what has a quality is NaN, so that it proves neither danger nor calm. */
export function judgeable<V>(values: Readonly<Record<string, V>>, qualities: Qualities | null) {
	if (!qualities) return values;
	const judged: Record<string, V | number> = { ...values };
	for (const name in qualities) if (name !== '*') judged[name] = NaN;
	return judged;
}
