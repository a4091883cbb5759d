// A district's day and a district's month, planned: 60 stops of 540 candidates with 6 teams and two windows each; 540
// sites over 22 days × 6 teams, every due day met where it can be; and what a drag costs.

import { dueRules } from '../db/rules/coverage.ts';
import { planningRules } from '../db/rules/planning.ts';
import { travelRules } from '../db/rules/travel.ts';
import { dueOf } from '../src/lib/domain/coverage/due.ts';
import { dayAfter } from '../src/lib/domain/day.ts';
import { evaluate } from '../src/lib/domain/patrol/evaluate.ts';
import type { Problem } from '../src/lib/domain/patrol/problem.ts';
import { createSolver } from '../src/lib/domain/patrol/solve.ts';
import { monthDays, monthProblem } from '../src/lib/domain/planning/month.ts';
import { buildPlan, type Candidate } from '../src/lib/domain/planning/plan-problem.ts';
import type { PlanTeam } from '../src/lib/domain/planning/team.ts';
import { TEMPLATE } from '../src/lib/domain/planning/template.ts';
import { seeded } from '../src/lib/domain/random.ts';
import { median, type BenchResult, type BenchRow } from './result.ts';

const ON = '2026-11-02';
const SITES = 540;
const ESTIMATE = { detour: travelRules.detour.value, speedKmh: travelRules.speedKmh.value };
const TEAMS: PlanTeam[] = Array.from({ length: 6 }, (_, i) => ({
	id: `t${i + 1}`,
	officerIds: [],
	names: [`A${i}`, `B${i}`],
	skills: [],
	avoids: [],
	vehicle: null,
	recentMinutes: 0,
}));

export async function run({ seconds }: { seconds: number }): Promise<BenchResult> {
	const day = dayProblem();
	const [planned, dayMs] = searched(day, 1.5);
	const model = planned.model;
	const drafts = planned.drafts();
	const stops = drafts.reduce((sum, { visits }) => sum + visits.length, 0);
	const month = monthOf();
	const [whole, monthMs] = searched(month, Math.min(40, Math.max(4, seconds)));
	const { left, broken } = evaluate(whole.model, whole.drafts());
	return Promise.resolve({
		name: 'patrol-day',
		rows: [
			row(`a day: ${stops} of ${SITES} sites, 6 teams, two windows, CPU`, dayMs, 2000),
			row(`a month: ${SITES - left.length} of ${SITES} sites in 22 days × 6 teams, CPU`, monthMs, 60_000),
			count('a month: sites left out, or after their day', left.length + broken.length),
			row(
				`evaluate after a drag, ${stops} stops, CPU`,
				dragMs(() => void evaluate(model, drafts)),
				1,
			),
		],
	});
}

function row(what: string, ms: number, limit: number): BenchRow {
	const digits = limit > 10 ? 0 : 4;
	return {
		what,
		ours: `${ms.toFixed(digits)} ms`,
		beside: `limit ${limit} ms`,
		ratio: ms / limit,
		limit: 1,
		ok: ms <= limit,
	};
}

function count(what: string, n: number): BenchRow {
	return { what, ours: String(n), beside: 'none', ratio: n, limit: 0, ok: n === 0 };
}

/** Searches for a share of the time by rounds of growing size; CPU from the problem to the plan. */
function searched(problem: Problem, seconds: number) {
	const since = cpu();
	const solver = createSolver(problem, { seed: 1, estimate: ESTIMATE });
	let rounds = 50;
	for (let done = 0; done < 1;) {
		const before = since();
		solver.run(rounds, done, Math.min(1, done + 0.01));
		const now = since();
		rounds = Math.max(1, Math.round(rounds * Math.min(2, (10 * seconds) / Math.max(0.1, now - before))));
		done = now / (seconds * 1000);
	}
	return [solver, since()] as const;
}

function dragMs(work: () => void): number {
	for (let i = 0; i < 200; i++) work();
	return median(
		Array.from({ length: 21 }, () => {
			const since = cpu();
			for (let i = 0; i < 200; i++) work();
			return since() / 200;
		}),
	);
}

function dayProblem(): Problem {
	return built('daily').problem;
}

function monthOf(): Problem {
	const { problem, due } = built('month');
	return monthProblem(problem, monthDays(ON, 22), TEAMS, TEMPLATE.month, (visit) => due.get(visit));
}

/** Sites strewn over a district of 40 × 25 km, a third of them each of high, medium and low risk. */
function built(template: 'daily' | 'month') {
	const random = seeded(540);
	const candidates = Array.from({ length: SITES }, (_, no): Candidate => {
		const lastVisitOn = dayAfter(ON, -random.whole(template === 'month' ? 32 : 55, 75));
		const due = dueOf(
			{
				...{ registered: random.pick(['high', 'medium', 'low']), pitDepthM: null, fatalOn: null },
				...{ startedOn: '2026-01-01', lastVisitOn, lastResult: 'passed', sign: null, openHazards: 0 },
				...{
					openMajorHazards: 0,
					rectifyBy: null,
					alarm: null,
					lookBackBy: null,
					isFloodSensitive: false,
					visitsThisMonth: 0,
				},
			},
			{ on: ON, isFloodSeason: false, keyPeriod: null, openRounds: [{ name: 'R2', toOn: dayAfter(ON, 29) }] },
			dueRules,
		);
		return {
			...{
				siteId: String(no),
				no,
				name: `site ${no}`,
				at: [120.1 + random.next() * 0.42, 30.0 + random.next() * 0.23],
			},
			...{ contractorId: null, stage: 'structure', state: 'active', due, lastVisitOn, openHazards: 0 },
			...{
				openMajorHazards: 0,
				machines: 2,
				hasPit: false,
				hasCrane: true,
				lookBack: null,
				campaigns: [],
				plannedOn: null,
				flood: null,
				help: null,
			},
		};
	});
	const { problem } = buildPlan({
		...{ on: ON, template: { ...TEMPLATE[template], horizonDays: null, keepsQuiet: false }, teams: TEAMS },
		...{ base: { name: 'base', at: [120.27, 30.18] }, candidates, most: SITES, rules: planningRules },
	});
	return { problem, due: new Map(candidates.map(({ no, due }) => [`s${no}`, due.dueOn])) };
}

/** CPU milliseconds of this process from now on. */
function cpu(): () => number {
	const start = process.cpuUsage();
	return () => {
		const { user, system } = process.cpuUsage(start);
		return (user + system) / 1000;
	};
}
