// How a search with much time is divided. One long annealing stands still long before it ends, and in which plan it
// ends is chance. So it makes many short ones: first plans from nothing, until there is a population of them; then two
// of them are crossed, again and again, and what comes of it is annealed briefly from lukewarm. When nothing better
// has come for long, another population is begun.

import { Crossing } from './cross.ts';
import type { KeptPlan } from './kept-plan.ts';
import type { Model } from './model.ts';
import type { Neighbours } from './neighbours.ts';
import { Population, type KnownPlan } from './population.ts';
import type { Random } from '../random.ts';

/** Rounds per visit of the whole search from which on it is divided. */
const ENOUGH = 3000;
/** Until this share of the search is over it may turn out to have more time or less: the first rounds tell badly. */
const DECIDED = 0.04;
/** Rounds per visit of an annealing from nothing. */
const ANEW_ROUNDS = 60;
/** The same of one that begins with a crossed plan: more where there are more visits, within bounds. */
const CROSSED_ROUNDS = { perVisit: 0.2, least: 20, most: 40 };
/** How much of the cooling is left out with a crossed plan. */
const COOLED = 0.6;
/** Plans from nothing in a population: as many as fit into a share of the search, within bounds. */
const BEGINNERS = { share: 0.25, least: 8, most: 20 };
/** So many crossed plans in a row of which none is the best of its population: it has nothing more to give. */
const STUCK = 150;
/** Costs closer than this are the same. */
const SAME = 1e-9;

interface Stage {
	/** Its rounds, and how many of them are made. */
	length: number;
	made: number;
	/** Share of the cooling at its beginning. */
	cooled: number;
	isCrossed: boolean;
}

/** Rounds of a stage that are to be made, and shares of the cooling at the first and behind the last. */
export interface Step {
	rounds: number;
	from: number;
	to: number;
}

export class Stages {
	readonly #visits: number;
	readonly #population: Population;
	readonly #crossing: Crossing;
	#isDivided = false;
	/** None until it is decided whether the search is divided, nor where it is not. */
	#now: Stage | undefined;
	/** The best plan of all stages that are over. */
	#best: KnownPlan | undefined;
	/** The cheapest of the population under way, and how many crossed plans since then were none better. */
	#cheapest = Infinity;
	#vain = 0;
	/** Plans from nothing in it, so far. */
	#beginners = 0;
	/** The best plans of populations that were given up. */
	#former: KnownPlan[] = [];

	constructor(model: Model, random: Random, near: Neighbours) {
		this.#visits = model.visits;
		this.#population = new Population(model, random);
		this.#crossing = new Crossing(model, random, near);
	}

	/** The best plan of earlier stages, if it costs no more than this. */
	earlier(cost: number): KnownPlan | undefined {
		return this.#best && this.#best.cost <= cost ? this.#best : undefined;
	}

	/**
	 * Whether another stage has to begin. In the first rounds it also decides whether the search is divided at all.
	 *
	 * @param share - of the search that is over
	 * @param rounds - of the whole search, as far as can be told
	 */
	isOver(share: number, rounds: number): boolean {
		if (share < DECIDED - SAME) {
			this.#isDivided = rounds >= ENOUGH * this.#visits;
			return false;
		}
		return this.#isDivided && (!this.#now || this.#now.made >= this.#now.length);
	}

	/**
	 * What comes next.
	 *
	 * @param most - rounds that may be made
	 */
	step(most: number, share: number, rounds: number): Step {
		const now = this.#now;
		if (now) {
			const { length, cooled, made } = now;
			const many = Math.min(most, length - made);
			now.made += many;
			const cooling = (done: number) => cooled + ((1 - cooled) * done) / length;
			return { rounds: many, from: cooling(made), to: cooling(now.made) };
		}
		const end = this.#isDivided ? DECIDED : 1;
		const many = Math.min(most, Math.max(1, Math.round((end - share) * rounds)));
		return { rounds: many, from: share / end, to: (share + many / rounds) / end };
	}

	/**
	 * A plan that another search has found is one of those that are crossed.
	 *
	 * @returns false where nothing is crossed
	 */
	take(found: KnownPlan): boolean {
		if (this.#isDivided) this.#keep(found);
		return this.#isDivided;
	}

	/**
	 * Ends a stage and begins the next.
	 *
	 * @param share - of the search that is over
	 * @param rounds - of the whole search
	 * @param best - what the stage has come to; forgotten for the next
	 * @returns the plan to go on from; visits may be missing in it, or all of them
	 */
	goOn(share: number, rounds: number, best: KeptPlan): number[][] {
		this.#vain++;
		if (best.cost < Infinity) this.#keep({ plan: best.routes(), cost: best.cost });
		if (!this.#now?.isCrossed) this.#beginners++;
		best.forget();
		const perVisit = rounds / this.#visits;
		const beginners = within(BEGINNERS, Math.round((BEGINNERS.share * perVisit) / ANEW_ROUNDS));
		if (this.#beginners >= beginners && this.#vain > STUCK)
			this.#renew((1 - share) * perVisit > 2 * beginners * ANEW_ROUNDS);
		if (this.#beginners < beginners) {
			this.#now = this.#stage(ANEW_ROUNDS, 0, false);
			return [];
		}
		this.#now = this.#stage(within(CROSSED_ROUNDS, CROSSED_ROUNDS.perVisit * this.#visits), COOLED, true);
		const [taker, giver] = this.#population.pair();
		return this.#crossing.cross(taker.plan, giver.plan);
	}

	#stage(perVisit: number, cooled: number, isCrossed: boolean): Stage {
		return { length: Math.round(perVisit * this.#visits), made: 0, cooled, isCrossed };
	}

	#keep(found: KnownPlan): void {
		this.#population.add(found);
		if (!this.#best || found.cost < this.#best.cost) this.#best = found;
		if (found.cost >= this.#cheapest - SAME) return;
		this.#cheapest = found.cost;
		this.#vain = 0;
	}

	/** @param isAnew - with time for another population; else the best of those given up come into this one. */
	#renew(isAnew: boolean): void {
		this.#vain = 0;
		if (!isAnew) {
			for (const plan of this.#former) this.#population.add(plan);
			return;
		}
		const { plans } = this.#population;
		this.#former.push(plans.reduce((a, b) => (b.cost < a.cost ? b : a)));
		this.#population.clear();
		this.#beginners = 0;
		this.#cheapest = Infinity;
	}
}

function within({ least, most }: { least: number; most: number }, value: number): number {
	return Math.min(most, Math.max(least, value));
}
