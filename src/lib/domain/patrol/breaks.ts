// Times of a route whose team takes breaks. Per stop there is one pair of times for every count of breaks taken so far:
// the earliest start of work, seen from the beginning of the day, and the latest arrival from which the rest of the
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
		const leave = this.#leave;
		const counts = this.#counts;
		const first = this.#model.breakAt[team]!;
		const breaks = this.#breaksOf(team);
		for (let taken = 0; taken <= breaks; taken++) {
			let ready = leave[at * counts + taken]! + minutes;
			if (taken > 0) {
				const rest = first + taken - 1;
				ready = Math.min(
					ready,
					afterBreak(this.#model, rest, leave[at * counts + taken - 1]!) + minutes,
					afterBreak(this.#model, rest, arriving[taken - 1]!),
				);
			}
			arriving[taken] = ready;
		}
		return arriving;
	}

	/** Latest leaving with `taken` breaks behind it, for a leg that ends at `at`. */
	#leaveInTime(team: number, taken: number, minutes: number, at: number): number {
		const late = this.#late;
		const counts = this.#counts;
		const by = late[at * counts + taken]! - minutes;
		if (taken === this.#breaksOf(team)) return by;
		const rest = this.#model.breakAt[team]! + taken;
		return Math.max(by, beforeBreak(this.#model, rest, late[at * counts + taken + 1]! - minutes));
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
		for (let at = base + 1; at < end; at++) {
			const visit = visitAt[at]!;
			const arriving = this.#arrive(team, at - 1, this.#minutes(placeAt[at - 1]!, placeAt[at]!));
			let soonest = Infinity;
			for (let taken = 0; taken <= breaks; taken++) {
				const left = routes.startAt(visit, arriving[taken]!) + model.service[visit]!;
				leave[at * counts + taken] = left;
				if (left < soonest) soonest = left;
			}
			routes.leaveAt[at] = soonest;
		}
		late[end * counts + breaks] = model.shiftTo[team]!;
		for (let taken = breaks - 1; taken >= 0; taken--)
			late[end * counts + taken] = beforeBreak(model, model.breakAt[team]! + taken, late[end * counts + taken + 1]!);
		routes.lateAt[end] = model.shiftTo[team]!;
		for (let at = end - 1; at > base; at--) {
			const drive = this.#minutes(placeAt[at]!, placeAt[at + 1]!);
			let latest = -Infinity;
			for (let taken = breaks; taken >= 0; taken--) {
				let by = routes.latestStart(visitAt[at]!, this.#leaveInTime(team, taken, drive, at + 1));
				if (taken < breaks)
					by = Math.max(by, beforeBreak(model, model.breakAt[team]! + taken, late[at * counts + taken + 1]!));
				late[at * counts + taken] = by;
				if (by > latest) latest = by;
			}
			routes.lateAt[at] = latest;
		}
	}

	/** Whether a visit fits behind a position, with every break still taken. */
	fits(visit: number, team: number, behind: number): boolean {
		const routes = this.#routes;
		const place = this.#model.place[visit]!;
		const at = routes.base[team]! + behind;
		const drive = this.#minutes(place, routes.placeAt[at + 1]!);
		const arriving = this.#arrive(team, at, this.#minutes(routes.placeAt[at]!, place));
		for (let taken = 0; taken <= this.#breaksOf(team); taken++) {
			const left = routes.startAt(visit, arriving[taken]!) + this.#model.service[visit]!;
			if (left <= this.#leaveInTime(team, taken, drive, at + 1)) return true;
		}
		return false;
	}

	isInTime(team: number): boolean {
		const routes = this.#routes;
		const at = routes.base[team]! + 1;
		const arriving = this.#arrive(team, at - 1, this.#minutes(routes.placeAt[at - 1]!, routes.placeAt[at]!));
		for (let taken = 0; taken <= this.#breaksOf(team); taken++)
			if (arriving[taken]! <= this.#late[at * this.#counts + taken]!) return true;
		return false;
	}

	/** The latest of the earliest leaving times over all possible counts of breaks. */
	leftAt(at: number, team: number): number {
		let left = -Infinity;
		for (let taken = 0; taken <= this.#breaksOf(team); taken++) {
			const one = this.#leave[at * this.#counts + taken]!;
			if (one < Infinity && one > left) left = one;
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

/** End of a break begun as early as possible from `ready`; Infinity when it is too late to begin it. */
export function afterBreak({ breakFrom, breakTo, breakMinutes }: Model, rest: number, ready: number): number {
	const begin = ready > breakFrom[rest]! ? ready : breakFrom[rest]!;
	return begin <= breakTo[rest]! + ROUNDING ? begin + breakMinutes[rest]! : Infinity;
}

/** Latest moment to be ready for a break that must be over by `by`; -Infinity when it cannot. */
function beforeBreak({ breakFrom, breakTo, breakMinutes }: Model, rest: number, by: number): number {
	const begin = by - breakMinutes[rest]! < breakTo[rest]! ? by - breakMinutes[rest]! : breakTo[rest]!;
	return begin >= breakFrom[rest]! - ROUNDING ? begin : -Infinity;
}
