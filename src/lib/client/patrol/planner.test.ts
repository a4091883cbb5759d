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
