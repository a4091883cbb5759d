import { describe, expect, test } from 'vitest';
import type { Problem, Visit } from './problem.ts';
import { insertEmergency } from './replan.ts';

const estimate = { detour: 1.3, speedKmh: 30 };
const apart = (from: number, to: number) => 10 * Math.abs(from - to);
const line = [0, 1, 2, 3, 4, 5];
const visit = (id: string, place: number, more: Partial<Visit> = {}): Visit => ({
	id,
	place: `p${place}`,
	minutes: 20,
	...more,
});
const problem = (visits: Visit[], shift: [number, number] = [0, 300]): Problem => ({
	places: line.map((no) => ({ id: `p${no}` })),
	matrix: { minutes: line.map((from) => line.map((to) => apart(from, to))) },
	teams: [
		{ id: 't1', from: 'p0', to: 'p0', shift },
		{ id: 't2', from: 'p5', to: 'p5', shift },
	],
	visits,
	weights: { km: 1 },
});

describe('insertEmergency', () => {
	const calm = [visit('a', 1), visit('b', 2), visit('c', 4)];
	const drafts = [
		{ team: 't1', visits: ['a', 'b'] },
		{ team: 't2', visits: ['c'] },
	];

	test('moves nobody when there is room', () => {
		const change = insertEmergency(problem([...calm, visit('urgent', 3)]), estimate, drafts, 'urgent');
		expect(change).toMatchObject({ ok: true, moved: [], dropped: [] });
	});

	test('hands one visit to the other team when that saves the emergency', () => {
		const urgent = visit('urgent', 1, { team: 't1', minutes: 40 });
		const change = insertEmergency(problem([...calm, urgent], [0, 110]), estimate, drafts, 'urgent');
		expect(change).toMatchObject({ ok: true, team: 't1', moved: ['b'], dropped: [] });
	});

	test('gives up what is worth least when nothing else helps', () => {
		const cheap = [visit('a', 1), visit('b', 2, { must: false, prize: 1, team: 't1' }), visit('c', 4)];
		const urgent = visit('urgent', 1, { team: 't1', minutes: 40 });
		const change = insertEmergency(problem([...cheap, urgent], [0, 90]), estimate, drafts, 'urgent');
		expect(change).toMatchObject({ ok: true, moved: [], dropped: ['b'] });
	});

	test('leaves alone what has begun, and begins nothing in the past', () => {
		const change = insertEmergency(problem([...calm, visit('urgent', 1)]), estimate, drafts, 'urgent', { now: 45 });
		if (!change.ok) throw new Error(change.reason);
		const [first] = change.after.routes;
		expect(first!.stops.slice(0, 2).map(({ visit }) => visit)).toEqual(['a', 'b']);
		const urgent = change.after.routes.flatMap(({ stops }) => stops).find(({ visit }) => visit === 'urgent');
		expect(urgent!.start).toBeGreaterThanOrEqual(45);
	});

	test('goes to nobody who has ended the day, and changes nothing of it', () => {
		const asked = problem([...calm, visit('urgent', 1)]);
		const change = insertEmergency(asked, estimate, drafts, 'urgent', { over: ['t1'] });
		expect(change).toMatchObject({ ok: true, team: 't2' });
		expect(change.ok && change.drafts.find(({ team }) => team === 't1')?.visits).toEqual(['a', 'b']);
	});

	test('begins within the time that is left for it, or fits nowhere', () => {
		const asked = problem([...calm, visit('urgent', 3)]);
		const startBy = (by: number) => {
			const change = insertEmergency(asked, estimate, drafts, 'urgent', { now: 5, by });
			if (!change.ok) return change.reason;
			return change.after.routes.flatMap(({ stops }) => stops).find(({ visit }) => visit === 'urgent')!.start;
		};
		expect(startBy(300)).toBeGreaterThan(40);
		expect(startBy(40)).toBeLessThanOrEqual(40);
		expect(startBy(10)).toBe('fits-nowhere');
	});

	test.each([
		['fits-nowhere', visit('urgent', 3, { skills: ['crane'] }), 'urgent', drafts],
		['is-planned', visit('urgent', 3), 'a', drafts],
		['plan-is-broken', visit('urgent', 3), 'urgent', [{ team: 't1', visits: ['a', 'b', 'c', 'a'] }]],
	] as const)('refuses: %s', (reason, urgent, id, given) => {
		const shift: [number, number] = reason === 'plan-is-broken' ? [0, 60] : [0, 300];
		expect(insertEmergency(problem([...calm, urgent], shift), estimate, given, id)).toEqual({ ok: false, reason });
	});
});
