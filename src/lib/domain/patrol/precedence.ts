// Visits that begin only when another has been left. Inside one route the order says it; across routes the moment of
// hand-over is fixed when the later visit is put in: the first is left by then, the second begins no earlier.

import type { Routes } from './routes.ts';

export class Precedence {
	readonly #routes: Routes;
	readonly #noEarlier: Float64Array;
	readonly #leaveBy: Float64Array;

	constructor(routes: Routes) {
		this.#routes = routes;
		this.#noEarlier = routes.noEarlier.slice();
		this.#leaveBy = routes.leaveBy.slice();
	}

	keep(): void {
		this.#noEarlier.set(this.#routes.noEarlier);
		this.#leaveBy.set(this.#routes.leaveBy);
	}

	undo(): void {
		this.#routes.noEarlier.set(this.#noEarlier);
		this.#routes.leaveBy.set(this.#leaveBy);
	}

	/** Takes all bounds away; no visit with a bound is planned. */
	lift(): void {
		this.#routes.noEarlier.fill(-Infinity);
		this.#routes.leaveBy.fill(Infinity);
	}

	/** A visit whose predecessor has gone goes too; bounds that belonged to it are lifted. */
	cutFollowers(cut: (visit: number) => void, touch: (team: number) => void): void {
		const { routeOf, noEarlier, leaveBy, model } = this.#routes;
		for (let again = true; again;) {
			again = false;
			for (const visit of model.followers) {
				const before = model.after[visit]!;
				if (routeOf[visit]! >= 0 && routeOf[before]! < 0) {
					cut(visit);
					again = true;
				}
				if (routeOf[visit]! >= 0 || noEarlier[visit] === -Infinity) continue;
				noEarlier[visit] = -Infinity;
				if (routeOf[before]! >= 0) touch(routeOf[before]!);
				leaveBy[before] = this.#boundBy(before);
			}
		}
	}

	/** The bound that planned followers put on leaving a visit. */
	#boundBy(before: number): number {
		const { model, noEarlier } = this.#routes;
		let by = Infinity;
		for (const visit of model.followers)
			if (model.after[visit] === before && noEarlier[visit]! > -Infinity) by = Math.min(by, noEarlier[visit]!);
		return by;
	}

	/** As `Routes.scan`, for a visit whose predecessor is planned: behind it, or in another route once it is left. */
	scanBehind(visit: number, team: number, behind: number): void {
		const routes = this.#routes;
		const before = routes.model.after[visit]!;
		if (routes.routeOf[before] === team) return routes.scan(visit, team, Math.max(behind, routes.standsAt[before]!));
		routes.noEarlier[visit] = routes.leftAt(before);
		routes.scan(visit, team, behind);
		routes.noEarlier[visit] = -Infinity;
	}

	/** Fixes the hand-over for a visit about to be put into a team's route. */
	bind(visit: number, team: number, touch: (team: number) => void): void {
		const routes = this.#routes;
		const before = routes.model.after[visit]!;
		const other = routes.routeOf[before]!;
		if (other === team) return;
		const moment = routes.leftAt(before);
		routes.noEarlier[visit] = moment;
		if (moment >= routes.leaveBy[before]!) return;
		touch(other);
		routes.leaveBy[before] = moment;
		routes.recount(other);
	}

	/** The visits of a plan, each behind its predecessor and behind what comes before it in its route. */
	planOrder(plan: readonly (readonly number[])[]): { visit: number; team: number }[] {
		const { model } = this.#routes;
		const next = plan.map(() => 0);
		const planned = new Set(plan.flat());
		const done = new Set<number>();
		const order: { visit: number; team: number }[] = [];
		for (let again = true; again;) {
			again = false;
			plan.forEach((visits, team) => {
				for (let visit = visits[next[team]!]; visit !== undefined; visit = visits[++next[team]!]) {
					const before = model.after[visit]!;
					if (before >= 0 && planned.has(before) && !done.has(before)) return;
					done.add(visit);
					order.push({ visit, team });
					again = true;
				}
			});
		}
		return order;
	}
}
