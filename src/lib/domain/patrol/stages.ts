// How a search with much time is divided. One long annealing stands still long before it ends, and in which plan it
// ends is chance. So several shorter ones come first, each from nothing; then two of the best plans are crossed, again
// and again, and what comes of it is annealed from lukewarm. How warm is learned on the way.

import { Elite, type ElitePlan } from './elite.ts';
import type { KeptPlan } from './kept-plan.ts';
import type { Model } from './model.ts';
import type { Neighbours } from './neighbours.ts';
import type { Random } from '../random.ts';

/** Rounds per visit of the whole search from which on it is divided. */
const ENOUGH = 3000;
/** Until this share of the search is over it may turn out to have more time or less: the first rounds tell badly. */
const DECIDED = 0.04;
/** Annealings from nothing, and the share of the search that they have together. */
const FIRST = 4;
const FIRST_SHARE = 0.45;
/** Rounds per visit of an annealing that begins with a crossed plan, and of a later one from nothing. */
const CROSSED_ROUNDS = 350;
const ANEW_ROUNDS = 700;
/** How much of the cooling is left out with a crossed plan: at first, at least and at most, and how fast it is learned. */
const COOLED = { first: 0.45, least: 0.1, most: 0.75, step: 0.04 };
/** So many crossed plans in a row that end in known ones: the plans are all alike, and this many from nothing are made. */
const ALIKE = 4;
const FRESH = 2;
/** Shares closer than this are the same. */
const CLOSE = 1e-9;

interface Stage {
	kind: 'whole' | 'anew' | 'crossed';
	/** Shares of the whole search. */
	from: number;
	to: number;
	/** Share of the cooling at its beginning. */
	cooled: number;
}

const WHOLE: Stage = { kind: 'whole', from: 0, to: 1, cooled: 0 };
const FIRST_STAGE: Stage = { kind: 'anew', from: 0, to: FIRST_SHARE / FIRST, cooled: 0 };

export class Stages {
	readonly #visits: number;
	readonly #elite: Elite;
	#now = WHOLE;
	#isDivided = false;
	#cooled = COOLED.first;
	/** Crossed plans in a row that ended in known ones. */
	#known = 0;
	/** Annealings from nothing still to come. */
	#fresh = 0;

	constructor(model: Model, random: Random, near: Neighbours) {
		this.#visits = model.visits;
		this.#elite = new Elite(model, random, near);
	}

	/** Share of the whole search at which this stage is over. */
	get to(): number {
		return this.#now.to;
	}

	/** The best plan of earlier stages, if it costs no more than this. */
	earlier(cost: number): ElitePlan | undefined {
		const [first] = this.#elite.plans;
		return first && first.cost <= cost ? first : undefined;
	}

	/** Share of the cooling that is over. */
	cooling(share: number): number {
		const { from, to, cooled } = this.#now;
		return cooled + ((1 - cooled) * (share - from)) / (to - from);
	}

	/**
	 * Whether another stage has to begin. In the first rounds it also decides whether the search is divided at all.
	 *
	 * @param share - of the search that is over
	 * @param rounds - of the whole search, as far as can be told
	 */
	isOver(share: number, rounds: number): boolean {
		if (share < DECIDED) {
			this.#isDivided = rounds >= ENOUGH * this.#visits;
			this.#now = this.#isDivided ? FIRST_STAGE : WHOLE;
		}
		return this.#isDivided && this.#now.to < 1 && share >= this.#now.to - CLOSE;
	}

	/**
	 * A plan that another search has found is one of those that are crossed.
	 *
	 * @returns false where nothing is crossed
	 */
	take(found: ElitePlan): boolean {
		if (this.#isDivided) this.#elite.add(found);
		return this.#isDivided;
	}

	/**
	 * Ends a stage and begins the next.
	 *
	 * @param best - what the stage has come to; forgotten for the next
	 * @returns the plan to go on from; visits may be missing in it, or all of them
	 */
	goOn(share: number, rounds: number, best: KeptPlan): number[][] {
		if (this.#now.kind === 'crossed') this.#learn(this.#elite.judge(best.cost));
		this.#elite.add({ plan: best.routes(), cost: best.cost });
		if (this.#known >= ALIKE) {
			this.#known = 0;
			this.#fresh = FRESH;
			this.#elite.thin();
		}
		best.forget();
		this.#now = this.#next(share, this.#visits / rounds);
		return this.#now.kind === 'crossed' ? this.#elite.crossed() : [];
	}

	/** @param perRound - share of the search that one round of each visit takes */
	#next(share: number, perRound: number): Stage {
		const no = Math.floor((share / FIRST_SHARE) * FIRST + CLOSE);
		if (no < FIRST) return { kind: 'anew', from: share, to: ((no + 1) * FIRST_SHARE) / FIRST, cooled: 0 };
		if (this.#fresh > 0) {
			this.#fresh--;
			return { kind: 'anew', from: share, to: Math.min(1, share + ANEW_ROUNDS * perRound), cooled: 0 };
		}
		const length = CROSSED_ROUNDS * perRound;
		const to = share + 1.5 * length < 1 ? share + length : 1;
		return { kind: 'crossed', from: share, to, cooled: this.#cooled };
	}

	/** From hotter where the plan was found again, from cooler where it has become a worse one. */
	#learn(what: 'known' | 'better' | 'worse'): void {
		this.#known = what === 'known' ? this.#known + 1 : 0;
		if (what === 'better') return;
		const next = this.#cooled + (what === 'known' ? -COOLED.step : COOLED.step);
		this.#cooled = Math.min(COOLED.most, Math.max(COOLED.least, next));
	}
}
