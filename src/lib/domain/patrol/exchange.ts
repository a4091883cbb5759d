// A second kind of move beside ruin and recreate: two routes exchange strings of stops as they are, or everything behind
// a point; within a route two strings change places, or one is turned round. In long routes with wide windows a whole
// string finds a better place where its visits one by one do not. Looked at in a few operations, so several are tried
// between two rounds.

import type { Random } from '../random.ts';
import type { Model } from './model.ts';
import type { Neighbours } from './neighbours.ts';
import { ROUNDING } from './rounding.ts';
import type { Routes } from './routes.ts';

/** Longest string that is moved when not all the rest is. */
const LONGEST = 8;
/** Among how many of its neighbours a visit looks for a new next one. */
const NEAREST = 20;
/** How much a move may cost in units of temperature: −ln of what is drawn, read from a table. */
const LUCK = Float64Array.from({ length: 1024 }, (_, i) => -Math.log((i + 0.5) / 1024));

export class Exchange {
	readonly #model: Model;
	readonly #routes: Routes;
	readonly #random: Random;
	readonly #near: Neighbours;
	/** [visit × each]: its nearest neighbours, -1 where they have not been asked for. */
	readonly #nearest: Int32Array;
	readonly #each: number;
	readonly #mine: Int32Array;
	readonly #theirs: Int32Array;
	/** The move last looked at: which stops of which routes; one route where both are the same. */
	#teamA = 0;
	#teamB = 0;
	#cutA = 0;
	#cutB = 0;
	#countA = 0;
	#countB = 0;

	constructor(routes: Routes, random: Random, near: Neighbours) {
		this.#routes = routes;
		this.#random = random;
		this.#model = routes.model;
		const { visits } = routes.model;
		const each = (this.#each = Math.max(0, Math.min(NEAREST, visits - 1)));
		this.#nearest = new Int32Array(visits * each).fill(-1);
		this.#near = near;
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
		const { visits } = this.#model;
		const each = this.#each;
		if (each === 0) return undefined;
		// One number drawn says several things: which visit, which neighbour, and by what is left of it, how many stops.
		const which = this.#random.next() * visits * each;
		const pair = Math.floor(which);
		const draw = which - pair;
		const visit = Math.floor(pair / each);
		if (this.#nearest[pair]! < 0) this.#nearest.set(this.#near.of(visit).subarray(1, 1 + each), visit * each);
		const enough = temperature * LUCK[Math.floor(this.#random.next() * LUCK.length)]!;
		if (this.#look(visit, this.#nearest[pair]!, draw, enough) > enough) return undefined;
		const before = this.#costs();
		this.#make();
		return this.#costs() - before;
	}

	/** Routes that the last move has left without a stop. */
	emptied(): number {
		const { length } = this.#routes;
		const a = this.#teamA;
		const b = this.#teamB;
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
		const baseA = r.base[a]!;
		const baseB = r.base[b]!;
		const atA = r.standsAt[visit]!;
		const atB = r.standsAt[next]!;
		const { placeAt, legAt } = r;
		const { cost, places } = model;
		if (a === b) return this.#lookWithin(a, visit, next, draw, enough);
		const lengthA = r.length[a]!;
		const lengthB = r.length[b]!;
		const isRest = draw < 0.25;
		const pick = (draw - 0.25) / 0.75;
		const many = Math.min(LONGEST, lengthB - atB + 1);
		const countB = isRest ? lengthB - atB + 1 : 1 + Math.floor(pick * many);
		const few = Math.min(LONGEST, lengthA - atA);
		const countA = isRest ? lengthA - atA : Math.floor((pick * many - Math.floor(pick * many)) * (few + 1));

		const beforeA = baseA + atA;
		const afterA = beforeA + countA + 1;
		const beforeB = baseB + atB - 1;
		const afterB = beforeB + countB + 1;
		const lastB = afterB - 1;
		const firstA = countA ? beforeA + 1 : afterB;
		const lastA = countA ? afterA - 1 : beforeB;
		let change =
			cost[placeAt[beforeA]! * places + placeAt[beforeB + 1]!]! +
			cost[placeAt[lastB]! * places + placeAt[afterA]!]! +
			cost[placeAt[beforeB]! * places + placeAt[firstA]!]! -
			legAt[beforeA + 1]! -
			legAt[beforeB + 1]! -
			legAt[afterB]!;
		if (countA) change += cost[placeAt[lastA]! * places + placeAt[afterB]!]! - legAt[afterA]!;
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
		const at = r.standsAt[visit]!;
		const to = r.standsAt[next]!;
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
		const { placeAt, legAt } = r;
		let change = -legAt[before + 1]! - legAt[last + 1]!;
		const here = placeAt[before]! * places;
		const end = placeAt[last]! * places;
		if (isTurn) change += cost[here + placeAt[last]!]! + cost[placeAt[before + 1]! * places + placeAt[last + 1]!]!;
		else
			change +=
				cost[here + placeAt[middle + 1]!]! +
				cost[end + placeAt[before + 1]!]! +
				cost[placeAt[middle]! * places + placeAt[last + 1]!]! -
				legAt[middle + 1]!;
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
		const a = this.#teamA;
		const b = this.#teamB;
		if (a === b) return routes.lay(a, this.#mine, routes.length[a]!);
		const a0 = routes.base[a]! + 1;
		const b0 = routes.base[b]! + 1;
		const endA = a0 + routes.length[a]!;
		const endB = b0 + routes.length[b]!;
		const cutA = a0 + this.#cutA;
		const cutB = b0 + this.#cutB;
		let mine = copyRun(visitAt, a0, cutA, this.#mine, 0);
		mine = copyRun(visitAt, cutB, cutB + this.#countB, this.#mine, mine);
		mine = copyRun(visitAt, cutA + this.#countA, endA, this.#mine, mine);
		let theirs = copyRun(visitAt, b0, cutB, this.#theirs, 0);
		theirs = copyRun(visitAt, cutA, cutA + this.#countA, this.#theirs, theirs);
		theirs = copyRun(visitAt, cutB + this.#countB, endB, this.#theirs, theirs);
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

/** Copies what stands from `from` to before `before` behind what is there already; returns how many there are then. */
function copyRun(source: Int32Array, from: number, before: number, to: Int32Array, count: number): number {
	for (let at = from; at < before; at++) to[count++] = source[at]!;
	return count;
}
