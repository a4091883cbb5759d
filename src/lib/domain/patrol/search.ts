// The search for a good plan: take strings of neighbouring visits out of the routes, put them back greedily with a
// little blindness, keep the result by simulated annealing. Slack induction by string removals, Christiaens and
// Vanden Berghe, Transportation Science 54(2), 2020; optional visits as in its team-orienteering form.
// Nothing is allocated per round.

import { seeded, type Random } from '../random.ts';
import type { Model } from './model.ts';
import { Exchange } from './exchange.ts';
import { KeptPlan } from './kept-plan.ts';
import { layOut } from './lay-out.ts';
import { BLINK, KnownGaps } from './known-gaps.ts';
import { Neighbours } from './neighbours.ts';
import { Orders } from './orders.ts';
import { OpenTeams } from './open-teams.ts';
import { Precedence } from './precedence.ts';
import { Round } from './round.ts';
import { Routes } from './routes.ts';
import { Ruin } from './ruin.ts';
import { Stages, type Step } from './stages.ts';
import { TriedVisits, type TriedChoice } from './tried-visits.ts';
import { paced, tuned, type Tuning } from './tuning.ts';

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
	readonly #round: Round;
	readonly #ruin: Ruin;
	readonly #open: OpenTeams;
	readonly #hasOptional: boolean;
	#isGenerous = false;
	/** Whether a plan is made from nothing. */
	#isAnew = false;

	#cost = 0;
	/** A round that costs this much or more is not kept. */
	#enough = Infinity;
	/** The best plan of the stage under way. */
	readonly #best: KeptPlan;
	readonly #stages: Stages;

	/** @param start - routes to begin from, per team in order; visits that no longer fit there are put elsewhere */
	constructor(model: Model, seed: number | string, start?: readonly (readonly number[])[]) {
		const { visits } = model;
		this.model = model;
		this.routes = new Routes(model);
		this.#random = seeded(seed);
		this.#absent = new Int32Array(visits);
		this.#nextAbsent = new Int32Array(visits);
		this.#tried = new TriedVisits(visits);
		const isOut = (visit: number) => this.routes.routeOf[visit]! < 0 && !this.#round.isRemoved[visit];
		this.#choice = { isAll: true, near: undefined, isOut, random: this.#random };
		this.#open = new OpenTeams(this.routes, model);
		this.#best = new KeptPlan(model);
		this.#precedence = model.followers.length ? new Precedence(this.routes) : undefined;
		this.#near = new Neighbours(model);
		this.#stages = new Stages(model, this.#random, this.#near);
		this.#round = new Round(this.routes, this.#precedence);
		this.#ruin = new Ruin(this.#round, this.#random, this.#near, this.#precedence);
		this.#gaps = new KnownGaps(this.routes, this.#open, this.#random, this.#round.isTouched);
		this.#exchange = Exchange.suits(model) ? new Exchange(this.routes, this.#random, this.#near) : undefined;
		this.#orders = new Orders(model);
		this.#hasOptional = model.must.includes(0);
		this.#begin(start ?? []);
		const absent = this.#absent.subarray(0, this.#absentCount);
		this.#tuning = tuned(model, this.#priceOfRoutes(), absent);
	}

	/** The best plan so far: visits per team, in order. */
	best(): number[][] {
		return this.#stages.earlier(this.#best.cost)?.plan.map((route) => [...route]) ?? this.#best.routes();
	}

	/** Its price: routes, and prizes of what is left out. */
	get bestCost(): number {
		return this.#stages.earlier(this.#best.cost)?.cost ?? this.#best.cost;
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
		const stages = this.#stages;
		const whole = rounds / (to - from);
		for (let done = 0; done < rounds;) {
			const share = from + done / whole;
			if (stages.isOver(share, whole)) this.#begin(stages.goOn(share, whole, this.#best));
			const step = stages.step(rounds - done, share, whole);
			done += step.rounds;
			this.#anneal(step);
		}
	}

	/** Rounds with falling temperature; shares are of one whole annealing. */
	#anneal({ rounds, from, to }: Step): void {
		const { hot, cold, removed, exchanges } = paced(this.#tuning, this.model.visits, rounds / (to - from));
		const round = this.#round;
		const cooling = Math.log(cold / hot);
		let temperature = hot * Math.exp(cooling * from);
		const factor = Math.exp((cooling * (to - from)) / rounds);
		for (let i = 0; i < rounds; i++) {
			temperature *= factor;
			if (this.#exchange) for (let k = 0; k < exchanges; k++) this.#tryExchange(this.#exchange, temperature);
			round.price = this.#cost;
			this.#precedence?.keep();
			this.#enough = this.#cost - temperature * Math.log(this.#random.next() || Number.MIN_VALUE);
			this.#ruin.run(this.model.visits - this.#absentCount, removed, this.#tuning);
			this.#recreate();
			if (round.price < this.#enough) {
				this.#accept();
				round.settle();
				if (this.#cost < this.#best.cost - 1e-9) this.#remember();
			} else round.undo(this.#absent, this.#absentCount);
			round.end();
			this.iterations++;
		}
	}

	#tryExchange(exchange: Exchange, temperature: number): void {
		const change = exchange.attempt(temperature);
		if (change === undefined) return;
		this.#cost += change;
		this.#round.used -= exchange.emptied();
		if (this.#cost < this.#best.cost - 1e-9) this.#remember();
	}

	/** Begins with a plan in which much may be missing: all of that is tried. */
	#begin(plan: readonly (readonly number[])[]): void {
		this.#isAnew = true;
		this.adopt(plan);
		this.#isAnew = false;
	}

	/**
	 * Hears of a plan that another search of the same problem has found: goes on from it, or crosses it with its own.
	 *
	 * @param cost - what it costs there
	 */
	meet(plan: readonly (readonly number[])[], cost: number): void {
		if (!this.#stages.take({ plan: plan.map((route) => [...route]), cost })) this.adopt(plan);
	}

	/** Goes on from another plan than its own. */
	adopt(plan: readonly (readonly number[])[]): void {
		const { routes, model } = this;
		const round = this.#round;
		layOut(routes, this.#precedence, plan);
		let left = 0;
		for (let visit = 0; visit < model.visits; visit++) if (routes.routeOf[visit]! < 0) this.#absent[left++] = visit;
		this.#absentCount = left;
		round.used = 0;
		for (let team = 0; team < model.teams; team++) if (routes.length[team]! > 0) round.used++;
		round.isTouched.fill(1);
		// A round that was given up on leaves no price behind.
		round.price = this.#price();
		this.#enough = Infinity;
		this.#recreate();
		round.isTouched.fill(0);
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

	#accept(): void {
		const absent = this.#absent;
		this.#absent = this.#nextAbsent;
		this.#nextAbsent = absent;
		this.#absentCount = this.#nextCount;
		this.#cost = this.#round.price;
	}

	#recreate(): void {
		const { routes, model } = this;
		const round = this.#round;
		const tried = this.#tried;
		this.#open.gather();
		const { list } = this.#orders;
		this.#choice.isAll = this.#isAnew;
		this.#choice.near = this.#isAnew ? undefined : this.#near.of(this.#ruin.seed);
		tried.choose(this.#absent, this.#absentCount, this.#choice);
		this.#orders.mix(this.#random, tried.list, tried.count, round.removed, round.removedCount);
		const todo = tried.count + round.removedCount;
		this.#isGenerous = this.#hasOptional && !this.#isAnew && this.#random.next() < GENEROUS;
		let left = 0;
		if (tried.count < this.#absentCount)
			for (let i = 0; i < this.#absentCount; i++)
				if (!tried.has[this.#absent[i]!]) this.#nextAbsent[left++] = this.#absent[i]!;
		tried.clear();
		// What the round costs at the least, as if the rest were put in for nothing. Not worth going on above `#enough`.
		let atLeast = this.#precedence ? -Infinity : round.price;
		for (let i = 0; i < todo; i++) atLeast -= model.prize[list[i]!]!;
		for (let i = 0; i < todo && atLeast < this.#enough; i++) {
			const visit = list[i]!;
			const before = model.after[visit]!;
			const price = round.price;
			const isPlaced =
				before < 0
					? this.#put(visit, this.#enough - atLeast)
					: routes.routeOf[before]! >= 0 && this.#putFollower(visit);
			if (!isPlaced) this.#nextAbsent[left++] = visit;
			atLeast += round.price - price + model.prize[visit]!;
		}
		if (atLeast >= this.#enough) round.price = Infinity;
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

	/**
	 * Puts a visit where it costs least, if that is less than leaving it out.
	 *
	 * @param most - at this price and above the round is not kept, so nothing more is put in
	 */
	#put(visit: number, most: number): boolean {
		const gaps = this.#gaps;
		const below = this.model.prize[visit]! + (this.#isGenerous ? this.#gift() : 0);
		if (!gaps.find(visit, below)) return false;
		if (gaps.price >= most) {
			this.#round.price = Infinity;
			return false;
		}
		this.#insert(visit, gaps.team, gaps.behind, gaps.price);
		return true;
	}

	/** What a visit may cost above its prize. */
	#gift(): number {
		const draw = this.#random.next();
		return draw < 0.5 ? 0 : -Math.log(2 - 2 * draw) * this.#tuning.hot;
	}

	#insert(visit: number, team: number, behind: number, price: number): void {
		if (this.#round.insert(visit, team, behind, price)) this.#open.openNext(team);
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
		this.#round.touch(best);
		this.#precedence!.bind(visit, best, (team) => this.#round.touch(team));
		this.#insert(visit, best, behind, cost);
		return true;
	}
}
