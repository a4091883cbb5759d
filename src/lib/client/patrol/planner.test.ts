import { afterEach, expect, test, vi } from 'vitest';
import type { PlanView } from '#lib/contract/patrol.ts';
import { Planner } from './planner.svelte.ts';

afterEach(() => vi.unstubAllGlobals());

test('changes that are saved one upon the other are no change by somebody else', async () => {
	const view = {
		...{ id: 'p', state: 'draft', isSealed: false, revision: 7, visits: [], drafts: [], locked: [], companions: null },
		travel: { kind: 'estimate', estimate: { detour: 1.3, speedKmh: 30 }, note: null },
		problem: { places: [], teams: [], visits: [] },
	} as unknown as PlanView;
	let kept = view.revision;
	vi.stubGlobal('fetch', async (_: string, { body }: { body: string }) => {
		const { revision } = JSON.parse(body) as { revision: number };
		await Promise.resolve();
		return revision === kept
			? Response.json({ revision: ++kept })
			: Response.json({ error: { code: 'changed-meanwhile', message: 'changed meanwhile' } }, { status: 409 });
	});
	const planner = new Planner(view);
	await Promise.all([planner.save(), planner.save(), planner.save()]);
	expect([planner.fault, planner.view.revision]).toEqual([null, 10]);
});

test('a visit that is promised for a moment is judged at once, kept with the plan, and can be taken back', async () => {
	const at = (i: number) => [120.2 + i / 50, 30.1];
	const windows = [
		[510, 690],
		[780, 1020],
	];
	const view = {
		...{ id: 'p', state: 'draft', isSealed: false, revision: 1, template: 'daily', days: [], companions: null },
		...{ locked: [], drafts: [{ team: 't1', visits: ['s1', 's2'] }] },
		visits: [1, 2].map((n) => ({ key: `s${n}`, name: `工地${n}`, departments: [] })),
		travel: { kind: 'estimate', estimate: { detour: 1.3, speedKmh: 30 }, note: null },
		problem: {
			places: ['base', 'p1', 'p2'].map((id, i) => ({ id, at: at(i) })),
			teams: [{ id: 't1', from: 'base', to: 'base', shift: [510, 1050] }],
			visits: [1, 2].map((n) => ({ id: `s${n}`, place: `p${n}`, minutes: 40, windows })),
		},
	} as unknown as PlanView;
	const kept: unknown[] = [];
	vi.stubGlobal('fetch', async (_: string, { body }: { body: string }) => {
		kept.push((JSON.parse(body) as { pins: unknown }).pins);
		return Response.json({ revision: kept.length + 1 });
	});
	const planner = new Planner(view);
	planner.pin('s2', 900);
	expect(planner.evaluation.routes[0]!.stops[1]!.start).toBe(900);
	expect(planner.evaluation.broken).toEqual([]);
	await planner.save();
	planner.pin('s2', 515);
	expect(planner.evaluation.broken).toMatchObject([{ rule: 'window', visit: 's2' }]);
	planner.undo();
	planner.undo();
	expect(planner.evaluation.routes[0]!.stops[1]!.start).toBeLessThan(690);
	await planner.save();
	expect(kept).toEqual([{ s2: 900 }, {}]);
});

test('why a visit is left out is looked into when somebody asks, whatever a search has said in passing', async () => {
	const view = {
		...{ id: 'p', state: 'draft', isSealed: false, revision: 1, template: 'daily', days: [], companions: null },
		...{ locked: [], drafts: [] },
		visits: [{ key: 's1', name: '工地1', departments: [] }],
		travel: { kind: 'estimate', estimate: { detour: 1.3, speedKmh: 30 }, note: null },
		problem: {
			places: ['base', 'p1'].map((id, i) => ({ id, at: [120.2 + i / 50, 30.1] })),
			teams: [{ id: 't1', from: 'base', to: 'base', shift: [510, 540] }],
			visits: [{ id: 's1', place: 'p1', minutes: 40 }],
		},
	} as unknown as PlanView;
	const left = [{ visit: 's1', reason: '未及细看 · not looked into', wouldFit: '' }];
	const line = JSON.stringify({ kind: 'solved', plan: { drafts: [], left, seconds: 1, iterations: 1 } });
	vi.stubGlobal('fetch', async (url: string) =>
		url.includes('solve') ? new Response(`${line}\n`) : Response.json({ revision: 2 }),
	);
	const planner = new Planner(view);
	await planner.solve(1);
	expect(planner.whyLeft('s1').reason).not.toContain('not looked into');
	planner.close();
});

test('a visit that is put into a day goes where it fits, not behind everything', () => {
	vi.stubGlobal('fetch', async () => Response.json({ revision: 2 }));
	const places = ['base', 'p1', 'p2'].map((id, i) => ({ id, at: [120.2 + i / 50, 30.1] }));
	const view = {
		...{ id: 'p', state: 'draft', isSealed: false, revision: 1, template: 'daily', days: [], companions: null },
		...{ locked: [], drafts: [{ team: 't1', visits: ['s2'] }] },
		visits: [1, 2].map((n) => ({ key: `s${n}`, name: `工地${n}`, departments: [] })),
		travel: { kind: 'estimate', estimate: { detour: 1.3, speedKmh: 30 }, note: null },
		problem: {
			places,
			teams: [{ id: 't1', from: 'base', to: 'base', shift: [510, 1050] }],
			visits: [
				{ id: 's1', place: 'p1', minutes: 40, windows: [[510, 600]] },
				{ id: 's2', place: 'p2', minutes: 40, windows: [[780, 1020]] },
			],
		},
	} as unknown as PlanView;
	const planner = new Planner(view);
	planner.putIn('s1', 't1');
	expect(planner.drafts).toEqual([{ team: 't1', visits: ['s1', 's2'] }]);
	expect(planner.evaluation.broken).toEqual([]);
	planner.close();
});
