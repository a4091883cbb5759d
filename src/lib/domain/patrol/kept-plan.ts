// The best plan of a search, kept beside the one it works on. Nothing is allocated while it is kept.

import type { Model } from './model.ts';
import type { Routes } from './routes.ts';

export class KeptPlan {
	cost = Infinity;
	readonly #visits: Int32Array;
	readonly #length: Int32Array;

	constructor({ visits, teams }: Model) {
		this.#visits = new Int32Array(visits);
		this.#length = new Int32Array(teams);
	}

	/** @param cost - price of the routes and of everything left out */
	keep(routes: Routes, cost: number): void {
		this.cost = cost;
		let to = 0;
		for (let team = 0; team < this.#length.length; team++) {
			const base = routes.base[team]!;
			const length = routes.length[team]!;
			this.#length[team] = length;
			for (let at = base + 1; at <= base + length; at++) this.#visits[to++] = routes.visitAt[at]!;
		}
	}

	/** The next plan is kept whatever it costs. */
	forget(): void {
		this.cost = Infinity;
	}

	/** Visits per team, in order. */
	routes(): number[][] {
		let at = 0;
		return Array.from(this.#length, (length) => [...this.#visits.subarray(at, (at += length))]);
	}
}
