// The search for a good plan: take strings of neighbouring visits out of the routes, put them back greedily with a
// little blindness, keep the result by simulated annealing. Slack induction by string removals, Christiaens and
// Vanden Berghe, Transportation Science 54(2), 2020; optional visits as in its team-orienteering form.
// Nothing is allocated per round.

import { seeded, type Random } from '../random.ts';
import type { Model } from './model.ts';
import { Exchange, EXCHANGES } from './exchange.ts';
import { KeptPlan } from './kept-plan.ts';
import { layOut } from './lay-out.ts';
import { BLINK, KnownGaps } from './known-gaps.ts';
import { Neighbours } from './neighbours.ts';
import { Orders } from './orders.ts';
import { OpenTeams } from './open-teams.ts';
import { Precedence } from './precedence.ts';
import { Routes } from './routes.ts';
import { TriedVisits, type TriedChoice } from './tried-visits.ts';
import { paced, tuned, type Tuning } from './tuning.ts';

/** Where teams differ, whole routes are taken out in this share of the rounds, so that another team may make them. */
const WHOLE = 0.15;
const MOST_WHOLE = 30;

/** Share of the rounds in which visits are also taken in at a loss: two together may be worth it where neither is. */
const GENEROUS = 0.1;

export class Search {
	readonly model: Model;
	readonly routes: Routes;
	iterations = 0;
	readonly #random: Random;
	readonly #tuning: Tuning;
	readonly #orders: Orders;
	readonly #precedence: Precedence | undefined;
	readonly #exchange: Exchange | undefined;
	readonly #near: Neighbours;
	readonly #gaps: KnownGaps;

	/** Visits not planned, and the same list for the round under way. */
	#absent: Int32Array;
	#absentCount = 0;
	#nextAbsent: Int32Array;
	#nextCount = 0;
	/** Those of them that are tried in this round. */
	readonly #tried: TriedVisits;
	readonly #choice: TriedChoice;
	#seed = 0;
	/** Visits taken out in this round, and where from. */
	readonly #removed: Int32Array;
	#removedCount = 0;
	/** How many are taken out in a round, on average. */
	#removable = 0;
	readonly #removedFrom: Int32Array;
	readonly #isRemoved: Uint8Array;
	readonly #touched: Int32Array;
	#touchedCount = 0;
	readonly #isTouched: Uint8Array;
	readonly #open: OpenTeams;
	#used = 0;
	readonly #hasOptional: boolean;
	#isGenerous = false;
	/** Whether some teams differ from others. */
	readonly #isMixed: boolean;

	#cost = 0;
	#priceAfter = 0;
	/** A round that costs this much or more is not kept. */
	#enough = Infinity;
	readonly #best: KeptPlan;

	/** @param start - routes to begin from, per team in order; visits that no longer fit there are put elsewhere */
	constructor(model: Model, seed: number | string, start?: readonly (readonly number[])[]) {
		const { visits, teams } = model;
		this.model = model;
		this.routes = new Routes(model);
		this.#random = seeded(seed);
		this.#absent = new Int32Array(visits);
		this.#nextAbsent = new Int32Array(visits);
		this.#tried = new TriedVisits(visits);
		const isOut = (visit: number) => this.routes.routeOf[visit]! < 0 && !this.#isRemoved[visit];
		this.#choice = { isAll: true, near: undefined, isOut, random: this.#random };
		this.#removed = new Int32Array(visits);
		this.#removedFrom = new Int32Array(visits);
		this.#isRemoved = new Uint8Array(visits);
		this.#touched = new Int32Array(teams);
		this.#isTouched = new Uint8Array(teams);
		this.#open = new OpenTeams(this.routes, model);
		this.#best = new KeptPlan(model);
		this.#precedence = model.followers.length ? new Precedence(this.routes) : undefined;
		this.#near = new Neighbours(model);
		this.#gaps = new KnownGaps(this.routes, this.#open, this.#random);
		this.#exchange = Exchange.suits(model) ? new Exchange(this.routes, this.#random, this.#near) : undefined;
		this.#orders = new Orders(model);
		this.#hasOptional = model.must.includes(0);
		this.#isMixed = model.teamClass.some((kind) => kind > 0);
		this.adopt(start ?? []);
		const absent = this.#absent.subarray(0, this.#absentCount);
		this.#tuning = tuned(model, this.#priceOfRoutes(), absent);
	}

