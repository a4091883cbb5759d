// The first half of a round: strings of neighbouring visits are taken out of the routes around one of them.

import type { Random } from '../random.ts';
import type { Model } from './model.ts';
import type { Neighbours } from './neighbours.ts';
import type { Precedence } from './precedence.ts';
import type { Round } from './round.ts';
import type { Routes } from './routes.ts';
import type { Tuning } from './tuning.ts';

/** Where teams differ, whole routes are taken out in this share of the rounds, so that another team may make them. */
const WHOLE = 0.15;
const MOST_WHOLE = 30;

export class Ruin {
	/** The visit around which stops were taken out last. */
	seed = 0;
	readonly #model: Model;
	readonly #routes: Routes;
	readonly #round: Round;
	readonly #random: Random;
	readonly #near: Neighbours;
	readonly #precedence: Precedence | undefined;
	/** Whether some teams differ from others. */
	readonly #isMixed: boolean;

	constructor(round: Round, random: Random, near: Neighbours, precedence: Precedence | undefined) {
		this.#model = round.routes.model;
		this.#routes = round.routes;
		this.#round = round;
		this.#random = random;
		this.#near = near;
		this.#precedence = precedence;
		this.#isMixed = this.#model.teamClass.some((kind) => kind > 0);
	}

	/**
	 * @param planned - visits in the plan
	 * @param removed - how many are taken out, on average
	 */
	run(planned: number, removed: number, tuning: Tuning): void {
		const routes = this.#routes;
		const round = this.#round;
		const random = this.#random;
		if (round.used === 0) return;
		const mean = planned / round.used;
		const most = mean < tuning.longest ? mean : tuning.longest;
		const strings = Math.floor(random.next() * ((4 * removed) / (1 + most) - 1) + 1);
		this.seed = Math.floor(random.next() * this.#model.visits);
		const near = this.#near.of(this.seed);
		const isWhole = this.#isMixed && random.next() < WHOLE;
		let cuts = 0;
		for (let i = 0; i < near.length && cuts < strings; i++) {
			const team = routes.routeOf[near[i]!]!;
			if (team < 0 || round.isTouched[team]) continue;
			round.touch(team);
			if (isWhole) {
				round.take(team, 1, routes.length[team]!);
				cuts += 1 + Math.floor(random.next() * 2) * strings;
				if (round.removedCount > MOST_WHOLE) break;
				continue;
			}
			this.#cutString(team, routes.standsAt[near[i]!]!, most, tuning);
			cuts++;
		}
		this.#settleCuts();
	}

	#cutString(team: number, around: number, most: number, { split, splitDepth }: Tuning): void {
		const random = this.#random;
		const round = this.#round;
		const length = this.#routes.length[team]!;
		const count = Math.floor(random.next() * (length < most ? length : most)) + 1;
		let kept = 0;
		if (count > 1 && count < length && random.next() < split) {
			kept = 1;
			while (count + kept < length && random.next() < splitDepth) kept++;
		}
		const span = count + kept;
		const lowest = Math.max(1, around - span + 1);
		const highest = Math.min(around, length - span + 1);
		const first = lowest + Math.floor(random.next() * (highest - lowest + 1));
		if (kept === 0) return round.take(team, first, count);
		const gap = 1 + Math.floor(random.next() * (count - 1));
		round.take(team, first + gap + kept, count - gap);
		round.take(team, first, gap);
	}

	/**
	 * What has been cut is worked out anew. Where the straight way takes longer than the one by a stop that has gone, the
	 * stops behind it may have become impossible: such a route is given up as a whole.
	 */
	#settleCuts(): void {
		const routes = this.#routes;
		const round = this.#round;
		let priced = 0;
		for (let again = true; again;) {
			again = false;
			this.#precedence?.cutFollowers(
				(visit) => {
					const team = routes.routeOf[visit]!;
					round.touch(team);
					round.take(team, routes.standsAt[visit]!, 1);
				},
				(team) => round.touch(team),
			);
			for (; priced < round.touchedCount; priced++) round.price -= routes.cost[round.touched[priced]!]!;
			for (let i = 0; i < round.touchedCount; i++) {
				const team = round.touched[i]!;
				routes.recount(team);
				if (routes.isPossible(team)) continue;
				round.take(team, 1, routes.length[team]!);
				again = true;
			}
		}
		for (let i = 0; i < round.touchedCount; i++) {
			const team = round.touched[i]!;
			round.price += routes.cost[team]!;
			if (routes.length[team] === 0) round.used--;
		}
	}
}
