// Times of a route whose team takes breaks. Per stop there is one pair of times for every count of breaks taken so far:
// the earliest leaving, seen from the beginning of the day, and the latest arrival from which the rest of the
// day still works out. A break is taken before or behind a drive, in the order of its windows.

import type { Model } from './model.ts';
import { ROUNDING } from './rounding.ts';
import type { Routes } from './routes.ts';

export class BreakTimes {
	readonly #routes: Routes;
	readonly #model: Model;
	/** Breaks a team may have, plus one. */
	readonly #counts: number;
	/** [place of the route][position][breaks taken] */
	readonly #leave: Float64Array;
	readonly #late: Float64Array;
	readonly #arriving: Float64Array;
	readonly #leaving: Float64Array;

	constructor(routes: Routes) {
		const { model } = routes;
		let counts = 1;
		for (let team = 0; team < model.teams; team++)
			counts = Math.max(counts, model.breakAt[team + 1]! - model.breakAt[team]! + 1);
		this.#routes = routes;
		this.#model = model;
		this.#counts = counts;
		const size = 2 * model.teams * routes.stride * counts;
		this.#leave = new Float64Array(size);
		this.#late = new Float64Array(size);
		this.#arriving = new Float64Array(counts);
		this.#leaving = new Float64Array(counts);
	}

