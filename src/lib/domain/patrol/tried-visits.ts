// Absent visits that are tried again in a round: all of them, or, where there are many, those near the gap and some from
// anywhere. Nothing is allocated per round.

import type { Random } from '../random.ts';

/** Absent visits tried again in one round, at most. */
const MOST_TRIED = 60;

export interface TriedChoice {
	/** Whether all are tried, however many. */
	isAll: boolean;
	/** Neighbours of the gap, nearest first; undefined: there is no gap yet. */
	near: Int32Array | undefined;
	/** Whether a visit is absent and not just taken out. */
	readonly isOut: (visit: number) => boolean;
	readonly random: Random;
}

export class TriedVisits {
	/** The first `count` of these. */
	readonly list: Int32Array;
	count = 0;
	readonly has: Uint8Array;

	constructor(visits: number) {
		this.list = new Int32Array(visits);
		this.has = new Uint8Array(visits);
	}

	/** @param absent - the first `count` of it are absent */
	choose(absent: Int32Array, count: number, { isAll, near, isOut, random }: TriedChoice): void {
		this.count = 0;
		if (count <= MOST_TRIED || isAll) {
			for (let i = 0; i < count; i++) this.#add(absent[i]!);
			return;
		}
		for (let i = 0; near && i < near.length && this.count < MOST_TRIED / 2; i++)
			if (isOut(near[i]!)) this.#add(near[i]!);
		for (let i = 0; i < MOST_TRIED / 2; i++) {
			const visit = absent[Math.floor(random.next() * count)]!;
			if (!this.has[visit]) this.#add(visit);
		}
	}

	/** Forgets which they are; the list stands until the next choice. */
	clear(): void {
		for (let i = 0; i < this.count; i++) this.has[this.list[i]!] = 0;
	}

	#add(visit: number): void {
		this.has[visit] = 1;
		this.list[this.count++] = visit;
	}
}
