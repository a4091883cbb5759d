// Plans of up to ten visits beside the proven best one: all days a team could have are listed, and HiGHS picks among
// them by integer programming.

import highs from 'highs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Problem, Team } from '#lib/domain/patrol/problem.ts';
import { solveByRounds } from '#lib/domain/patrol/solve.ts';
import { drawProblem } from './patrol-problem.ts';
import { faultsOf, objectiveOf } from './patrol-checker.ts';

const estimate = { detour: 1.3, speedKmh: 30 };
/** Above every prize and drive, so that the exact model leaves out a must only where nothing else is possible. */
const MUST = 100_000;

let solver: Awaited<ReturnType<typeof highs>>;
beforeAll(async () => {
	solver = await highs();
});

describe('a plan of up to ten visits', { timeout: 60_000 }, () => {
	test.each(Array.from({ length: 60 }, (_, i) => [i + 1, 4 + (i % 7), 1 + (i % 3)]))(
		'is as good as the proven best (case %i: %i visits, %i teams)',
		(seed, visits, teams) => {
			const problem = drawProblem(seed, { visits, teams, isFull: false });
			const plan = solveByRounds(problem, { seed: 1, rounds: 4000, estimate });
			expect(faultsOf(problem, plan)).toEqual([]);
			const musts = plan.left.filter(({ visit }) => problem.visits.find(({ id }) => id === visit)!.must !== false);
			expect(musts.length * MUST + objectiveOf(problem, plan)).toBeCloseTo(provenBest(problem), 3);
		},
	);
});

/** Cheapest days per team and set of visits, by going through all orders; a later and dearer one of a set is dropped. */
function daysOf(problem: Problem, team: Team): Map<number, number> {
	const no = (id: string) => problem.places.findIndex((place) => place.id === id);
	const { minutes, km } = problem.matrix!;
	const { weights = {} } = problem;
	const price = (from: number, to: number) =>
		(weights.minutes ?? 0) * minutes![from]![to]! + (weights.km ?? 0) * km![from]![to]!;
	const best = new Map<number, number>();
	const seen = new Map<string, { time: number; cost: number }[]>();
	const go = (set: number, place: number, time: number, cost: number, load: number): void => {
		const key = `${set}/${place}`;
		const known = seen.get(key) ?? [];
		if (known.some((other) => other.time <= time && other.cost <= cost)) return;
		seen.set(key, [...known.filter((other) => other.time < time || other.cost < cost), { time, cost }]);
		const home = team.to == null ? place : no(team.to);
		const isHome = time + (team.to == null ? 0 : minutes![place]![home]!) <= team.shift[1] + 1e-9;
		if (set && isHome) {
			const total = cost + (team.to == null ? 0 : price(place, home)) + (weights.team ?? 0) + (team.fixedCost ?? 0);
			best.set(set, Math.min(best.get(set) ?? Infinity, total));
		}
		problem.visits.forEach((visit, i) => {
			if (set & (1 << i) || load + (visit.load ?? 0) > (team.capacity ?? Infinity)) return;
			if ((visit.team && visit.team !== team.id) || visit.notTeam?.includes(team.id)) return;
			if (!(visit.skills ?? []).every((skill) => team.skills?.includes(skill))) return;
			const there = no(visit.place);
			const arrive = time + minutes![place]![there]!;
			const window = (visit.windows ?? [[-Infinity, Infinity]]).find(([, to]) => arrive <= to! + 1e-9);
			if (!window) return;
			const leave = Math.max(arrive, window[0]!) + visit.minutes;
			if (leave > team.shift[1] + 1e-9) return;
			go(set | (1 << i), there, leave, cost + price(place, there), load + (visit.load ?? 0));
		});
	};
	go(0, no(team.from), team.shift[0], 0, 0);
	return best;
}

function provenBest(problem: Problem): number {
	const costs: string[] = [];
	const ofTeam: string[][] = problem.teams.map(() => []);
	const ofVisit: string[][] = problem.visits.map((_, i) => [`out${i}`]);
	problem.teams.forEach((team, t) => {
		for (const [set, cost] of daysOf(problem, team)) {
			const name = `d${t}_${set}`;
			costs.push(`${cost.toFixed(9)} ${name}`);
			ofTeam[t]!.push(name);
			problem.visits.forEach((_, i) => void (set & (1 << i) && ofVisit[i]!.push(name)));
		}
	});
	problem.visits.forEach((visit, i) => costs.push(`${visit.must === false ? (visit.prize ?? 0) : MUST} out${i}`));
	const rows = [
		...ofTeam.flatMap((names, t) => (names.length ? [`team${t}: ${names.join('\n + ')} <= 1`] : [])),
		...ofVisit.map((names, i) => `visit${i}: ${names.join('\n + ')} = 1`),
	];
	const columns = [...ofTeam.flat(), ...ofVisit.map((_, i) => `out${i}`)];
	const model = `Minimize\n obj: ${costs.join('\n + ')}\nSubject To\n ${rows.join('\n ')}\nBinary\n ${columns.join('\n ')}\nEnd\n`;
	const result = solver.solve(model, { mip_rel_gap: 0, mip_abs_gap: 1e-7 });
	if (result.Status !== 'Optimal') throw new Error(`HiGHS says ${result.Status}.`);
	return result.ObjectiveValue;
}
