// In which order visits are put back: by chance, by size, by prize, far and near, by their windows. Ranks are worked
// out once; putting a list in order is then setting bits and reading them back.

import type { Random } from '../random.ts';
import type { Model } from './model.ts';

export class Orders {
	/** The visits to put back, in order; as many as `mix` was given. */
	readonly list: Int32Array;
	#count = 0;
	readonly #ranks: Int32Array[];
	readonly #byRank: Int32Array[];
	readonly #weights: number[];
	readonly #bits: Int32Array;
	readonly #isOptional: boolean;

	constructor(model: Model) {
		this.list = new Int32Array(model.visits);
		this.#isOptional = model.must.includes(0);
		const keys = keysOf(model, this.#isOptional);
		this.#weights = keys.map(({ weight }) => weight);
		this.#byRank = keys.map(({ key }) => {
			const value = Float64Array.from({ length: model.visits }, (_, visit) => key(visit));
			return Int32Array.from({ length: model.visits }, (_, visit) => visit).sort((a, b) => value[a]! - value[b]!);
		});
		this.#ranks = this.#byRank.map((byRank) => {
			const ranks = new Int32Array(model.visits);
			byRank.forEach((visit, rank) => (ranks[visit] = rank));
			return ranks;
		});
		this.#bits = new Int32Array((model.visits + 31) >> 5);
	}

	/** Puts two lists of visits together in an order drawn by chance. */
	mix(random: Random, first: Int32Array, firstCount: number, second: Int32Array, secondCount: number): void {
		let pick = random.next();
		let order = -1;
		for (let i = 0; i < this.#weights.length; i++) {
			pick -= this.#weights[i]!;
			if (pick < 0) {
				order = i;
				break;
			}
		}
		this.#count = firstCount + secondCount;
		if (order < 0) this.#shuffle(random, first, firstCount, second, secondCount);
		else {
			this.#sort(order, first, firstCount, second, secondCount);
			if (this.#isOptional) this.#blur(random);
		}
	}

	#shuffle(random: Random, first: Int32Array, firstCount: number, second: Int32Array, secondCount: number): void {
		const { list } = this;
		for (let i = 0; i < firstCount; i++) list[i] = first[i]!;
		for (let i = 0; i < secondCount; i++) list[firstCount + i] = second[i]!;
		for (let i = this.#count - 1; i > 0; i--) {
			const j = Math.floor(random.next() * (i + 1));
			const swap = list[i]!;
			list[i] = list[j]!;
			list[j] = swap;
		}
	}

	#sort(order: number, first: Int32Array, firstCount: number, second: Int32Array, secondCount: number): void {
		const { list } = this;
		const ranks = this.#ranks[order]!;
		const byRank = this.#byRank[order]!;
		const bits = this.#bits;
		for (let i = 0; i < firstCount; i++) bits[ranks[first[i]!]! >> 5]! |= 1 << (ranks[first[i]!]! & 31);
		for (let i = 0; i < secondCount; i++) bits[ranks[second[i]!]! >> 5]! |= 1 << (ranks[second[i]!]! & 31);
		let count = 0;
		for (let word = 0; word < bits.length; word++) {
			let rest = bits[word]!;
			if (rest === 0) continue;
			bits[word] = 0;
			while (rest !== 0) {
				const low = rest & -rest;
				list[count++] = byRank[(word << 5) + 31 - Math.clz32(low)]!;
				rest ^= low;
			}
		}
	}

	/** Lets some visits come before their turn, most often by little. */
	#blur(random: Random): void {
		const { list } = this;
		const count = this.#count;
		for (let i = 0; i < count - 1; i++) {
			const ahead = Math.floor((count - i) * (1 - random.next() ** (0.3 * random.next())));
			if (ahead === 0) continue;
			const j = Math.min(count - 1, i + ahead);
			const swap = list[i]!;
			list[i] = list[j]!;
			list[j] = swap;
		}
	}
}

interface Key {
	/** Share of the rounds; what is missing to 1 goes by chance. */
	weight: number;
	/** The smaller, the earlier. */
	key: (visit: number) => number;
}

function keysOf(model: Model, isOptional: boolean): Key[] {
	const home = model.from[0]! * model.places;
	const far = (visit: number) => -model.cost[home + model.place[visit]!]!;
	const near = (visit: number) => model.cost[home + model.place[visit]!]!;
	const opens = (visit: number) => model.opens[visit]!;
	const closes = (visit: number) => model.closes[visit]!;
	const width = (visit: number) => (model.closes[visit]! < Infinity ? closes(visit) - opens(visit) : 1e12);
	const load = (visit: number) => -model.load[visit]!;
	const prize = (visit: number) => -model.prize[visit]!;
	if (isOptional)
		return [
			{ weight: 4 / 13, key: prize },
			{ weight: 1 / 13, key: near },
			{ weight: 1 / 13, key: far },
			{ weight: 1 / 13, key: width },
			{ weight: 1 / 13, key: opens },
			{ weight: 1 / 13, key: closes },
		];
	return [
		{ weight: 4 / 14, key: load },
		{ weight: 2 / 14, key: far },
		{ weight: 1 / 14, key: near },
		{ weight: 1 / 14, key: width },
		{ weight: 1 / 14, key: opens },
		{ weight: 1 / 14, key: closes },
	];
}
