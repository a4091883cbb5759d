// Plans beside the best known ones: vehicle routing with time windows (Solomon, Gehring–Homberger), team orienteering
// with time windows. All by CPU time of this process, so that what else the machine does is not counted;
// one run by rounds, which no machine can move. The instances lie beside the checkout and do not belong to the project.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { compile } from '../src/lib/domain/patrol/model.ts';
import type { Problem } from '../src/lib/domain/patrol/problem.ts';
import { Search } from '../src/lib/domain/patrol/search.ts';
import { LARGE, ORIENTEERING, readOrienteering, readRouting, SMALL } from './patrol/instances.ts';
import { median, type BenchResult, type BenchRow } from './result.ts';

const FOLDER = join(import.meta.dirname, '../../shared/data/patrol');
const ESTIMATE = { detour: 1, speedKmh: 60 };
const SEED = 1;
const ROUNDS = 50_000;

/** Goals for the mean gap to the best known value, per cent; by customers and CPU seconds. */
const GOALS: Record<number, [small: number, large: number]> = { 0.25: [0.8, 1.5], 10: [0.1, 0.4] };

/** @param seconds - CPU seconds of the longest run of each instance; the goals are meant for 10 */
export async function run({ seconds }: { seconds: number }): Promise<BenchResult> {
	if (!existsSync(FOLDER)) throw new Error(`The instances are missing: ${FOLDER}`);
	const rows: BenchRow[] = [];
	rows.push(firstPlans());
	for (const budget of [...new Set([0.25, 1, seconds])].filter((one) => one <= seconds)) {
		const goals = GOALS[budget] ?? GOALS[10]!;
		const small = gaps(SMALL, (problem) => byCpu(problem, budget));
		const large = gaps(LARGE, (problem) => byCpu(problem, budget));
		rows.push(row(`${budget} CPU s, 100 customers, mean gap`, mean(small), goals[0]));
		rows.push(row(`${budget} CPU s, 200 customers, mean gap`, mean(large), goals[1]));
		if (budget === seconds) rows.push(row(`${budget} CPU s, worst gap`, Math.max(...small, ...large), 1.5));
	}
	rows.push(row(`${ROUNDS} rounds, 100 customers, mean gap`, mean(gaps(SMALL, byRounds)), 0.8));
	rows.push(row(`${ROUNDS} rounds, 200 customers, mean gap`, mean(gaps(LARGE, byRounds)), 1.5));
	rows.push(row(`${seconds} CPU s, team orienteering, mean shortfall`, mean(shortfalls(seconds)), 0.3));
	return { name: 'patrol', rows };
}

function row(what: string, percent: number, goal: number): BenchRow {
	return {
		what,
		ours: `${percent.toFixed(3)} %`,
		beside: `goal ${goal} %`,
		ratio: percent / goal,
		limit: 1,
		ok: percent <= goal,
	};
}

/** CPU from a problem to its first plan at 200 visits; code that has not run yet included. */
function firstPlans(): BenchRow {
	const took = LARGE.map((name) => {
		const { problem } = readRouting(FOLDER, name);
		const since = cpu();
		search(problem);
		return since() * 1000;
	});
	const ms = median(took);
	const ours = `${ms.toFixed(1)} ms, slowest ${Math.max(...took).toFixed(1)}`;
	return { what: 'first plan, 200 customers', ours, beside: 'goal 25 ms', ratio: ms / 25, limit: 1, ok: ms <= 25 };
}

function gaps(names: readonly string[], solve: (problem: Problem) => number): number[] {
	return names.map((name) => {
		const { problem, best } = readRouting(FOLDER, name);
		return (solve(problem) / best! - 1) * 100;
	});
}

function shortfalls(seconds: number): number[] {
	return ORIENTEERING.map(({ name, teams, best }) => {
		const problem = readOrienteering(FOLDER, name, teams);
		const all = problem.visits.reduce((sum, { prize }) => sum + prize!, 0);
		return (1 - Math.round(all - byCpu(problem, seconds)) / best) * 100;
	});
}

function search(problem: Problem): Search {
	return new Search(compile(problem, ESTIMATE), SEED);
}

function byRounds(problem: Problem): number {
	const solver = search(problem);
	solver.run(ROUNDS, 0, 1);
	return solver.bestCost;
}

function byCpu(problem: Problem, seconds: number): number {
	const since = cpu();
	const solver = search(problem);
	let rounds = 50;
	for (let done = since() / seconds; done < 1;) {
		const before = since();
		solver.run(rounds, done, Math.min(1, done + 0.005));
		const now = since();
		rounds = Math.max(1, Math.round(rounds * Math.min(2, (0.005 * seconds) / Math.max(1e-4, now - before))));
		done = now / seconds;
	}
	return solver.bestCost;
}

/** CPU seconds of this process from now on. */
function cpu(): () => number {
	const start = process.cpuUsage();
	return () => {
		const { user, system } = process.cpuUsage(start);
		return (user + system) / 1e6;
	};
}

function mean(values: readonly number[]): number {
	return values.reduce((sum, value) => sum + value, 0) / values.length;
}
