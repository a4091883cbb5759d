// The routes of a plan under search: who visits what in which order, and between which times that stays possible.
//
// For every stop the earliest leaving and the latest arrival are kept. With both, whether a visit fits between two
// stops is a handful of comparisons (Savelsbergh's forward and backward slack). Where routes are kept: route-places.ts;
// teams with breaks: breaks.ts.

import { BreakTimes } from './breaks.ts';
import type { Model } from './model.ts';
import { ROUNDING } from './rounding.ts';
import { RoutePlaces } from './route-places.ts';

export class Routes extends RoutePlaces {
	/** Teams without a break whose minutes all weigh the same: a gap is judged by comparisons. */
	readonly isPlain: Uint8Array;
	/** What `scan` found: the cheapest two gaps, by the position they lie behind. */
	cost1 = Infinity;
	at1 = -1;
	cost2 = Infinity;
	at2 = -1;
	readonly #breaks: BreakTimes | undefined;
	readonly #hasBreaks: Uint8Array;
	#changes = 0;

	constructor(model: Model) {
		super(model);
		const { teams } = model;
		this.#hasBreaks = Uint8Array.from({ length: teams }, (_, t) => (model.breakAt[t + 1]! > model.breakAt[t]! ? 1 : 0));
		this.isPlain = this.#hasBreaks.map((breaks, team) => (breaks || model.fairness[team]! > 0 ? 0 : 1));
		this.#breaks = this.#hasBreaks.includes(1) ? new BreakTimes(this) : undefined;
		for (let team = 0; team < teams; team++) this.#empty(team);
	}