	/** The best plan so far: visits per team, in order. */
	best(): number[][] {
		return this.#best.routes();
	}

	/** Its price: routes, and prizes of what is left out. */
	get bestCost(): number {
		return this.#best.cost;
	}

	/**
	 * Searches on.
	 *
	 * @param rounds - rounds to make
	 * @param from - share of the whole search that is over at the first round, 0 to 1; sets the temperature
	 * @param to - the same at the last round
	 */
	run(rounds: number, from: number, to: number): void {
		if (this.model.visits === 0) return;
		const { hot, cold, removed } = paced(this.#tuning, this.model.visits, rounds / (to - from));
		this.#removable = removed;
		const cooling = Math.log(cold / hot);
		let temperature = hot * Math.exp(cooling * from);
		const factor = Math.exp((cooling * (to - from)) / rounds);
		for (let round = 0; round < rounds; round++) {
			temperature *= factor;
			if (this.#exchange) for (let i = 0; i < EXCHANGES; i++) this.#tryExchange(this.#exchange, temperature);
			this.#priceAfter = this.#cost;
			this.#precedence?.keep();
			this.#enough = this.#cost - temperature * Math.log(this.#random.next() || Number.MIN_VALUE);
			this.#ruin();
			this.#recreate();
			if (this.#priceAfter < this.#enough) {
				this.#accept();
				// Hand-overs move times where the order stays.
				if (!this.#precedence) for (let i = 0; i < this.#touchedCount; i++) this.routes.settle(this.#touched[i]!);
				if (this.#cost < this.#best.cost - 1e-9) this.#remember();
			} else this.#undo();
			for (let i = 0; i < this.#touchedCount; i++) this.#isTouched[this.#touched[i]!] = 0;
			this.#touchedCount = 0;
			for (let i = 0; i < this.#removedCount; i++) this.#isRemoved[this.#removed[i]!] = 0;
			this.#removedCount = 0;
			this.iterations++;
		}
	}

	#tryExchange(exchange: Exchange, temperature: number): void {
		const change = exchange.attempt(temperature);
		if (change === undefined) return;
		this.#cost += change;
		this.#used -= exchange.emptied();
		if (this.#cost < this.#best.cost - 1e-9) this.#remember();
	}

	/** Goes on from another plan than its own, as one that another worker has found. */
	adopt(plan: readonly (readonly number[])[]): void {
		const { routes, model } = this;
		this.#touchedCount = this.#removedCount = 0;
		layOut(routes, this.#precedence, plan);
		let left = 0;
		for (let visit = 0; visit < model.visits; visit++) if (routes.routeOf[visit]! < 0) this.#absent[left++] = visit;
		this.#absentCount = left;
		this.#used = 0;
		for (let team = 0; team < model.teams; team++) if (routes.length[team]! > 0) this.#used++;
		this.#isTouched.fill(1);
		// A round that was given up on leaves no price behind.
		this.#priceAfter = this.#price();
		this.#enough = Infinity;
		this.#recreate();
		this.#isTouched.fill(0);
		this.#accept();
		this.#cost = this.#price();
		if (this.#cost < this.#best.cost - 1e-9) this.#remember();
	}

	#priceOfRoutes(): number {
		let cost = 0;
		for (let team = 0; team < this.model.teams; team++) cost += this.routes.cost[team]!;
		return cost;
	}

	#price(): number {
		let cost = this.#priceOfRoutes();
		for (let i = 0; i < this.#absentCount; i++) cost += this.model.prize[this.#absent[i]!]!;
		return cost;
	}

	#remember(): void {
		this.#cost = this.#price();
		this.#best.keep(this.routes, this.#cost);
	}

	#touch(team: number): void {
		if (this.#isTouched[team]) return;
		this.#isTouched[team] = 1;
		this.#touched[this.#touchedCount++] = team;
		this.routes.keep(team);
	}

	#accept(): void {
		const absent = this.#absent;
		this.#absent = this.#nextAbsent;
		this.#nextAbsent = absent;
		this.#absentCount = this.#nextCount;
		this.#cost = this.#priceAfter;
	}

	#undo(): void {
		const { routes } = this;
		for (let i = 0; i < this.#touchedCount; i++) {
			const team = this.#touched[i]!;
			const now = routes.length[team]! > 0 ? 1 : 0;
			routes.undo(team);
			this.#used += (routes.length[team]! > 0 ? 1 : 0) - now;
		}
		for (let i = 0; i < this.#absentCount; i++) routes.routeOf[this.#absent[i]!] = -1;
		for (let i = 0; i < this.#removedCount; i++) {
			const visit = this.#removed[i]!;
			routes.routeOf[visit] = this.#removedFrom[visit]!;
		}
		this.#precedence?.undo();
	}

	#ruin(): void {
		const { model, routes } = this;
		const random = this.#random;
		if (this.#used === 0) return;
		const { longest } = this.#tuning;
		const mean = (model.visits - this.#absentCount) / this.#used;
		const most = mean < longest ? mean : longest;
		const strings = Math.floor(random.next() * ((4 * this.#removable) / (1 + most) - 1) + 1);
		this.#seed = Math.floor(random.next() * model.visits);
		const near = this.#near.of(this.#seed);
		const isWhole = this.#isMixed && random.next() < WHOLE;
		let cuts = 0;
		for (let i = 0; i < near.length && cuts < strings; i++) {
			const team = routes.routeOf[near[i]!]!;
			if (team < 0 || this.#isTouched[team]) continue;
			this.#touch(team);
			if (isWhole) {
				this.#take(team, 1, routes.length[team]!);
				cuts += 1 + Math.floor(random.next() * 2) * strings;
				if (this.#removedCount > MOST_WHOLE) break;
				continue;
			}
			this.#cutString(team, routes.standsAt[near[i]!]!, most);
			cuts++;
		}
		this.#settleCuts();
	}

	/**
	 * What has been cut is worked out anew. Where the straight way takes longer than the one by a stop that has gone, the
	 * stops behind it may have become impossible: such a route is given up as a whole.
	 */
	#settleCuts(): void {
		const { routes } = this;
		let priced = 0;
		for (let again = true; again;) {
			again = false;
			this.#precedence?.cutFollowers(
				(visit) => {
					const team = routes.routeOf[visit]!;
					this.#touch(team);
					this.#take(team, routes.standsAt[visit]!, 1);
				},
				(team) => this.#touch(team),
			);
			for (; priced < this.#touchedCount; priced++) this.#priceAfter -= routes.cost[this.#touched[priced]!]!;
			for (let i = 0; i < this.#touchedCount; i++) {
				const team = this.#touched[i]!;
				routes.recount(team);
				if (routes.isPossible(team)) continue;
				this.#take(team, 1, routes.length[team]!);
				again = true;
			}
		}
		for (let i = 0; i < this.#touchedCount; i++) {
			const team = this.#touched[i]!;
			this.#priceAfter += routes.cost[team]!;
			if (routes.length[team] === 0) this.#used--;
		}
	}

	#cutString(team: number, around: number, most: number): void {
		const random = this.#random;
		const { split, splitDepth } = this.#tuning;
		const length = this.routes.length[team]!;
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
		if (kept === 0) return this.#take(team, first, count);
		const gap = 1 + Math.floor(random.next() * (count - 1));
		this.#take(team, first + gap + kept, count - gap);
		this.#take(team, first, gap);
	}

	#take(team: number, position: number, count: number): void {
		const { routes } = this;
		const at = routes.base[team]! + position;
		for (let i = 0; i < count; i++) {
			const visit = routes.visitAt[at + i]!;
			this.#removed[this.#removedCount++] = visit;
			this.#removedFrom[visit] = team;
			this.#isRemoved[visit] = 1;
			this.#priceAfter += this.model.prize[visit]!;
		}
		routes.cut(team, position, count);
	}

	#recreate(): void {
		const { routes, model } = this;
		const tried = this.#tried;
		this.#open.gather();
		const { list } = this.#orders;
		this.#choice.isAll = this.iterations === 0;
		this.#choice.near = this.iterations === 0 ? undefined : this.#near.of(this.#seed);
		tried.choose(this.#absent, this.#absentCount, this.#choice);
		this.#orders.mix(this.#random, tried.list, tried.count, this.#removed, this.#removedCount);
		const todo = tried.count + this.#removedCount;
		this.#isGenerous = this.#hasOptional && this.iterations > 0 && this.#random.next() < GENEROUS;
		let left = 0;
		if (tried.count < this.#absentCount)
			for (let i = 0; i < this.#absentCount; i++)
				if (!tried.has[this.#absent[i]!]) this.#nextAbsent[left++] = this.#absent[i]!;
		tried.clear();
		// What the round costs at the least, as if the rest were put in for nothing. Not worth going on above `#enough`.
		let atLeast = this.#precedence ? -Infinity : this.#priceAfter;
		for (let i = 0; i < todo; i++) atLeast -= model.prize[list[i]!]!;
		for (let i = 0; i < todo && atLeast < this.#enough; i++) {
			const visit = list[i]!;
			const before = model.after[visit]!;
			const price = this.#priceAfter;
			const isPlaced = before < 0 ? this.#put(visit) : routes.routeOf[before]! >= 0 && this.#putFollower(visit);
			if (!isPlaced) this.#nextAbsent[left++] = visit;
			atLeast += this.#priceAfter - price + model.prize[visit]!;
		}
		if (atLeast >= this.#enough) this.#priceAfter = Infinity;
		// Followers come behind their predecessors, however long the chain.
		for (let again = this.#precedence !== undefined; again;) {
			again = false;
			for (let i = 0, all = left, kept = 0; i < all; i++) {
				const visit = this.#nextAbsent[i]!;
				const before = model.after[visit]!;
				if (before >= 0 && routes.routeOf[before]! >= 0 && this.#putFollower(visit)) {
					again = true;
					left--;
				} else this.#nextAbsent[kept++] = visit;
			}
		}
		this.#nextCount = left;
	}

	/** Puts a visit where it costs least, if that is less than leaving it out. */
	#put(visit: number): boolean {
		const gaps = this.#gaps;
		const below = this.model.prize[visit]! + (this.#isGenerous ? this.#gift() : 0);
		if (!gaps.find(visit, below)) return false;
		this.#insert(visit, gaps.team, gaps.behind, gaps.price);
		return true;
	}

	/** What a visit may cost above its prize. */
	#gift(): number {
		const draw = this.#random.next();
		return draw < 0.5 ? 0 : -Math.log(2 - 2 * draw) * this.#tuning.hot;
	}

	#insert(visit: number, team: number, behind: number, price: number): void {
		const { routes } = this;
		this.#touch(team);
		routes.insert(visit, team, behind, price);
		this.#priceAfter += price - this.model.prize[visit]!;
		if (routes.length[team] === 1) {
			this.#used++;
			this.#open.openNext(team);
		}
	}

	#putFollower(visit: number): boolean {
		const { routes, model } = this;
		let cost = model.prize[visit]!;
		let best = -1;
		let behind = -1;
		for (let i = 0; i < this.#open.count; i++) {
			const team = this.#open.list[i]!;
			this.#precedence!.scanBehind(visit, team, 0);
			if (routes.cost1 >= cost || this.#random.next() < BLINK) continue;
			cost = routes.cost1;
			behind = routes.at1;
			best = team;
		}
		if (best < 0) return false;
		this.#touch(best);
		this.#precedence!.bind(visit, best, (team) => this.#touch(team));
		this.#insert(visit, best, behind, cost);
		return true;
	}
}
