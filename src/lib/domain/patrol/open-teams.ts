// Teams worth trying in a round: all with a route, and of each class of equal teams the first without one. Nothing is
// allocated per round.

import type { Model } from './model.ts';
import type { Routes } from './routes.ts';

export class OpenTeams {
	/** The first `count` of these. */
	readonly list: Int32Array;
	count = 0;
	readonly #model: Model;
	readonly #routes: Routes;
	readonly #isClassOpen: Uint8Array;

	constructor(routes: Routes, model: Model) {
		this.#model = model;
		this.#routes = routes;
		this.list = new Int32Array(model.teams);
		this.#isClassOpen = new Uint8Array(model.teams);
	}

	gather(): void {
		const { teams, teamClass } = this.#model;
		const { length } = this.#routes;
		const seen = this.#isClassOpen;
		seen.fill(0);
		let count = 0;
		for (let team = 0; team < teams; team++) {
			if (length[team] === 0) {
				const kind = teamClass[team]!;
				// One empty route of a kind is as good as the other.
				if (seen[kind]) continue;
				seen[kind] = 1;
			}
			this.list[count++] = team;
		}
		this.count = count;
	}

	/** A team of a class has got its first visit: the next of its class may be tried. */
	openNext(team: number): void {
		const { teams, teamClass } = this.#model;
		const { length } = this.#routes;
		for (let next = 0; next < teams; next++)
			if (next !== team && length[next] === 0 && teamClass[next] === teamClass[team]) {
				for (let i = 0; i < this.count; i++) if (this.list[i] === next) return;
				this.list[this.count++] = next;
				return;
			}
	}
}
