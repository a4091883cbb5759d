// The good plans of a long search, kept good and unlike each other: crossing plans that are all alike makes nothing new.
// Who stays and who is crossed is decided by two ranks, of cost and of likeness (broken pairs), as in the hybrid genetic
// search of Vidal, Crainic, Gendreau, Lahrichi and Rei, Operations Research 60(3), 2012.

import type { Random } from '../random.ts';
import type { Routing } from './cross.ts';
import type { Model } from './model.ts';

export interface KnownPlan {
	plan: Routing;
	cost: number;
}

/** When there are `MOST` plans, they are thinned to `LEAST`. */
const LEAST = 12;
const MOST = 24;
/** How unlike others a plan is: its mean distance from so many that are most like it. */
const LIKEST = 3;
/** So many of the cheapest plans stay, however alike. */
const SAFE = 4;
/** How often another second plan is drawn when it is the first. */
const DRAWS = 10;

/** What stands in the place of a neighbour: the way out or home, or nothing because the visit is left out. */
const DEPOT = -1;
const ABSENT = -2;

interface Member extends KnownPlan {
	/** Before and behind each visit. */
	before: Int32Array;
	behind: Int32Array;
}

export class Population {
	#members: Member[] = [];
	readonly #visits: number;
	readonly #random: Random;

	constructor(model: Model, random: Random) {
		this.#visits = model.visits;
		this.#random = random;
	}

	get plans(): readonly KnownPlan[] {
		return this.#members;
	}

	/** Takes in a plan; of two in the same order the cheaper one stays. */
	add({ plan, cost }: KnownPlan): void {
		const member = this.#member(plan, cost);
		const same = this.#members.findIndex((other) => apart(member, other) === 0);
		if (same < 0) this.#members.push(member);
		else if (cost < this.#members[same]!.cost) this.#members[same] = member;
		if (this.#members.length < MOST) return;
		while (this.#members.length > LEAST) {
			const { last } = this.#ranked();
			this.#members = this.#members.filter((one) => one !== last);
		}
	}

	clear(): void {
		this.#members = [];
	}

	/** Two plans to be crossed: each the better of two drawn. Twice the same where there is only one. */
	pair(): [KnownPlan, KnownPlan] {
		const { rankOf } = this.#ranked();
		const draw = () => {
			const one = this.#any();
			const other = this.#any();
			return rankOf.get(one)! <= rankOf.get(other)! ? one : other;
		};
		const first = draw();
		let second = draw();
		for (let i = 0; i < DRAWS && second === first; i++) second = draw();
		return [first, second];
	}

	#any(): Member {
		return this.#members[Math.floor(this.#random.next() * this.#members.length)]!;
	}

	/** Ranks by cost and likeness together, lower is better, and the plan that is the first to go. */
	#ranked(): { rankOf: Map<Member, number>; last: Member } {
		const members = [...this.#members].sort((a, b) => a.cost - b.cost);
		const unlike = new Map(members.map((one) => [one, this.#unlike(one)]));
		const byUnlike = [...members].sort((a, b) => unlike.get(b)! - unlike.get(a)!);
		const weight = Math.max(0, 1 - SAFE / members.length);
		const rankOf = new Map(members.map((one, i) => [one, i + weight * byUnlike.indexOf(one)]));
		const last = members.slice(1).reduce((a, b) => (rankOf.get(b)! > rankOf.get(a)! ? b : a), members[1]!);
		return { rankOf, last };
	}

	#unlike(one: Member): number {
		const distances = this.#members.filter((other) => other !== one).map((other) => apart(one, other));
		return distances
			.sort((a, b) => a - b)
			.slice(0, LIKEST)
			.reduce((sum, distance) => sum + distance, 0);
	}

	#member(plan: Routing, cost: number): Member {
		const before = new Int32Array(this.#visits).fill(ABSENT);
		const behind = new Int32Array(this.#visits).fill(ABSENT);
		for (const route of plan)
			route.forEach((visit, i) => {
				before[visit] = route[i - 1] ?? DEPOT;
				behind[visit] = route[i + 1] ?? DEPOT;
			});
		return { plan, cost, before, behind };
	}
}

/** Broken pairs: visits that have another one behind them, or come first, in only one of two plans. */
function apart(one: Member, other: Member): number {
	let broken = 0;
	for (let visit = 0; visit < one.before.length; visit++) {
		const before = other.before[visit]!;
		const behind = other.behind[visit]!;
		const mine = one.behind[visit]!;
		if (mine !== before && mine !== behind) broken++;
		if (one.before[visit] === DEPOT && before !== DEPOT && behind !== DEPOT) broken++;
	}
	return broken;
}
