// A second kind of move beside ruin and recreate: two routes exchange strings of stops as they are, or everything behind
// a point; within a route two strings change places, or one is turned round. In long routes with wide windows a whole
// string finds a better place where its visits one by one do not. Looked at in a few operations, so several are tried
// between two rounds.

import type { Random } from '../random.ts';
import type { Model } from './model.ts';
import { ROUNDING } from './rounding.ts';
import type { Routes } from './routes.ts';

/** Moves tried between two rounds of ruin and recreate. */
export const EXCHANGES = 5;
/** Longest string that is moved when not all the rest is. */
const LONGEST = 8;
/** Among how many of its neighbours a visit looks for a new next one. */
const NEAREST = 20;

export class Exchange {
	readonly #model: Model;
	readonly #routes: Routes;
	readonly #random: Random;
	readonly #near: (visit: number) => Int32Array;
	readonly #mine: Int32Array;
	readonly #theirs: Int32Array;
	/** The move last looked at: which stops of which routes; one route where both are the same. */
	#teamA = 0;
	#teamB = 0;
	#cutA = 0;
	#cutB = 0;
	#countA = 0;
	#countB = 0;

	/** @param near - visits by closeness to one, itself first */
	constructor(routes: Routes, random: Random, near: (visit: number) => Int32Array) {
		this.#routes = routes;
		this.#random = random;
		this.#near = near;
		this.#model = routes.model;
		this.#mine = new Int32Array(routes.model.visits);
		this.#theirs = new Int32Array(routes.model.visits);
	}

	/** Only where times of a stop depend on its own route alone and all teams' minutes weigh the same. */
	static suits(model: Model): boolean {
		return (
			model.followers.length === 0 && model.breakFrom.length === 0 && model.fairness.every((weight) => weight === 0)
		);
	}

