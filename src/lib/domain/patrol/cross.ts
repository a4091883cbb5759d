// How two plans are crossed: some neighbouring routes of one come into the other as they are. What then has no place is
// for the search to put back, which checks every rule again.

import type { Random } from '../random.ts';
import type { Model } from './model.ts';
import type { Neighbours } from './neighbours.ts';

/** Visits per team, in order. */
export type Routing = readonly (readonly number[])[];

export class Crossing {
	readonly #model: Model;
	readonly #random: Random;
	readonly #near: Neighbours;

	constructor(model: Model, random: Random, near: Neighbours) {
		this.#model = model;
		this.#random = random;
		this.#near = near;
	}

	/**
	 * A plan with some neighbouring routes of `giver` and as much as possible of `taker`. Visits may be missing in it; none is
	 * there twice.
	 */
	cross(taker: Routing, giver: Routing): number[][] {
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
	#neighbouring(plan: Routing): number[] {
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
	#mostAlike(team: number, taker: Routing, child: Routing, isTaken: Uint8Array): number {
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
