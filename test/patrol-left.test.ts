// What the planner says about a visit left out is true: each change that would let it in is made to the problem, and the
// visit then stands in that team's day under all the rules, by a checker that shares no code with the solver.

import { expect, test } from 'vitest';
import { evaluate, draftsOf } from '#lib/domain/patrol/evaluate.ts';
import { explain } from '#lib/domain/patrol/explain.ts';
import { compile } from '#lib/domain/patrol/model.ts';
import type { LeftOut, Plan, Problem } from '#lib/domain/patrol/problem.ts';
import { solveByRounds } from '#lib/domain/patrol/solve.ts';
import { faultsOf } from './patrol-checker.ts';
import { drawProblem } from './patrol-problem.ts';

const estimate = { detour: 1.3, speedKmh: 30 };

/** Whether the visit stands anywhere in the team's day, all others where they are. */
function fits(problem: Problem, plan: Plan, visit: string, team: string, without: string[] = []): boolean {
	const model = compile(problem, estimate);
	const drafts = draftsOf(plan).filter((draft) => draft.team !== team);
	const day = (draftsOf(plan).find((draft) => draft.team === team)?.visits ?? []).filter(
		(one) => !without.includes(one),
	);
	return [...day, ''].some((_, at) => {
		const tried = [...drafts, { team, visits: day.toSpliced(at, 0, visit) }];
		const { broken, left, ...timed } = evaluate(model, tried);
		const others = left.map((id) => ({ visit: id, reason: '–', wouldFit: '' }));
		const rules = broken.filter(({ rule }) => rule !== 'must');
		return rules.length === 0 && faultsOf(problem, { ...plan, ...timed, left: others }).length === 0;
	});
}

/** The problem with one change made to it, as the sentence has it. */
function changed(
	problem: Problem,
	visit: string,
	sentence: string,
): { problem: Problem; team: string; without: string[] } {
	const team = /“(t[^”]*)”/.exec(sentence)![1]!;
	const next = structuredClone(problem);
	const crew = next.teams.find(({ id }) => id === team)!;
	const minutes = Number(/ ([\d.]+) (?:minutes later|more)/.exec(sentence)?.[1] ?? NaN);
	if (sentence.includes('ends')) crew.shift[1] += minutes;
	if (sentence.includes('take on')) crew.capacity! += minutes;
	if (sentence.includes('window closes'))
		for (const window of next.visits.find(({ id }) => id === visit)!.windows!) window[1] += minutes;
	if (sentence.includes('another team')) {
		next.teams.push({ ...crew, id: `${team} more` });
		return { problem: next, team: `${team} more`, without: [] };
	}
	const without = /skips “([^”]*)”(?: and “([^”]*)”)?/.exec(sentence)?.slice(1) ?? [];
	return { problem: next, team, without: without.filter(Boolean) };
}

const english = (text: string) => text.split(' · ').at(-1)!;
function untrue(problem: Problem, plan: Plan, { visit, reason, wouldFit }: LeftOut): string[] {
	const sentences = wouldFit ? english(wouldFit).split(', or ') : [];
	const wrong = sentences.filter((sentence) => {
		if (!/“t/.test(sentence)) return false;
		const { problem: next, team, without } = changed(problem, visit, sentence);
		return !fits(next, plan, visit, team, without);
	});
	const isFull = /The day is full/.test(reason) && problem.teams.some(({ id }) => fits(problem, plan, visit, id));
	return isFull ? [...wrong, reason] : wrong;
}

test(
	'every change that is offered for a visit left out lets it in, and a full day is full',
	{ timeout: 120_000 },
	() => {
		let offered = 0;
		const kinds = new Set<string>();
		for (let seed = 1; seed <= 40; seed++) {
			const problem = drawProblem(seed, { visits: 24, teams: 3, isFull: true });
			const plan = solveByRounds(problem, { seed, rounds: 150, estimate });
			for (const left of plan.left) {
				if (left.wouldFit) offered++;
				for (const kind of left.wouldFit.match(/skips “[^”]*” and|another team/g) ?? []) kinds.add(kind.slice(0, 5));
				expect(untrue(problem, plan, left), `seed ${seed}, ${left.visit}: ${left.wouldFit}`).toEqual([]);
			}
		}
		expect(offered).toBeGreaterThan(100);
		expect([...kinds].sort()).toEqual(['anoth', 'skips']);
	},
);

test('why thousands are left out is looked into for no longer than why hundreds are', () => {
	const legsTimed = (visits: number) => {
		const model = compile(crowded(visits), estimate);
		const drafts = draftsOf(solveByRounds(model.problem, { seed: 7, rounds: 1, estimate }));
		const { left } = evaluate(model, drafts);
		let legs = 0;
		const watched = Object.defineProperty({ ...model }, 'km', { get: () => (legs++, model.km) });
		expect(explain(watched, drafts, left).filter(({ reason }) => reason === '')).toEqual([]);
		return { legs, left: left.length };
	};
	const some = legsTimed(500);
	const many = legsTimed(5000);
	expect(many.left).toBeGreaterThan(9 * some.left);
	expect(many.legs).toBeLessThan(1.5 * some.legs);
});

/** Far more to see than six teams can, at fifty places. */
function crowded(visits: number): Problem {
	const places = Array.from({ length: 50 }, (_, i) => ({
		id: `p${i}`,
		at: [120.2 + 0.1 * Math.sin(7 * i), 30.15 + 0.1 * Math.cos(3 * i)] as [number, number],
	}));
	return {
		places,
		teams: Array.from({ length: 6 }, (_, i) => ({ id: `t${i}`, from: 'p0', to: 'p0', shift: [0, 480] })),
		visits: Array.from({ length: visits }, (_, i) => ({
			...{ id: `v${i}`, place: `p${i % 50}`, minutes: 25, must: false, prize: 30 + (i % 70) },
			windows: [[60 * (i % 5), 60 * (i % 5) + 200] as [number, number]],
		})),
		weights: { km: 1 },
	};
}

test('a visit that fits nowhere in a full day is never left without a word on what would let it in', () => {
	const problem = crowded(200);
	const model = compile(problem, estimate);
	const plan = solveByRounds(problem, { seed: 7, rounds: 200, estimate });
	for (const { visit } of plan.left.slice(0, 60)) {
		const [left] = explain(model, draftsOf(plan), [visit]);
		if (/The day is full/.test(left!.reason)) expect(left!.wouldFit, visit).not.toBe('');
	}
});
