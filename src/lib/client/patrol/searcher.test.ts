import { describe, expect, test } from 'vitest';
import { evaluate } from '#lib/domain/patrol/evaluate.ts';
import { holdBack } from '#lib/domain/patrol/hold.ts';
import { compile } from '#lib/domain/patrol/model.ts';
import type { Problem } from '#lib/domain/patrol/problem.ts';
import { Searcher, type FromSearcher, type SearchOrder } from './searcher.ts';

const COUNT = 24;
const estimate = { detour: 1.4, speedKmh: 25 };
const problem: Problem = {
	places: Array.from({ length: COUNT + 1 }, (_, i) => ({
		id: `p${i}`,
		at: [120.2 + 0.05 * Math.sin(7 * i), 30.15 + 0.05 * Math.cos(3 * i)],
	})),
	teams: ['t1', 't2', 't3'].map((id) => ({ id, from: 'p0', to: 'p0', shift: [0, 480] })),
	visits: Array.from({ length: COUNT }, (_, i) => ({
		...{ id: `v${i}`, place: `p${i + 1}`, minutes: 20, must: i % 3 === 0, prize: 60 },
	})),
	weights: { minutes: 1 },
};
/** A plan as a person has dragged it: kept, but far from good. */
const edited = [
	{ team: 't1', visits: ['v0', 'v9', 'v3', 'v14'] },
	{ team: 't2', visits: ['v6', 'v1', 'v12'] },
];
const costOf = (drafts: Parameters<typeof evaluate>[1]) => evaluate(compile(problem, estimate), drafts).objective;

/** A worker without a browser: the clock goes forward by a slice with every piece of work. */
function aWorker() {
	const said: FromSearcher[] = [];
	const waiting: (() => void)[] = [];
	let ms = 0;
	const searcher = new Searcher({
		say: (message) => said.push(structuredClone(message)),
		// As long as a slice between two looks: every slice then has as many rounds as the first.
		now: () => (ms += 20),
		later: (work) => waiting.push(work),
	});
	const work = (most: number) => {
		for (let n = 0; n < most && waiting.length; n++) waiting.shift()!();
	};
	const order = (id: number, more: Partial<SearchOrder> = {}): SearchOrder =>
		structuredClone({ kind: 'search', id, problem, estimate, start: edited, seconds: 2, seed: 1, ...more });
	const answers = () => said.filter(({ kind }) => kind !== 'progress');
	return { searcher, said, work, order, answers };
}

describe('the solver beside the page', () => {
	test('begins with the edited plan, tells how it goes, and answers once with a plan that is no dearer', () => {
		const { searcher, said, work, order, answers } = aWorker();
		searcher.hear(order(1));
		work(200);
		const progress = said.filter((message) => message.kind === 'progress');
		expect(progress.length).toBeGreaterThan(2);
		expect(progress.every(({ done }, i) => i === 0 || done >= progress[i - 1]!.done)).toBe(true);
		expect(progress.every(({ cost }, i) => i === 0 || cost <= progress[i - 1]!.cost)).toBe(true);
		const [answer] = answers();
		expect(answers()).toHaveLength(1);
		if (answer?.kind !== 'done') throw new Error('no plan');
		expect(costOf(answer.drafts)).toBeLessThan(costOf(edited));
		expect(answer.iterations).toBeGreaterThan(0);
	});

	test('is stopped between two slices and answers with the best it has', () => {
		const { searcher, work, order, answers } = aWorker();
		searcher.hear(order(1, { seconds: 3600 }));
		work(20);
		searcher.hear({ kind: 'stop' });
		expect(answers()).toMatchObject([{ kind: 'done', id: 1 }]);
		work(1000);
		searcher.hear({ kind: 'stop' });
		expect(answers()).toHaveLength(1);
	});

	test('a plan that is edited again is searched anew; the old order gets no answer', () => {
		const { searcher, work, order, answers } = aWorker();
		searcher.hear(order(1, { seconds: 3600 }));
		work(10);
		searcher.hear(order(2, { start: [{ team: 't3', visits: ['v2', 'v4'] }] }));
		work(200);
		expect(answers().map(({ id }) => id)).toEqual([2]);
	});

	test('a problem that cannot be understood is answered with a sentence, not with silence', () => {
		const { searcher, order, answers } = aWorker();
		searcher.hear(order(1, { problem: { ...problem, teams: [] } }));
		expect(answers()).toMatchObject([{ kind: 'fault', id: 1, message: expect.stringContaining('teams') }]);
	});

	test('with no time the edited plan is the answer', () => {
		const { searcher, work, order, answers } = aWorker();
		searcher.hear(order(1, { seconds: 0 }));
		work(10);
		const [answer] = answers();
		expect(answer?.kind === 'done' && costOf(answer.drafts)).toBeLessThanOrEqual(costOf(edited) + 1e-9);
	});
});

describe('what people have decided', () => {
	test('stays with its team and is made; what was taken out stays out', () => {
		const { searcher, work, order, answers } = aWorker();
		const held = holdBack(problem, edited, { stay: ['v9', 'v1'], out: ['v5', 'v7', 'v9'] });
		searcher.hear(order(1, { problem: held }));
		work(200);
		const [answer] = answers();
		if (answer?.kind !== 'done') throw new Error('no plan');
		const teamOf = new Map(answer.drafts.flatMap(({ team, visits }) => visits.map((visit) => [visit, team])));
		expect([teamOf.get('v9'), teamOf.get('v1')]).toEqual(['t1', 't2']);
		expect(teamOf.has('v5') || teamOf.has('v7')).toBe(false);
	});

	test('but a visit that another has to follow stays in the problem', () => {
		const chained = { ...problem, visits: problem.visits.map((v) => (v.id === 'v8' ? { ...v, after: 'v5' } : v)) };
		const ids = holdBack(chained, edited, { stay: [], out: ['v5', 'v7'] }).visits.map(({ id }) => id);
		expect(ids).toContain('v5');
		expect(ids).not.toContain('v7');
	});
});
