// What one round of the search has taken out and changed so far, so that it can be counted and taken back. Nothing is
// allocated per round.

import type { Model } from './model.ts';
import type { Precedence } from './precedence.ts';
import type { Routes } from './routes.ts';

export class Round {
	readonly routes: Routes;
	/** Visits taken out in this round; the first `removedCount` of these. */
	readonly removed: Int32Array;
	removedCount = 0;
	readonly isRemoved: Uint8Array;
	/** Teams whose routes have changed; the first `touchedCount` of these. */
	readonly touched: Int32Array;
	touchedCount = 0;
	readonly isTouched: Uint8Array;
	/** Teams with a route. */
	used = 0;
	/** Price of the plan as it stands in the round. */
	price = 0;
	readonly #removedFrom: Int32Array;
	readonly #model: Model;
	readonly #precedence: Precedence | undefined;

	constructor(routes: Routes, precedence: Precedence | undefined) {
		const { visits, teams } = routes.model;
		this.routes = routes;
		this.#model = routes.model;
		this.#precedence = precedence;
		this.removed = new Int32Array(visits);
		this.#removedFrom = new Int32Array(visits);
		this.isRemoved = new Uint8Array(visits);
		this.touched = new Int32Array(teams);
		this.isTouched = new Uint8Array(teams);
	}

	/** Has to come before the first change of a route. */
	touch(team: number): void {
		if (this.isTouched[team]) return;
		this.isTouched[team] = 1;
		this.touched[this.touchedCount++] = team;
		this.routes.keep(team);
	}

	/** Takes stops out of a route that has been touched. */
	take(team: number, position: number, count: number): void {
		const { routes } = this;
		const at = routes.base[team]! + position;
		for (let i = 0; i < count; i++) {
			const visit = routes.visitAt[at + i]!;
			this.removed[this.removedCount++] = visit;
			this.#removedFrom[visit] = team;
			this.isRemoved[visit] = 1;
			this.price += this.#model.prize[visit]!;
		}
		routes.cut(team, position, count);
	}

	/** @returns whether the team had no route before */
	insert(visit: number, team: number, behind: number, price: number): boolean {
		const { routes } = this;
		this.touch(team);
		routes.insert(visit, team, behind, price);
		this.price += price - this.#model.prize[visit]!;
		if (routes.length[team] !== 1) return false;
		this.used++;
		return true;
	}

	/** Routes that stand as they did before the round are known as before. */
	settle(): void {
		// Hand-overs move times where the order stays.
		if (this.#precedence) return;
		for (let i = 0; i < this.touchedCount; i++) this.routes.settle(this.touched[i]!);
	}

	/** @param absent - the first `count` of it were absent before the round */
	undo(absent: Int32Array, count: number): void {
		const { routes } = this;
		for (let i = 0; i < this.touchedCount; i++) {
			const team = this.touched[i]!;
			const now = routes.length[team]! > 0 ? 1 : 0;
			routes.undo(team);
			this.used += (routes.length[team]! > 0 ? 1 : 0) - now;
		}
		for (let i = 0; i < count; i++) routes.routeOf[absent[i]!] = -1;
		for (let i = 0; i < this.removedCount; i++) {
			const visit = this.removed[i]!;
			routes.routeOf[visit] = this.#removedFrom[visit]!;
		}
		this.#precedence?.undo();
	}

	/** Forgets what has been touched and taken out. */
	end(): void {
		for (let i = 0; i < this.touchedCount; i++) this.isTouched[this.touched[i]!] = 0;
		this.touchedCount = 0;
		for (let i = 0; i < this.removedCount; i++) this.isRemoved[this.removed[i]!] = 0;
		this.removedCount = 0;
	}
}
