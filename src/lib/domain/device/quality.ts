// What is wrong with a value, told beside it. A value with a quality is kept as evidence and never counts as normal.

import type { Rule } from '../rule.ts';
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

/** Since when a quantity has had exactly this value. */
export interface Flat {
	value: number;
	sinceMs: number;
}

/**
 * @param flats - changed in place; a reading that is not newer than the last must not be given
 * @param given - what device or decoder already said
 * @returns null when nothing is wrong
 */
export function qualitiesOf(
	values: Readonly<Record<string, unknown>>,
	given: Qualities | null,
	flats: Map<string, Flat> | null,
	rules: QualityRules,
	atMs: number,
	receivedMs: number,
): Qualities | null {
	let found: Qualities | null = given;
	for (const name in values) {
		// Names come from outside: `constructor` is a name like any other.
		const range = Object.hasOwn(rules.plausible, name) ? rules.plausible[name] : undefined;
		if (range === undefined) continue;
		const value = values[name];
		if (value === undefined) continue;
		if (typeof value !== 'number' || !Number.isFinite(value)) {
			found = noted(found, name, 'invalid');
			continue;
		}
		if (value < range.min.value || value > range.max.value) found = noted(found, name, 'outOfRange');
		const limit = flats && Object.hasOwn(rules.flatAfter, name) ? rules.flatAfter[name] : undefined;
		if (!limit) continue;
		const flat = flats!.get(name);
		if (flat?.value !== value) flats!.set(name, { value, sinceMs: atMs });
		else if (atMs - flat.sinceMs > limit.value * 1000) found = noted(found, name, 'flatLined');
	}
	if (receivedMs - atMs > rules.oldAfter.value * 1000) found = noted(found, '*', 'old');
	return found;
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
