// Puts an emergency visit into a plan that people are already driving, and disturbs as few others as it can.

import { evaluate, type Draft, type Evaluation } from './evaluate.ts';
import { layOut } from './lay-out.ts';
import { compile, type Model } from './model.ts';
import { Precedence } from './precedence.ts';
import type { Problem } from './problem.ts';
import { Routes } from './routes.ts';
import type { TravelEstimate } from './travel.ts';

export interface ReplanOptions {
	/** Other visits that may be moved or dropped for it, at most. */
	most?: 0 | 1 | 2;
	/** Minutes of the day: stops begun by now stay as they are, and nobody can set out earlier. */
	now?: number;
	/** Minute of the day by which the visit has to have begun; left out: any of it. */
	by?: number;
	/** Teams that have ended their day: it stays as it is. */
	over?: readonly string[];
}

export type Replan =
	| {
			ok: true;
			drafts: Draft[];
			team: string;
			/** Visits that are now made by another team or at another place in the order, and those given up. */
			moved: string[];
			dropped: string[];
			before: Evaluation;
			after: Evaluation;
	  }
	| { ok: false; reason: 'fits-nowhere' | 'is-planned' | 'plan-is-broken' };

/** Only so many of the nearest others are thought of: pairs of them are tried. */
const NEAREST = 60;

interface Found {
	plan: number[][];
	moved: number[];
	dropped: number[];
	lost: number;
	cost: number;
}

/**
 * Looks through the ways to put one visit into a plan while moving none, one or two others.
 *
 * @param visit - id of a visit of the problem that the plan does not make
 * @returns the way that gives up the least; among those the one that moves the fewest; among those the cheapest
 */
export function insertEmergency(
	problem: Problem,
	estimate: TravelEstimate,
	drafts: readonly Draft[],
	visit: string,
	{ most = 2, now = -Infinity, by = Infinity, over = [] }: ReplanOptions = {},
): Replan {
	const model = compile(between(problem, visit, now, by), estimate);
	const no = model.visitNo.get(visit);
	const before = evaluate(model, drafts);
	if (no === undefined || !before.left.includes(visit)) return { ok: false, reason: 'is-planned' };
	const plan: number[][] = Array.from({ length: model.teams }, () => []);
	for (const { team, visits } of drafts)
		plan[model.teamNo.get(team)!] = visits.flatMap((id) => model.visitNo.get(id) ?? []);

	const tries = new Tries(
		model,
		plan,
		no,
		begun(model, before, now),
		new Set(over.flatMap((id) => model.teamNo.get(id) ?? [])),
	);
	if (!tries.isWhole) return { ok: false, reason: 'plan-is-broken' };
	const best = tries.best(most);
	if (!best) return { ok: false, reason: 'fits-nowhere' };
	const changed = draftsFrom(model, best.plan);
	const ids = (visits: number[]) => visits.map((other) => problem.visits[other]!.id);
	return {
		ok: true,
		drafts: changed,
		team: problem.teams[best.plan.findIndex((visits) => visits.includes(no))]!.id,
		moved: ids(best.moved),
		dropped: ids(best.dropped),
		before,
		after: evaluate(model, changed),
	};
}

/** The problem with one visit that cannot begin before a moment, and has to by another. */
function between(problem: Problem, id: string, now: number, by: number): Problem {
	if (now === -Infinity && by === Infinity) return problem;
	const first = problem.teams.reduce((first, { shift }) => Math.min(first, shift[0]), by);
	const from = Math.max(first, now);
	const endOfDay = problem.teams.reduce((last, { shift }) => Math.max(last, shift[1]), now);
	const visits = problem.visits.map((visit) => {
		if (visit.id !== id) return visit;
		const windows = visit.windows?.length ? visit.windows : [[from, endOfDay] as [number, number]];
		const open = windows
			.filter((window) => window[1] >= from && window[0] <= by)
			.map((window) => [Math.max(window[0], from), Math.min(window[1], by)] as [number, number]);
		return { ...visit, windows: open.length ? open : [[from, from] as [number, number]] };
	});
	return { ...problem, visits };
}

/** Visits that may not be moved because they have begun. */
function begun(model: Model, evaluation: Evaluation, now: number): Set<number> {
	const fixed = new Set<number>();
	for (const { stops } of evaluation.routes)
		for (const { visit, start } of stops) if (start <= now) fixed.add(model.visitNo.get(visit)!);
	return fixed;
}

