import { afterEach, expect, test, vi } from 'vitest';
import type { DayPackage } from '#lib/contract/field.ts';
import { Field } from './field.svelte.ts';

const planned = {
	officer: { name: '楼建国' },
	days: [{ planId: 'p1', departedAt: null, change: null, stops: [{ id: 's1', state: 'planned', findings: 0 }] }],
} as unknown as DayPackage;
const stateOf = (field: Field) => field.pack?.days[0]?.stops[0]?.state;

/** Answers of the server, one after the other; null: it cannot be reached. */
function answering(answers: { today: (() => Promise<unknown>)[]; items: { flags: string[] } }): void {
	vi.stubGlobal('navigator', { onLine: false });
	vi.stubGlobal('fetch', async (url: string, init?: { body?: string }) => {
		if (url.startsWith('/api/v1/field/today')) return Response.json(await answers.today.shift()!());
		const { items } = JSON.parse(init!.body!) as { items: { id: string }[] };
		const outcomes = items.map(({ id }) => ({ id, state: 'stored', note: '', flags: answers.items.flags }));
		return Response.json({ outcomes });
	});
}
const away = () => Promise.reject(new TypeError('fetch failed'));

afterEach(() => vi.unstubAllGlobals());

test.each([
	['simply', []],
	['with something to say about it', ['far-from-site']],
])('what the server has taken in %s stays done, also where no newer day can be read', async (_, flags) => {
	answering({ today: [() => Promise.resolve(planned), away], items: { flags } });
	const field = new Field();
	await field.refresh();
	await field.doNow({ kind: 'arrive', stopId: 's1', fix: null });
	expect(stateOf(field)).toBe('arrived');
	await vi.waitFor(() => expect(field.waiting).toEqual([]));
	await vi.waitFor(() => expect(field.isOnline).toBe(false));
	expect(stateOf(field)).toBe('arrived');
});

test('a day that was asked for before the server took something in takes nothing back', async () => {
	let late = (_: unknown) => {};
	let isAsked = false;
	const slow = new Promise((resolve) => (late = resolve));
	const arrived = structuredClone(planned);
	(arrived.days[0]!.stops[0] as { state: string }).state = 'arrived';
	answering({
		today: [() => Promise.resolve(planned), () => ((isAsked = true), slow), () => Promise.resolve(arrived)],
		items: { flags: [] },
	});
	const field = new Field();
	await field.refresh();
	const reading = field.refresh();
	await vi.waitFor(() => expect(isAsked).toBe(true));
	await field.doNow({ kind: 'arrive', stopId: 's1', fix: null });
	await vi.waitFor(() => expect(field.waiting).toEqual([]));
	late(planned);
	await reading;
	expect(stateOf(field)).toBe('arrived');
});

test('what is done while something else is being sent goes straight after it, however much waits', async () => {
	const sent: string[][] = [];
	let first = () => {};
	const slow = new Promise<void>((resolve) => (first = resolve));
	vi.stubGlobal('navigator', { onLine: true });
	vi.stubGlobal('fetch', async (url: string, init?: { body?: string }) => {
		if (url.startsWith('/api/v1/field/today')) return Response.json(planned);
		const { items } = JSON.parse(init!.body!) as { items: { id: string }[] };
		sent.push(items.map(({ id }) => id));
		if (sent.length === 1) await slow;
		return Response.json({ outcomes: items.map(({ id }) => ({ id, state: 'stored', note: '', flags: [] })) });
	});
	const field = new Field();
	await field.doNow({ kind: 'arrive', stopId: 's1', fix: null }, 'arrival');
	await vi.waitFor(() => expect(sent).toEqual([['arrival']]));
	for (let n = 1; n <= 60; n++) await field.doNow({ kind: 'confirm', stopId: 's1' }, `c${n}`);
	first();
	await vi.waitFor(() => expect(field.waiting).toEqual([]));
	expect(sent.map((ids) => ids.length)).toEqual([1, 50, 10]);
});
