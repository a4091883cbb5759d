// Wind as the standards mean it: a mean over minutes, not the gust a crane's anemometer shows every few seconds.

import { stretch } from '../number-page.ts';
import type { Rule } from '../rule.ts';

export interface WindRules {
	/** Seconds the mean goes back. */
	window: Rule;
	/** Part of the window, 0 to 1, that the readings must span before there is a mean. */
	span: Rule;
}

/** What lies on the page: over all seconds that count, and of the newest one, which stands there as in the ring. */
const [SUM, COUNT, OLDEST, REMOVED, NEWEST, NEWEST_SUM, NEWEST_COUNT, WIDTH] = [0, 1, 2, 3, 4, 5, 6, 7] as const;
const PER_SECOND = 3;
/** A crane that reports every five seconds needs no more. */
const FEW_SECONDS = 24;

/**
 * Readings of the window, gathered by the second they were measured in. The newest second and what is summed up lie on
 * a page of numbers, because every reading touches them; the seconds before it wait in a ring until they are too old.
 */
export class WindWindow {
	readonly #numbers: Float64Array;
	readonly #first: number;
	/** Second, sum and count of each second before the newest, round and round from `#head` on. */
	#ring = new Float64Array(0);
	#head = 0;
	#held = 0;

	constructor() {
		({ numbers: this.#numbers, first: this.#first } = stretch(WIDTH));
		this.#numbers[this.#first + OLDEST] = NaN;
		this.#numbers[this.#first + NEWEST] = NaN;
	}

	/** The second of the newest reading that counted; NaN before the first, and once none counts any more. */
	get newest(): number {
		return this.#numbers[this.#first + NEWEST]!;
	}

	/** The oldest second that still counts; NaN while there is none. */
	get oldest(): number {
		return this.#numbers[this.#first + OLDEST]!;
	}

	/** Seconds that were removed since everything was last added up. */
	get removed(): number {
		return this.#numbers[this.#first + REMOVED]!;
	}

	get mean(): number {
		return this.#numbers[this.#first + SUM]! / this.#numbers[this.#first + COUNT]!;
	}

	/** @param second - not before the newest */
	add(second: number, windMs: number): void {
		const numbers = this.#numbers;
		const first = this.#first;
		numbers[first + SUM]! += windMs;
		numbers[first + COUNT]!++;
		if (numbers[first + NEWEST] !== second) {
			if (Number.isNaN(numbers[first + OLDEST]!)) numbers[first + OLDEST] = second;
			else this.#keepNewest();
			numbers[first + NEWEST] = second;
			numbers[first + NEWEST_SUM] = 0;
			numbers[first + NEWEST_COUNT] = 0;
		}
		numbers[first + NEWEST_SUM]! += windMs;
		numbers[first + NEWEST_COUNT]!++;
	}

	/** The oldest second counts no more. */
	removeOldest(): void {
		const numbers = this.#numbers;
		const first = this.#first;
		numbers[first + REMOVED]!++;
		if (this.#held === 0) {
			numbers[first + SUM]! -= numbers[first + NEWEST_SUM]!;
			numbers[first + COUNT]! -= numbers[first + NEWEST_COUNT]!;
			numbers[first + OLDEST] = NaN;
			numbers[first + NEWEST] = NaN;
			return;
		}
		const at = this.#head * PER_SECOND;
		numbers[first + SUM]! -= this.#ring[at + 1]!;
		numbers[first + COUNT]! -= this.#ring[at + 2]!;
		this.#head = (this.#head + 1) % (this.#ring.length / PER_SECOND);
		this.#held--;
		numbers[first + OLDEST] = this.#held === 0 ? numbers[first + NEWEST]! : this.#ring[this.#head * PER_SECOND]!;
	}

	/** Adds up anew what counts, so that rounding does not gather. */
	addUp(): void {
		const numbers = this.#numbers;
		const first = this.#first;
		let sum = 0;
		let count = 0;
		for (let i = 0; i < this.#held; i++) {
			const at = ((this.#head + i) * PER_SECOND) % this.#ring.length;
			sum += this.#ring[at + 1]!;
			count += this.#ring[at + 2]!;
		}
		const hasNewest = !Number.isNaN(this.newest);
		numbers[first + SUM] = hasNewest ? sum + numbers[first + NEWEST_SUM]! : sum;
		numbers[first + COUNT] = hasNewest ? count + numbers[first + NEWEST_COUNT]! : count;
		numbers[first + REMOVED] = 0;
	}

	#keepNewest(): void {
		if (this.#held * PER_SECOND === this.#ring.length) this.#grow();
		const at = ((this.#head + this.#held) * PER_SECOND) % this.#ring.length;
		this.#ring.set(this.#numbers.subarray(this.#first + NEWEST, this.#first + NEWEST + PER_SECOND), at);
		this.#held++;
	}

	#grow(): void {
		const ring = new Float64Array(Math.max(FEW_SECONDS * PER_SECOND, 2 * this.#ring.length));
		const begin = this.#head * PER_SECOND;
		ring.set(this.#ring.subarray(begin));
		ring.set(this.#ring.subarray(0, begin), this.#ring.length - begin);
		this.#ring = ring;
		this.#head = 0;
	}
}

/**
 * Takes one reading in and gives the mean over the window that ends with it.
 *
 * @param window - changed in place; readings must come in the order of their time
 * @param windMs - m/s; NaN is left out of the mean
 * @returns m/s, or NaN while the readings span too little of the window
 */
export function meanWith(window: WindWindow, rules: WindRules, atMs: number, windMs: number): number {
	const second = Math.floor(atMs / 1000);
	if (!Number.isNaN(windMs)) window.add(second, windMs);
	const span = rules.window.value;
	while (window.oldest <= second - span) window.removeOldest();
	if (window.removed >= span) window.addUp();
	return window.newest - window.oldest >= span * rules.span.value ? window.mean : NaN;
}
