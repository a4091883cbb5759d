// The cheapest place for a visit among the open routes. What a scan of a route found is remembered until the route
// changes; a change taken back brings the old version back, and what was remembered of it holds again.
// The inner loop of the whole search, so all of it stands in one function and nothing is allocated.

import type { Random } from '../random.ts';
import type { OpenTeams } from './open-teams.ts';
import type { Routes } from './routes.ts';

/** Chance that the cheapest place in a route is overlooked (the paper's value). */
export const BLINK = 0.01;

export class KnownGaps {
	/** What `find` has found. */
	team = -1;
	behind = -1;
	price = Infinity;
	readonly #routes: Routes;
	readonly #open: OpenTeams;
	readonly #random: Random;
	readonly #isTouched: Uint8Array;
	/** [visit × team × 2]: version of the route as it was scanned, and what its cheapest gap costs. */
	readonly #known: Float64Array;
	/** [visit × team]: the position that gap lies behind; -1: none costs less than what is known. */
	readonly #at: Int32Array;
	#untilBlink = 0;

	/** @param isTouched - teams whose routes stand otherwise only while a round is under way: nothing is remembered of them */
	constructor(routes: Routes, open: OpenTeams, random: Random, isTouched: Uint8Array) {
		const { visits, teams } = routes.model;
		this.#routes = routes;
		this.#open = open;
		this.#random = random;
		this.#isTouched = isTouched;
		this.#known = new Float64Array(visits * teams * 2).fill(-1);
		this.#at = new Int32Array(visits * teams);
		this.#blinkAgain();
	}

	/** Looks for a gap that costs less than `below`; it stands in `team`, `behind` and `price`. */
	find(visit: number, below: number): boolean {
		const known = this.#known;
		const gaps = this.#at;
		const routes = this.#routes;
		const { model, version, leaveAt, lateAt, placeAt, legAt } = routes;
		const { list, count } = this.#open;
		const isTouched = this.#isTouched;
		const { minutes, minutesTo, cost, costTo, isSymmetric } = model;
		const row = model.place[visit]! * model.places;
		const service = model.service[visit]!;
		const opens = model.opens[visit]!;
		const closes = model.closes[visit]!;
		const earliest = opens + service;
		const load = model.load[visit]!;
		const isPlain = model.isIntricate[visit] === 0;
		const mine = visit * model.teams;
		let price = below;
		let best = -1;
		let gap = -1;
		for (let i = 0; i < count; i++) {
			const team = list[i]!;
			const slot = mine + team;
			const isKnown = known[2 * slot] === version[team];
			if (isKnown && known[2 * slot + 1]! >= price) continue;
			let cost1 = isKnown ? known[2 * slot + 1]! : price;
			let at1 = isKnown ? gaps[slot]! : -1;
			if (at1 < 0) {
				cost1 = price;
				if (!isPlain || !routes.isPlain[team]) {
					routes.scan(visit, team, 0);
					if (routes.cost1 < price) {
						cost1 = routes.cost1;
						at1 = routes.at1;
					}
				} else if (routes.load[team]! + load <= model.capacity[team]! && model.allowed[team * model.visits + visit]) {
					const first = routes.base[team]!;
					const last = first + routes.length[team]!;
					let at = first;
					// Both times only grow along a route: too early for the visit, then possible, then too late.
					while (at < last && lateAt[at + 1]! < earliest) at++;
					let to = costTo[row + placeAt[at]!]! + (first === last ? model.teamCost[team]! : 0);
					for (; at <= last; at++) {
						const left = leaveAt[at]!;
						if (left > closes) break;
						const next = row + placeAt[at + 1]!;
						const on = cost[next]!;
						const more = to + on - legAt[at + 1]!;
						to = isSymmetric ? on : costTo[next]!;
						if (more >= cost1) continue;
						let begin = left + minutesTo[row + placeAt[at]!]!;
						if (begin < opens) begin = opens;
						if (begin > closes || begin + service + minutes[next]! > lateAt[at + 1]!) continue;
						cost1 = more;
						at1 = at - first;
					}
				}
				if (!isTouched[team]) {
					known[2 * slot] = version[team]!;
					known[2 * slot + 1] = cost1;
					gaps[slot] = at1;
				}
				if (at1 < 0) continue;
			}
			if (--this.#untilBlink > 0) {
				price = cost1;
				gap = at1;
				best = team;
				continue;
			}
			this.#blinkAgain();
			routes.scan(visit, team, 0);
			if (routes.cost2 >= price) continue;
			price = routes.cost2;
			gap = routes.at2;
			best = team;
		}
		if (best < 0) return false;
		this.price = price;
		this.team = best;
		this.behind = gap;
		return true;
	}

	#blinkAgain(): void {
		this.#untilBlink = 1 + Math.floor(Math.log(this.#random.next() || Number.MIN_VALUE) / Math.log(1 - BLINK));
	}
}
