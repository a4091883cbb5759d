// The solver as the rest of the house sees it: a problem in, plans out, as far as it is let run. It has no clock; who
// calls it decides how many rounds fit into a second and says how much of the whole search is over.

import { problemFaults } from './check.ts';
import { evaluate, type Draft } from './evaluate.ts';
import { explain } from './explain.ts';
import { inBoth } from '../import/sentence.ts';
import { compile, type Model } from './model.ts';
import type { Plan, Problem } from './problem.ts';
import { Search } from './search.ts';
import type { TravelEstimate } from './travel.ts';

export interface SolverOptions {
	/** The same problem, seed and rounds give the same plan on every machine. */
	seed: number;
	/** Threads that search side by side with one seed draw differently by this; 0 when there is only one. */
	lane?: number;
	/** A plan to begin from: yesterday's, or one that people have edited. What does not fit in it is put elsewhere. */
	start?: readonly Draft[];
	estimate: TravelEstimate;
}

export interface Solver {
	readonly model: Model;
	/** Rounds made so far. */
	readonly iterations: number;
	/** Price of the best plan so far as the search sees it; falls, and never rises. */
	readonly bestCost: number;
	/**
	 * Searches on.
	 *
	 * @param from - share of the whole search that is over at the first round, 0 to 1; sets how much is risked
	 * @param to - the same behind the last round
	 */
	run(rounds: number, from: number, to: number): void;
	/** Order of the best plan so far. */
	drafts(): Draft[];
	/** Goes on from another plan, as one that another worker has found. */
	meet(drafts: readonly Draft[], cost: number): void;
	/** The best plan so far, with times and with a reason for everything left out. */
	best(): Plan;
}

/** @throws RangeError that names what is wrong with the problem (`problemFaults` tells all of it) */
export function createSolver(problem: Problem, { seed, lane = 0, start = [], estimate }: SolverOptions): Solver {
	const fault = problemFaults(problem)[0];
	if (fault) throw new RangeError(inBoth(fault));
	const model = compile(problem, estimate);
	const search = new Search(model, lane === 0 ? seed : `${seed}/${lane}`, indices(model, start));
	const drafts = (): Draft[] =>
		search
			.best()
			.flatMap((visits, team) =>
				visits.length
					? [{ team: problem.teams[team]!.id, visits: visits.map((visit) => problem.visits[visit]!.id) }]
					: [],
			);
	return {
		model,
		get iterations() {
			return search.iterations;
		},
		get bestCost() {
			return search.bestCost;
		},
		run: (rounds, from, to) => search.run(rounds, from, to),
		drafts,
		meet: (other, cost) => search.meet(indices(model, other), cost),
		best: () => planOf(model, drafts(), { seed, iterations: search.iterations }),
	};
}

/** Solves with a given number of rounds: no clock, so the answer can be repeated anywhere. */
export function solveByRounds(problem: Problem, options: SolverOptions & { rounds: number }): Plan {
	const solver = createSolver(problem, options);
	solver.run(options.rounds, 0, 1);
	return solver.best();
}

/** A plan from an order of visits: its times, its price, and why the rest was left out. */
export function planOf(model: Model, drafts: readonly Draft[], made: { seed: number; iterations: number }): Plan {
	const { routes, left, objective } = evaluate(model, drafts);
	return { routes, left: explain(model, drafts, left), objective, seconds: 0, ...made };
}

function indices(model: Model, drafts: readonly Draft[]): number[][] {
	const plan: number[][] = Array.from({ length: model.teams }, () => []);
	for (const { team, visits } of drafts) {
		const route = plan[model.teamNo.get(team) ?? -1];
		for (const id of visits) {
			const visit = model.visitNo.get(id);
			if (visit !== undefined) route?.push(visit);
		}
	}
	return plan;
}
