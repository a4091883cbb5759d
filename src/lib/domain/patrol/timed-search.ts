// Lets a solver search for a given time in short slices, so that whoever runs it can listen in between. The clock is an
// argument: the search itself is told only how much of its time is over.

import type { Solver } from './solve.ts';

export interface Pace {
	/** How long it may search; 0: not at all, the plan it begins with is the answer. */
	budgetMs: number;
	/** Between two looks at the clock. */
	sliceMs: number;
	/** Milliseconds of any clock that only goes forward. */
	now: () => number;
}

export class TimedSearch {
	/** Share of the time that is over; 1 and more: it is done. */
	done: number;
	readonly #solver: Solver;
	readonly #pace: Pace;
	readonly #began: number;
	#rounds = 50;

	constructor(solver: Solver, pace: Pace) {
		this.#solver = solver;
		this.#pace = pace;
		this.#began = pace.now();
		this.done = pace.budgetMs > 0 ? 0 : 1;
	}

	get seconds(): number {
		return (this.#pace.now() - this.#began) / 1000;
	}

	/** Searches for about one slice; how many rounds that is, it learns as it goes. */
	slice(): void {
		const { budgetMs, sliceMs, now } = this.#pace;
		const before = now();
		this.#solver.run(this.#rounds, this.done, Math.min(1, this.done + sliceMs / budgetMs));
		const after = now();
		this.#rounds = Math.max(1, Math.round(this.#rounds * Math.min(2, sliceMs / Math.max(0.01, after - before))));
		this.done = (after - this.#began) / budgetMs;
	}
}
