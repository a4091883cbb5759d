// The best plans of the stages of one long search, and how two of them are crossed: some neighbouring routes of one come
// into the other as they are. What then has no place is for the search to put back, which checks every rule again.

import type { Random } from '../random.ts';
import type { Model } from './model.ts';
import type { Neighbours } from './neighbours.ts';

export interface ElitePlan {
	/** Visits per team, in order. */
	plan: number[][];
	cost: number;
}

/** How many plans are kept. */
const MOST = 4;
/** Costs closer than this are of the same plan. */
const SAME = 1e-9;

export class Elite {
	/** The cheapest first. */
	readonly plans: ElitePlan[] = [];
	readonly #model: Model;
	readonly #random: Random;
	readonly #near: Neighbours;
	/** Cost of the dearer one of the two crossed last. */
	#dearer = Infinity;

	constructor(model: Model, random: Random, near: Neighbours) {
		this.#model = model;
		this.#random = random;
		this.#near = near;
	}

	#known(cost: number): ElitePlan | undefined {
		return this.plans.find((one) => Math.abs(one.cost - cost) < SAME);
	}

	/** What a stage has come to that began with the last two crossed. */
	judge(cost: number): 'known' | 'better' | 'worse' {
		if (this.#known(cost)) return 'known';
		return cost < this.#dearer ? 'better' : 'worse';
	}

	/** Keeps a plan if it is new and among the best. */
	add({ plan, cost }: ElitePlan): void {
		const known = this.#known(cost);
		if (known && known.cost <= cost) return;
		if (known) return void Object.assign(known, { plan, cost });
		const behind = this.plans.findIndex((one) => one.cost > cost);
		this.plans.splice(behind < 0 ? this.plans.length : behind, 0, { plan, cost });
		if (this.plans.length > MOST) this.plans.pop();
	}

	/** Only the best of them stays. */
	thin(): void {
		this.plans.length = 1;
	}

	/** Two of the plans crossed, better ones more often. */
	crossed(): number[][] {
		const { plans } = this;
		const one = this.#pick();
		let other = one;
		while (other === one && plans.length > 1) other = this.#pick();
		this.#dearer = Math.max(plans[one]!.cost, plans[other]!.cost);
		return this.#cross(plans[one]!.plan, plans[other]!.plan);
	}

	#pick(): number {
		const { length } = this.plans;
		return Math.floor(Math.min(this.#random.next(), this.#random.next()) * length);
	}

	/**
	 * A plan with some neighbouring routes of `giver` and as much as possible of `taker`. Visits may be missing in it; none is
	 * there twice.
	 */
	#cross(taker: readonly (readonly number[])[], giver: readonly (readonly number[])[]): number[][] {
		const given = this.#neighbouring(giver);
		const isGiven = new Uint8Array(this.#model.visits);
		for (const team of given) for (const visit of giver[team]!) isGiven[visit] = 1;
		const child = taker.map((route) => route.filter((visit) => !isGiven[visit]));
		const isTaken = new Uint8Array(taker.length);
		for (const team of given) {
			const to = this.#mostAlike(team, taker, child, isTaken);
			isTaken[to] = 1;
			child[to] = [...giver[team]!];
		}
		return child;
	}

	/** Teams whose routes come by one visit or near it; up to half of all. */
	#neighbouring(plan: readonly (readonly number[])[]): number[] {
		const teamOf = new Int32Array(this.#model.visits).fill(-1);
		plan.forEach((route, team) => {
			for (const visit of route) teamOf[visit] = team;
		});
		const used = plan.filter((route) => route.length > 0).length;
		const near = this.#near.of(Math.floor(this.#random.next() * this.#model.visits));
		const many = Math.max(1, Math.min(used - 1, 1 + Math.floor(this.#random.next() * used * 0.5)));
		const teams: number[] = [];
		for (let i = 0; i < near.length && teams.length < many; i++) {
			const team = teamOf[near[i]!]!;
			if (team >= 0 && !teams.includes(team)) teams.push(team);
		}
		return teams;
	}

	/** The team of the same kind that loses the greatest share of its route to those given; among them the team itself. */
	#mostAlike(
		team: number,
		taker: readonly (readonly number[])[],
		child: readonly (readonly number[])[],
		isTaken: Uint8Array,
	): number {
		const { teamClass } = this.#model;
		let best = -1;
		let most = -1;
		for (let to = 0; to < taker.length; to++) {
			if (isTaken[to] || teamClass[to] !== teamClass[team]) continue;
			const length = taker[to]!.length;
			const lost = length === 0 ? 0 : 1 - child[to]!.length / length;
			if (lost <= most) continue;
			most = lost;
			best = to;
		}
		return best;
	}
}