	/**
	 * Tries one move, by chance as in annealing.
	 *
	 * @returns what it has changed in cost; undefined when nothing was moved
	 */
	attempt(temperature: number): number | undefined {
		const random = this.#random;
		const visit = Math.floor(random.next() * this.#model.visits);
		const near = this.#near(visit);
		const next = near[1 + Math.floor(random.next() * Math.min(NEAREST, near.length - 1))];
		if (next === undefined) return undefined;
		const enough = -temperature * Math.log(random.next() || Number.MIN_VALUE);
		if (this.#look(visit, next, random.next(), enough) > enough) return undefined;
		const before = this.#costs();
		this.#make();
		return this.#costs() - before;
	}

	/** Routes that the last move has left without a stop. */
	emptied(): number {
		const { length } = this.#routes;
		const [a, b] = [this.#teamA, this.#teamB];
		return (length[a] === 0 ? 1 : 0) + (a !== b && length[b] === 0 ? 1 : 0);
	}

	#costs(): number {
		const { cost } = this.#routes;
		return cost[this.#teamA]! + (this.#teamA === this.#teamB ? 0 : cost[this.#teamB]!);
	}

	/**
	 * What it would change in cost to put `next`, with some stops behind it, behind `visit`, in exchange for some of the
	 * stops there. Infinity when it cannot be.
	 *
	 * @param draw - 0 to 1: how many stops; the rest of both routes when below a quarter
	 * @param enough - a change above it is of no interest
	 */
	#look(visit: number, next: number, draw: number, enough: number): number {
		const r = this.#routes;
		const model = this.#model;
		const a = r.routeOf[visit]!;
		const b = r.routeOf[next]!;
		if (a < 0 || b < 0 || model.teamClass[a] !== model.teamClass[b]) return Infinity;
		if (a === b) return this.#lookWithin(a, visit, next, draw, enough);
		const baseA = r.base[a]!;
		const baseB = r.base[b]!;
		const lengthA = r.length[a]!;
		const lengthB = r.length[b]!;
		const atA = r.positionOf(visit);
		const atB = r.positionOf(next);
		const isRest = draw < 0.25;
		const pick = (draw - 0.25) / 0.75;
		const many = Math.min(LONGEST, lengthB - atB + 1);
		const countB = isRest ? lengthB - atB + 1 : 1 + Math.floor(pick * many);
		const few = Math.min(LONGEST, lengthA - atA);
		const countA = isRest ? lengthA - atA : Math.floor((pick * many - Math.floor(pick * many)) * (few + 1));

		const { placeAt } = r;
		const { cost, places } = model;
		const leg = (from: number, to: number) => cost[placeAt[from]! * places + placeAt[to]!]!;
		const beforeA = baseA + atA;
		const afterA = beforeA + countA + 1;
		const beforeB = baseB + atB - 1;
		const afterB = beforeB + countB + 1;
		const lastB = afterB - 1;
		const firstA = countA ? beforeA + 1 : afterB;
		const lastA = countA ? afterA - 1 : beforeB;
		let change = leg(beforeA, beforeB + 1) + leg(lastB, afterA) - leg(beforeA, beforeA + 1) - leg(beforeB, beforeB + 1);
		change += leg(beforeB, firstA) - leg(lastB, afterB);
		if (countA) change += leg(lastA, afterB) - leg(lastA, afterA);
		if (change > enough) return Infinity;

		if (!this.#carries(a, b, beforeA, countA, beforeB, countB)) return Infinity;
		if (!this.#inTime(beforeA, beforeB, countB, afterA)) return Infinity;
		if (!this.#inTime(beforeB, beforeA, countA, afterB)) return Infinity;
		this.#teamA = a;
		this.#teamB = b;
		this.#cutA = atA;
		this.#cutB = atB - 1;
		this.#countA = countA;
		this.#countB = countB;
		return change;
	}

	/** The same within one route: two strings behind one another change places, or the second is turned round. */
	#lookWithin(team: number, visit: number, next: number, draw: number, enough: number): number {
		const r = this.#routes;
		const { cost, places, isSymmetric } = this.#model;
		const base = r.base[team]!;
		const length = r.length[team]!;
		const at = r.positionOf(visit);
		const to = r.positionOf(next);
		if (to === at + 1) return Infinity;
		const isTurn = isSymmetric && draw < 0.25 && to > at;
		const most = Math.min(LONGEST, to > at ? length - to + 1 : at - to);
		const count = 1 + Math.floor((draw < 0.25 ? 4 * draw : (draw - 0.25) / 0.75) * most);
		// Strings from behind `before` to `middle`, and from there to `last`.
		let before = base + at;
		let middle = base + to - 1;
		let last = middle + count;
		if (to < at) {
			before = base + to - 1;
			last = base + at;
			middle = last - count;
		}
		if (isTurn) {
			middle = before;
			last = base + to;
		}
		const { placeAt } = r;
		const leg = (from: number, on: number) => cost[placeAt[from]! * places + placeAt[on]!]!;
		let change = -leg(before, before + 1) - leg(last, last + 1);
		if (isTurn) change += leg(before, last) + leg(before + 1, last + 1);
		else change += leg(before, middle + 1) + leg(last, before + 1) + leg(middle, last + 1) - leg(middle, middle + 1);
		if (change > enough) return Infinity;

		const order = this.#mine;
		let stops = 0;
		for (let i = base + 1; i <= before; i++) order[stops++] = r.visitAt[i]!;
		const first = stops;
		if (isTurn) for (let i = last; i > before; i--) order[stops++] = r.visitAt[i]!;
		else {
			for (let i = middle + 1; i <= last; i++) order[stops++] = r.visitAt[i]!;
			for (let i = before + 1; i <= middle; i++) order[stops++] = r.visitAt[i]!;
		}
		if (!this.#keepsTime(before, order, first, stops, last + 1)) return Infinity;
		for (let i = last + 1; i <= base + length; i++) order[stops++] = r.visitAt[i]!;
		this.#teamA = this.#teamB = team;
		return change;
	}

	/** Whether, behind the stop at `before`, these visits and then the stop at `after` are in time. */
	#keepsTime(before: number, order: Int32Array, from: number, to: number, after: number): boolean {
		const routes = this.#routes;
		const { minutes, places, service, place } = this.#model;
		let here = routes.placeAt[before]!;
		let leave = routes.leaveAt[before]!;
		for (let i = from; i < to; i++) {
			const visit = order[i]!;
			leave = routes.startAt(visit, leave + minutes[here * places + place[visit]!]!) + service[visit]!;
			if (leave === Infinity) return false;
			here = place[visit]!;
		}
		return leave + minutes[here * places + routes.placeAt[after]!]! <= routes.lateAt[after]! + ROUNDING;
	}

	/** Makes the move last looked at. */
	#make(): void {
		const routes = this.#routes;
		const { visitAt } = routes;
		const [a, b] = [this.#teamA, this.#teamB];
		if (a === b) return routes.lay(a, this.#mine, routes.length[a]!);
		const a0 = routes.base[a]! + 1;
		const b0 = routes.base[b]! + 1;
		const endA = a0 + routes.length[a]!;
		const endB = b0 + routes.length[b]!;
		const cutA = a0 + this.#cutA;
		const cutB = b0 + this.#cutB;
		const join = (to: Int32Array, ...parts: [number, number][]): number => {
			let count = 0;
			for (const [from, before] of parts) for (let at = from; at < before; at++) to[count++] = visitAt[at]!;
			return count;
		};
		const mine = join(this.#mine, [a0, cutA], [cutB, cutB + this.#countB], [cutA + this.#countA, endA]);
		const theirs = join(this.#theirs, [b0, cutB], [cutA, cutA + this.#countA], [cutB + this.#countB, endB]);
		routes.lay(a, this.#mine, mine);
		routes.lay(b, this.#theirs, theirs);
	}

	#carries(a: number, b: number, beforeA: number, countA: number, beforeB: number, countB: number): boolean {
		const { load, capacity, allowed, visits } = this.#model;
		const { visitAt } = this.#routes;
		let more = 0;
		for (let at = beforeB + 1; at <= beforeB + countB; at++) {
			const visit = visitAt[at]!;
			if (!allowed[a * visits + visit]) return false;
			more += load[visit]!;
		}
		for (let at = beforeA + 1; at <= beforeA + countA; at++) {
			const visit = visitAt[at]!;
			if (!allowed[b * visits + visit]) return false;
			more -= load[visit]!;
		}
		return this.#routes.load[a]! + more <= capacity[a]! && this.#routes.load[b]! - more <= capacity[b]!;
	}

	/** Whether, behind the stop at `before`, `count` stops from behind `source` and then the stop at `after` are in time. */
	#inTime(before: number, source: number, count: number, after: number): boolean {
		const routes = this.#routes;
		const { minutes, places, service } = this.#model;
		const { placeAt, visitAt, lateAt } = routes;
		let place = placeAt[before]!;
		let leave = routes.leaveAt[before]!;
		for (let at = source + 1; at <= source + count; at++) {
			const arrive = leave + minutes[place * places + placeAt[at]!]!;
			leave = routes.startAt(visitAt[at]!, arrive) + service[visitAt[at]!]!;
			if (leave === Infinity) return false;
			place = placeAt[at]!;
		}
		return leave + minutes[place * places + placeAt[after]!]! <= lateAt[after]! + ROUNDING;
	}
}