	#empty(team: number): void {
		const { model, base, placeAt } = this;
		placeAt[base[team]!] = model.from[team]!;
		placeAt[base[team]! + 1] = model.to[team]!;
		this.length[team] = 0;
		this.recount(team);
	}

	/** Earliest start of work for an arrival, Infinity when every window has closed. */
	startAt(visit: number, arrive: number): number {
		const { windowAt, windowFrom, windowTo, service } = this.model;
		const ready = arrive > this.noEarlier[visit]! ? arrive : this.noEarlier[visit]!;
		for (let w = windowAt[visit]!; w < windowAt[visit + 1]!; w++)
			if (ready <= windowTo[w]! + ROUNDING) {
				const start = ready > windowFrom[w]! ? ready : windowFrom[w]!;
				return start + service[visit]! <= this.leaveBy[visit]! + ROUNDING ? start : Infinity;
			}
		return Infinity;
	}

	/** Latest start of work that leaves by a time, -Infinity when there is none. */
	latestStart(visit: number, leaveBy: number): number {
		const { windowAt, windowFrom, windowTo, service } = this.model;
		const by = (leaveBy < this.leaveBy[visit]! ? leaveBy : this.leaveBy[visit]!) - service[visit]!;
		for (let w = windowAt[visit + 1]! - 1; w >= windowAt[visit]!; w--) {
			const start = by < windowTo[w]! ? by : windowTo[w]!;
			if (start >= windowFrom[w]! - ROUNDING) return start >= this.noEarlier[visit]! - ROUNDING ? start : -Infinity;
		}
		return -Infinity;
	}

	/**
	 * Looks for the two cheapest gaps of a route in which a visit fits, from behind a position on; the answer stands
	 * in `cost1`, `at1`, `cost2`, `at2`.
	 */
	scan(visit: number, team: number, behind: number): void {
		this.cost1 = this.cost2 = Infinity;
		this.at1 = this.at2 = -1;
		const { model, leaveAt, lateAt, placeAt, legAt } = this;
		if (!model.allowed[team * model.visits + visit]) return;
		if (this.load[team]! + model.load[visit]! > model.capacity[team]!) return;
		const { minutes, minutesTo, cost, costTo } = model;
		const row = model.place[visit]! * model.places;
		const service = model.service[visit]!;
		const closes = model.closes[visit]!;
		const length = this.length[team]!;
		const base = this.base[team]!;
		const fairness = model.fairness[team]!;
		const opening = length === 0 ? model.teamCost[team]! : 0;
		const work = this.work[team]!;
		const breaks = this.#hasBreaks[team]! ? this.#breaks : undefined;
		for (let at = base + behind; at <= base + length; at++) {
			const left = leaveAt[at]!;
			if (left > closes) break;
			const to = row + placeAt[at]!;
			const on = row + placeAt[at + 1]!;
			let price = opening + costTo[to]! + cost[on]! - legAt[at + 1]!;
			if (fairness > 0) {
				const direct = length === 0 ? 0 : minutes[placeAt[at]! * model.places + placeAt[at + 1]!]!;
				const added = minutesTo[to]! + service + minutes[on]! - direct;
				price += fairness * added * (2 * work + added);
			}
			if (price >= this.cost2) continue;
			// What even the best case does not allow need not be looked at closely.
			const arrive = left + minutesTo[to]!;
			const late = lateAt[at + 1]! - minutes[on]! - service;
			if (arrive > closes || late < model.opens[visit]! || arrive > late) continue;
			if (breaks ? !breaks.fits(visit, team, at - base) : this.startAt(visit, arrive) > late + ROUNDING) continue;
			if (price < this.cost1) {
				this.cost2 = this.cost1;
				this.at2 = this.at1;
				this.cost1 = price;
				this.at1 = at - base;
			} else {
				this.cost2 = price;
				this.at2 = at - base;
			}
		}
	}

	/** Puts a visit into a gap that `scan` has found; `price` is what was said there. */
	insert(visit: number, team: number, behind: number, price: number): void {
		const { model, visitAt, placeAt, leaveAt, lateAt, legAt, standsAt } = this;
		const base = this.base[team]!;
		const length = ++this.length[team]!;
		const at = base + behind + 1;
		const end = base + length + 1;
		placeAt[end] = placeAt[end - 1]!;
		lateAt[end] = lateAt[end - 1]!;
		legAt[end] = legAt[end - 1]!;
		for (let i = end - 1; i > at; i--) {
			const moved = visitAt[i - 1]!;
			visitAt[i] = moved;
			standsAt[moved] = i - base;
			placeAt[i] = placeAt[i - 1]!;
			leaveAt[i] = leaveAt[i - 1]!;
			lateAt[i] = lateAt[i - 1]!;
			legAt[i] = legAt[i - 1]!;
		}
		const { cost, places } = model;
		const place = model.place[visit]!;
		visitAt[at] = visit;
		standsAt[visit] = behind + 1;
		placeAt[at] = place;
		legAt[at] = cost[placeAt[at - 1]! * places + place]!;
		legAt[at + 1] = cost[place * places + placeAt[at + 1]!]!;
		leaveAt[at] = NaN;
		lateAt[at] = NaN;
		this.routeOf[visit] = team;
		this.load[team]! += model.load[visit]!;
		this.cost[team]! += price;
		this.version[team] = ++this.#changes;
		if (model.fairness[team]! > 0) this.work[team] = this.#workOf(team);
		this.#time(team, at, at);
	}

	/** Takes `count` stops out of a route from a position on; `recount` has to follow. */
	cut(team: number, position: number, count: number): void {
		const { visitAt, placeAt } = this;
		const base = this.base[team]!;
		const end = base + this.length[team]! + 1 - count;
		for (let i = base + position; i < base + position + count; i++) this.routeOf[visitAt[i]!] = -1;
		for (let i = base + position; i < end; i++) {
			const moved = visitAt[i + count]!;
			visitAt[i] = moved;
			this.standsAt[moved] = i - base;
			placeAt[i] = placeAt[i + count]!;
		}
		placeAt[end] = placeAt[end + count]!;
		this.length[team]! -= count;
	}

	/** Gives a route other stops, in order. */
	lay(team: number, stops: Int32Array, count: number): void {
		const { model, visitAt, placeAt } = this;
		const base = this.base[team]!;
		for (let i = 0; i < count; i++) {
			const visit = stops[i]!;
			visitAt[base + 1 + i] = visit;
			placeAt[base + 1 + i] = model.place[visit]!;
			this.routeOf[visit] = team;
			this.standsAt[visit] = i + 1;
		}
		placeAt[base + count + 1] = model.to[team]!;
		this.length[team] = count;
		this.recount(team);
	}

	/** Works out times, load and cost of a route anew. */
	recount(team: number): void {
		const { model, visitAt, placeAt, legAt, leaveAt, lateAt } = this;
		const { cost, places } = model;
		const base = this.base[team]!;
		const length = this.length[team]!;
		const end = base + length + 1;
		let load = 0;
		let price = 0;
		for (let at = base + 1; at < end; at++) {
			const leg = cost[placeAt[at - 1]! * places + placeAt[at]!]!;
			legAt[at] = leg;
			price += leg;
			load += model.load[visitAt[at]!]!;
			leaveAt[at] = NaN;
			lateAt[at] = NaN;
		}
		legAt[end] = length === 0 ? 0 : cost[placeAt[end - 1]! * places + placeAt[end]!]!;
		price += legAt[end]!;
		if (length > 0) price += model.teamCost[team]!;
		if (model.fairness[team]! > 0) {
			const work = (this.work[team] = this.#workOf(team));
			price += model.fairness[team]! * work * work;
		}
		this.load[team] = load;
		this.cost[team] = price;
		this.version[team] = ++this.#changes;
		leaveAt[base] = model.shiftFrom[team]!;
		lateAt[end] = model.shiftTo[team]!;
		this.#time(team, base + 1, end - 1);
	}

	/** Earliest leaving from `first` on, latest arrival from `last` back, until nothing changes any more. */
	#time(team: number, first: number, last: number): void {
		if (this.#hasBreaks[team]) return this.#breaks!.recount(team);
		const { model, visitAt, placeAt, leaveAt, lateAt } = this;
		const { minutes, places, opens, closes, service, isIntricate } = model;
		const base = this.base[team]!;
		const end = base + this.length[team]! + 1;
		for (let at = first; at < end; at++) {
			const visit = visitAt[at]!;
			let begin = leaveAt[at - 1]! + minutes[placeAt[at - 1]! * places + placeAt[at]!]!;
			if (isIntricate[visit]) begin = this.startAt(visit, begin);
			else if (begin < opens[visit]!) begin = opens[visit]!;
			begin += service[visit]!;
			if (leaveAt[at] === begin) break;
			leaveAt[at] = begin;
		}
		for (let at = last; at > base; at--) {
			const visit = visitAt[at]!;
			let begin = lateAt[at + 1]! - minutes[placeAt[at]! * places + placeAt[at + 1]!]!;
			if (isIntricate[visit]) begin = this.latestStart(visit, begin);
			else {
				begin -= service[visit]!;
				if (begin > closes[visit]!) begin = closes[visit]!;
			}
			if (lateAt[at] === begin) break;
			lateAt[at] = begin;
		}
	}

	/** Whether the day can be driven as it stands: work starts everywhere while what comes behind still works out. */
	isPossible(team: number): boolean {
		const length = this.length[team]!;
		if (length === 0) return true;
		if (this.#hasBreaks[team]) return this.#breaks!.isPossible(team);
		const { visitAt, leaveAt, lateAt, model } = this;
		const base = this.base[team]!;
		// Not the first alone: a latest arrival may lie before the window opens, and waiting for it is then too late.
		for (let at = base + 1; at <= base + length; at++)
			if (leaveAt[at]! - model.service[visitAt[at]!]! > lateAt[at]! + ROUNDING) return false;
		return true;
	}

	#workOf(team: number): number {
		const { model, visitAt, placeAt } = this;
		const base = this.base[team]!;
		const length = this.length[team]!;
		if (length === 0) return 0;
		let work = 0;
		for (let at = base + 1; at <= base + length; at++)
			work += model.minutes[placeAt[at - 1]! * model.places + placeAt[at]!]! + model.service[visitAt[at]!]!;
		return work + model.minutes[placeAt[base + length]! * model.places + placeAt[base + length + 1]!]!;
	}

	/** The earliest time by which a planned visit can be left. */
	leftAt(visit: number): number {
		const team = this.routeOf[visit]!;
		const at = this.base[team]! + this.standsAt[visit]!;
		return this.#hasBreaks[team] ? this.#breaks!.leftAt(at, team) : this.leaveAt[at]!;
	}

	override keep(team: number): void {
		const old = this.base[team]!;
		super.keep(team);
		if (this.#hasBreaks[team]) this.#breaks!.copy(old, this.base[team]!, this.length[team]!);
	}
}
