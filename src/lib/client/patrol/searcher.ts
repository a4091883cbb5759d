// What the planner and its worker say to each other, and the worker's side of it: it searches in slices, hears in between,
// and always answers an order once: with the best plan it has, or with what is wrong.

import { problemFaults } from '#lib/domain/patrol/check.ts';
import type { Draft } from '#lib/domain/patrol/evaluate.ts';
import type { LeftOut, Problem } from '#lib/domain/patrol/problem.ts';
import { createSolver, type Solver } from '#lib/domain/patrol/solve.ts';
import { TimedSearch } from '#lib/domain/patrol/timed-search.ts';
import type { TravelEstimate } from '#lib/domain/patrol/travel.ts';
import { inBoth } from '#lib/domain/import/sentence.ts';

export interface SearchOrder {
	kind: 'search';
	/** Tells answers of one order from those of another. */
	id: number;
	problem: Problem;
	estimate: TravelEstimate;
	/** The plan as it was edited; the search begins there and never answers with a dearer one. */
	start: readonly Draft[];
	seconds: number;
	seed: number;
}
export type ToSearcher = SearchOrder | { kind: 'stop' };

export type FromSearcher =
	| { kind: 'progress'; id: number; done: number; cost: number; iterations: number }
	| { kind: 'done'; id: number; drafts: Draft[]; left: LeftOut[]; seconds: number; iterations: number }
	| { kind: 'fault'; id: number; message: string };

/** What a worker has and a test does without. */
export interface Surroundings {
	say: (message: FromSearcher) => void;
	now: () => number;
	/** Does the work once everything that was said meanwhile has been heard. */
	later: (work: () => void) => void;
}

/** Short, so that a stop is heard at once. */
const SLICE_MS = 20;
const TELL_EVERY_MS = 200;

export class Searcher {
	readonly #around: Surroundings;
	#running: { id: number; solver: Solver; search: TimedSearch; toldAt: number } | undefined;

	constructor(around: Surroundings) {
		this.#around = around;
	}

	/** A new order ends the one before it, which then goes without an answer: its plan has been edited since. */
	hear(message: ToSearcher): void {
		if (message.kind === 'stop') this.#answer();
		else this.#begin(message);
	}

	#begin({ id, problem, estimate, start, seconds, seed }: SearchOrder): void {
		const { say, now } = this.#around;
		const [fault] = problemFaults(problem);
		if (fault) {
			this.#running = undefined;
			return say({ kind: 'fault', id, message: inBoth(fault) });
		}
		const solver = createSolver(problem, { seed, start, estimate });
		const search = new TimedSearch(solver, { budgetMs: seconds * 1000, sliceMs: SLICE_MS, now });
		this.#running = { id, solver, search, toldAt: now() };
		this.#tell();
		this.#goOn(id);
	}

	#goOn(id: number): void {
		this.#around.later(() => {
			const running = this.#running;
			if (running?.id !== id) return;
			if (running.search.done >= 1) return this.#answer();
			running.search.slice();
			if (this.#around.now() - running.toldAt >= TELL_EVERY_MS) this.#tell();
			this.#goOn(id);
		});
	}

	#tell(): void {
		const { id, solver, search } = this.#running!;
		this.#running!.toldAt = this.#around.now();
		const done = Math.min(1, search.done);
		this.#around.say({ kind: 'progress', id, done, cost: solver.bestCost, iterations: solver.iterations });
	}

	#answer(): void {
		if (!this.#running) return;
		const { id, solver, search } = this.#running;
		this.#running = undefined;
		const { left, iterations } = solver.best();
		this.#around.say({ kind: 'done', id, drafts: solver.drafts(), left, seconds: search.seconds, iterations });
	}
}
