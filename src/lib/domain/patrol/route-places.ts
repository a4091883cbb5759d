// The numbers of all routes of a plan under search, side by side, and how a change is undone by standing back. What they
// mean is worked out in routes.ts.

import type { Model } from './model.ts';

/**
 * Positions of a route: 0 is the start, 1 to `length` are stops, `length + 1` is the end. What is kept per position
 * stands at `base[team] + position`. Every route has two places to stand, so that a change is undone by standing back.
 */
export class RoutePlaces {
	readonly model: Model;
	readonly stride: number;
	readonly base: Int32Array;
	readonly length: Int32Array;
	readonly load: Float64Array;
	/** Minutes travelled and worked; kept up only where fairness is asked for. */
	readonly work: Float64Array;
	/** Travel cost, team cost and fairness of a route. */
	readonly cost: Float64Array;
	/** Grows with every change of a route; an undone change takes it back, so what was remembered of it holds again. */
	readonly version: Float64Array;
	/** Route of a visit, -1 while it is not planned. */
	readonly routeOf: Int32Array;
	/** Position of a planned visit in its route. */
	readonly standsAt: Int32Array;
	/** Bounds that a precedence across teams puts on the start of a visit and on leaving its predecessor. */
	readonly noEarlier: Float64Array;
	readonly leaveBy: Float64Array;
	readonly visitAt: Int32Array;
	readonly placeAt: Int32Array;
	readonly leaveAt: Float64Array;
	readonly lateAt: Float64Array;
	/** Cost of the leg that ends at a position; 0 into the end of an empty route. */
	readonly legAt: Float64Array;
	readonly #kept: {
		length: Int32Array;
		load: Float64Array;
		work: Float64Array;
		cost: Float64Array;
		version: Float64Array;
	};

	constructor(model: Model) {
		const { teams, visits } = model;
		this.model = model;
		this.stride = visits + 2;
		this.base = Int32Array.from({ length: teams }, (_, team) => team * this.stride);
		this.length = new Int32Array(teams);
		this.load = new Float64Array(teams);
		this.work = new Float64Array(teams);
		this.cost = new Float64Array(teams);
		this.version = new Float64Array(teams);
		this.routeOf = new Int32Array(visits).fill(-1);
		this.standsAt = new Int32Array(visits);
		this.noEarlier = new Float64Array(visits).fill(-Infinity);
		this.leaveBy = new Float64Array(visits).fill(Infinity);
		const slots = 2 * teams * this.stride;
		this.visitAt = new Int32Array(slots);
		this.placeAt = new Int32Array(slots);
		this.leaveAt = new Float64Array(slots);
		this.lateAt = new Float64Array(slots);
		this.legAt = new Float64Array(slots);
		this.#kept = {
			length: new Int32Array(teams),
			load: new Float64Array(teams),
			work: new Float64Array(teams),
			cost: new Float64Array(teams),
			version: new Float64Array(teams),
		};
	}

	/** Moves a route to its other place, so that `undo` can go back. */
	keep(team: number): void {
		const { visitAt, placeAt, leaveAt, lateAt, legAt } = this;
		const kept = this.#kept;
		const length = this.length[team]!;
		kept.length[team] = length;
		kept.load[team] = this.load[team]!;
		kept.work[team] = this.work[team]!;
		kept.cost[team] = this.cost[team]!;
		kept.version[team] = this.version[team]!;
		const old = this.base[team]!;
		const base = (this.base[team] = this.#otherBase(team));
		for (let i = 0; i <= length + 1; i++) {
			visitAt[base + i] = visitAt[old + i]!;
			placeAt[base + i] = placeAt[old + i]!;
			leaveAt[base + i] = leaveAt[old + i]!;
			lateAt[base + i] = lateAt[old + i]!;
			legAt[base + i] = legAt[old + i]!;
		}
	}

	/** Takes back everything since `keep` but `routeOf`. */
	undo(team: number): void {
		const kept = this.#kept;
		const base = (this.base[team] = this.#otherBase(team));
		const length = (this.length[team] = kept.length[team]!);
		for (let position = 1; position <= length; position++) this.standsAt[this.visitAt[base + position]!] = position;
		this.load[team] = kept.load[team]!;
		this.work[team] = kept.work[team]!;
		this.cost[team] = kept.cost[team]!;
		this.version[team] = kept.version[team]!;
	}

	/** A route that stands as it did at `keep` takes its version back, so that what was remembered of it still holds. */
	settle(team: number): void {
		const { visitAt } = this;
		const length = this.length[team]!;
		if (length !== this.#kept.length[team]) return;
		const base = this.base[team]!;
		const old = this.#otherBase(team);
		for (let i = 1; i <= length; i++) if (visitAt[base + i] !== visitAt[old + i]) return;
		this.version[team] = this.#kept.version[team]!;
	}

	#otherBase(team: number): number {
		const home = team * this.stride;
		return this.base[team] === home ? home + this.model.teams * this.stride : home;
	}
}