	#breaksOf(team: number): number {
		return this.#model.breakAt[team + 1]! - this.#model.breakAt[team]!;
	}

	/** Earliest arrivals per count of breaks behind a leg that begins at `at`. */
	#arrive(team: number, at: number, minutes: number): Float64Array {
		const arriving = this.#arriving;
		const breaks = this.#breaksOf(team);
		for (let taken = 0; taken <= breaks; taken++) arriving[taken] = this.#leave[at * this.#counts + taken]! + minutes;
		this.#rest(team, arriving, 0);
		return arriving;
	}

	/** Earliest times per count of breaks, with breaks taken right there where that is sooner. */
	#rest(team: number, times: Float64Array, offset: number): void {
		const first = this.#model.breakAt[team]!;
		const breaks = this.#breaksOf(team);
		for (let taken = 1; taken <= breaks; taken++) {
			const rested = afterBreak(this.#model, first + taken - 1, times[offset + taken - 1]!);
			if (rested < times[offset + taken]!) times[offset + taken] = rested;
		}
	}

	/** Latest leaving per count of breaks, for a leg that ends at `at`. */
	#leaveInTime(team: number, minutes: number, at: number): Float64Array {
		const leaving = this.#leaving;
		const breaks = this.#breaksOf(team);
		for (let taken = 0; taken <= breaks; taken++) leaving[taken] = this.#late[at * this.#counts + taken]! - minutes;
		this.#restBefore(team, leaving, 0);
		return leaving;
	}

	/** Latest times per count of breaks, with breaks taken right there where that may be later. */
	#restBefore(team: number, times: Float64Array, offset: number): void {
		const first = this.#model.breakAt[team]!;
		for (let taken = this.#breaksOf(team) - 1; taken >= 0; taken--) {
			const by = beforeBreak(this.#model, first + taken, times[offset + taken + 1]!);
			if (by > times[offset + taken]!) times[offset + taken] = by;
		}
	}

	recount(team: number): void {
		const routes = this.#routes;
		const model = this.#model;
		const counts = this.#counts;
		const { placeAt, visitAt } = routes;
		const leave = this.#leave;
		const late = this.#late;
		const breaks = this.#breaksOf(team);
		const base = routes.base[team]!;
		const end = base + routes.length[team]! + 1;

		for (let taken = 0; taken <= breaks; taken++)
			leave[base * counts + taken] = taken === 0 ? model.shiftFrom[team]! : Infinity;
		this.#rest(team, leave, base * counts);
		for (let at = base + 1; at < end; at++) {
			const visit = visitAt[at]!;
			const arriving = this.#arrive(team, at - 1, this.#minutes(placeAt[at - 1]!, placeAt[at]!));
			for (let taken = 0; taken <= breaks; taken++)
				leave[at * counts + taken] = routes.startAt(visit, arriving[taken]!) + model.service[visit]!;
			this.#rest(team, leave, at * counts);
			routes.leaveAt[at] = least(leave, at * counts, breaks);
		}
		late.fill(-Infinity, end * counts, end * counts + breaks);
		late[end * counts + breaks] = model.shiftTo[team]!;
		this.#restBefore(team, late, end * counts);
		routes.lateAt[end] = model.shiftTo[team]!;
		for (let at = end - 1; at > base; at--) {
			const leaving = this.#leaveInTime(team, this.#minutes(placeAt[at]!, placeAt[at + 1]!), at + 1);
			for (let taken = 0; taken <= breaks; taken++)
				late[at * counts + taken] = routes.latestStart(visitAt[at]!, leaving[taken]!);
			this.#restBefore(team, late, at * counts);
			routes.lateAt[at] = most(late, at * counts, breaks);
		}
	}

	/** As `Routes.isPossible`, with every break still taken. */
	isPossible(team: number): boolean {
		const { base, placeAt } = this.#routes;
		const at = base[team]!;
		const arriving = this.#arrive(team, at, this.#minutes(placeAt[at]!, placeAt[at + 1]!));
		const late = (at + 1) * this.#counts;
		for (let taken = 0; taken <= this.#breaksOf(team); taken++)
			if (arriving[taken]! <= this.#late[late + taken]! + ROUNDING) return true;
		return false;
	}

	/** Whether a visit fits behind a position, with every break still taken. */
	fits(visit: number, team: number, behind: number): boolean {
		const routes = this.#routes;
		const place = this.#model.place[visit]!;
		const at = routes.base[team]! + behind;
		const arriving = this.#arrive(team, at, this.#minutes(routes.placeAt[at]!, place));
		const leaving = this.#leaveInTime(team, this.#minutes(place, routes.placeAt[at + 1]!), at + 1);
		for (let taken = 0; taken <= this.#breaksOf(team); taken++)
			if (routes.startAt(visit, arriving[taken]!) + this.#model.service[visit]! <= leaving[taken]!) return true;
		return false;
	}

	/** The earliest leaving from which the rest of the day still works out. */
	leftAt(at: number, team: number): number {
		const { placeAt, visitAt } = this.#routes;
		const visit = visitAt[at]!;
		const arriving = this.#arrive(team, at - 1, this.#minutes(placeAt[at - 1]!, placeAt[at]!));
		const leaving = this.#leaveInTime(team, this.#minutes(placeAt[at]!, placeAt[at + 1]!), at + 1);
		let left = Infinity;
		for (let taken = 0; taken <= this.#breaksOf(team); taken++) {
			const one = this.#routes.startAt(visit, arriving[taken]!) + this.#model.service[visit]!;
			if (one <= leaving[taken]! + ROUNDING && one < left) left = one;
		}
		return left;
	}

	copy(from: number, to: number, length: number): void {
		const counts = this.#counts;
		this.#leave.copyWithin(to * counts, from * counts, (from + length + 2) * counts);
		this.#late.copyWithin(to * counts, from * counts, (from + length + 2) * counts);
	}

	#minutes(from: number, to: number): number {
		return this.#model.minutes[from * this.#model.places + to]!;
	}
}

function least(times: Float64Array, from: number, breaks: number): number {
	let least = times[from]!;
	for (let i = from + 1; i <= from + breaks; i++) if (times[i]! < least) least = times[i]!;
	return least;
}

function most(times: Float64Array, from: number, breaks: number): number {
	let most = times[from]!;
	for (let i = from + 1; i <= from + breaks; i++) if (times[i]! > most) most = times[i]!;
	return most;
}

/** End of a break begun as early as possible from `ready`; Infinity when it is too late to begin it. */
function afterBreak({ breakFrom, breakTo, breakMinutes }: Model, rest: number, ready: number): number {
	const begin = ready > breakFrom[rest]! ? ready : breakFrom[rest]!;
	return begin <= breakTo[rest]! + ROUNDING ? begin + breakMinutes[rest]! : Infinity;
}

/** Latest moment to be ready for a break that must be over by `by`; -Infinity when it cannot. */
function beforeBreak({ breakFrom, breakTo, breakMinutes }: Model, rest: number, by: number): number {
	const begin = by - breakMinutes[rest]! < breakTo[rest]! ? by - breakMinutes[rest]! : breakTo[rest]!;
	return begin >= breakFrom[rest]! - ROUNDING ? begin : -Infinity;
}
