// Since when values of a device have stood still, on a page of numbers: every reading asks.

import { stretch } from '../number-page.ts';

/** Since when a quantity has had exactly this value. */
export interface Flat {
	value: number;
	sinceMs: number;
}

/** `value`, `sinceMs`. */
const WIDTH = 2;

export class Flats {
	readonly #names: readonly string[];
	readonly #numbers: Float64Array;
	readonly #first: number;

	/**
	 * @param names - the quantities it is asked of
	 * @param known - what was known before; other quantities are left out
	 */
	constructor(names: readonly string[], known: Readonly<Record<string, Flat>> = {}) {
		this.#names = names;
		({ numbers: this.#numbers, first: this.#first } = stretch(names.length * WIDTH));
		names.forEach((name, place) => {
			const { value, sinceMs } = (Object.hasOwn(known, name) && known[name]) || { value: NaN, sinceMs: NaN };
			this.#numbers.set([value, sinceMs], this.#first + place * WIDTH);
		});
	}

	/**
	 * Takes the newest value of a quantity.
	 *
	 * @param place - of its name among those given
	 * @returns how long it has had exactly this value, ms; 0 when it had another one before
	 */
	stoodMs(place: number, value: number, atMs: number): number {
		const numbers = this.#numbers;
		const at = this.#first + place * WIDTH;
		if (numbers[at] === value) return atMs - numbers[at + 1]!;
		numbers[at] = value;
		numbers[at + 1] = atMs;
		return 0;
	}

	/** What is known, by quantity. */
	entries(): [name: string, flat: Flat][] {
		return this.#names.flatMap((name, place): [string, Flat][] => {
			const at = this.#first + place * WIDTH;
			const [value, sinceMs] = [this.#numbers[at]!, this.#numbers[at + 1]!];
			return Number.isNaN(value) ? [] : [[name, { value, sinceMs }]];
		});
	}
}