function draftsFrom(model: Model, plan: number[][]): Draft[] {
	return plan.flatMap((visits, team) =>
		visits.length
			? [{ team: model.problem.teams[team]!.id, visits: visits.map((no) => model.problem.visits[no]!.id) }]
			: [],
	);
}

class Tries {
	/** Whether the plan could be laid out as it is. */
	readonly isWhole: boolean;
	readonly #model: Model;
	readonly #routes: Routes;
	readonly #precedence: Precedence;
	readonly #visit: number;
	readonly #plan: number[][];
	/** Stops of each team that stay where they are. */
	readonly #fixed: number[];
	readonly #movable: number[];
	readonly #over: ReadonlySet<number>;
	#best: Found | undefined;

	constructor(model: Model, plan: number[][], visit: number, fixed: Set<number>, over: Set<number>) {
		this.#over = over;
		this.#model = model;
		this.#routes = new Routes(model);
		this.#precedence = new Precedence(this.#routes);
		this.#visit = visit;
		this.#plan = plan;
		layOut(this.#routes, this.#precedence, plan);
		this.isWhole = plan.flat().every((other) => this.#routes.routeOf[other]! >= 0);
		this.#fixed = plan.map((visits, team) =>
			over.has(team) ? visits.length : visits.findLastIndex((other) => fixed.has(other)) + 1,
		);
		const tied = new Set([...model.followers, ...Array.from(model.followers, (other) => model.after[other]!)]);
		const row = model.place[visit]! * model.places;
		const apart = (other: number) => model.cost[row + model.place[other]!]! + model.costTo[row + model.place[other]!]!;
		this.#movable = plan
			.flatMap((visits, team) => visits.slice(this.#fixed[team]).filter((other) => !tied.has(other)))
			.sort((a, b) => apart(a) - apart(b))
			.slice(0, NEAREST);
	}

	best(most: number): Found | undefined {
		this.#try([]);
		if (most >= 1 && this.#worthMore()) for (const one of this.#movable) this.#try([one]);
		if (most >= 2 && this.#worthMore())
			for (const [i, one] of this.#movable.entries())
				for (const other of this.#movable.slice(i + 1)) {
					this.#try([one, other]);
					this.#try([other, one]);
				}
		return this.#best;
	}

	/** More visits are touched only to give up less. */
	#worthMore(): boolean {
		return !this.#best || this.#best.lost > 0;
	}

	/** Takes some visits out, puts the emergency in, and then the others again where they cost least. */
	#try(others: number[]): void {
		const routes = this.#routes;
		for (const other of others) {
			const team = routes.routeOf[other]!;
			routes.cut(team, routes.standsAt[other]!, 1);
			routes.recount(team);
		}
		if (this.#put(this.#visit)) {
			const dropped = others.filter((other) => !this.#put(other));
			const lost = dropped.reduce((sum, other) => sum + this.#model.prize[other]!, 0);
			const cost = lost + routes.cost.reduce((sum, one) => sum + one, 0);
			const moved = others.length - dropped.length;
			const best = this.#best;
			const isBetter =
				!best ||
				lost < best.lost ||
				(lost === best.lost && (moved < best.moved.length || (moved === best.moved.length && cost < best.cost)));
			if (isBetter)
				this.#best = {
					plan: this.#order(),
					moved: others.filter((other) => !dropped.includes(other)),
					dropped,
					lost,
					cost,
				};
		}
		layOut(routes, this.#precedence, this.#plan);
	}

	#order(): number[][] {
		const { base, length, visitAt } = this.#routes;
		return this.#plan.map((_, team) => [...visitAt.subarray(base[team]! + 1, base[team]! + 1 + length[team]!)]);
	}

	#put(visit: number): boolean {
		const routes = this.#routes;
		const before = this.#model.after[visit]!;
		if (before >= 0 && routes.routeOf[before]! < 0) return false;
		let cost = Infinity;
		let best = -1;
		let behind = -1;
		for (let team = 0; team < this.#model.teams; team++) {
			if (this.#over.has(team)) continue;
			if (before >= 0) this.#precedence.scanBehind(visit, team, this.#fixed[team]!);
			else routes.scan(visit, team, this.#fixed[team]!);
			if (routes.cost1 >= cost) continue;
			cost = routes.cost1;
			best = team;
			behind = routes.at1;
		}
		if (best < 0) return false;
		if (before >= 0) this.#precedence.bind(visit, best, () => undefined);
		routes.insert(visit, best, behind, cost);
		return true;
	}
}
