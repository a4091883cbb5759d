import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { AlarmMessage } from '#lib/contract/events.ts';
import type { LiveBoard } from '../live.svelte.ts';
import { Missed } from './missed.svelte.ts';

const MIN = 60_000;
const START = Date.parse('2026-11-27T08:00:00Z');

describe('what a page could not see', () => {
	const kept = new Map<string, string>();
	const asked: string[] = [];
	let items: Pick<AlarmMessage, 'id' | 'worstLevel'>[] = [];
	const line: { connection: LiveBoard['connection']; asOf: Date } = { connection: 'live', asOf: new Date(START) };

	beforeEach(() => {
		vi.useFakeTimers();
		kept.clear();
		asked.length = 0;
		line.asOf = new Date(START);
		items = [];
		vi.stubGlobal('localStorage', {
			getItem: (key: string) => kept.get(key) ?? null,
			setItem: (key: string, value: string) => void kept.set(key, value),
			removeItem: (key: string) => void kept.delete(key),
		});
		vi.stubGlobal('fetch', (url: string) => {
			asked.push(new URL(url, 'http://a.b').searchParams.get('since')!);
			return Promise.resolve(Response.json({ items }));
		});
	});
	afterEach(() => {
		vi.useRealTimers();
		vi.unstubAllGlobals();
	});

	/** A page that is opened, looks for a moment at what stands on it, and is closed. */
	async function open(atMs: number, does: (missed: Missed) => void = () => undefined): Promise<Missed> {
		line.asOf = new Date(atMs);
		const missed = new Missed(line);
		const stop = missed.follow();
		await vi.advanceTimersByTimeAsync(2500);
		does(missed);
		stop();
		return missed;
	}

	test('is listed when it wakes up, the gravest first', async () => {
		await open(START);
		items = [
			{ id: 'a', worstLevel: 'notice' },
			{ id: 'b', worstLevel: 'danger' },
		];
		const { alarms } = await open(START + 90 * MIN);
		expect(asked).toEqual([new Date(START).toISOString()]);
		expect(alarms.map(({ id }) => id)).toEqual(['b', 'a']);
	});

	test('is still listed when the page is loaded again before anybody has read it', async () => {
		await open(START);
		items = [{ id: 'a', worstLevel: 'danger' }];
		await open(START + 90 * MIN);
		const { alarms, since } = await open(START + 91 * MIN);
		expect(alarms.map(({ id }) => id)).toEqual(['a']);
		expect(since).toEqual(new Date(START));
	});

	test('is not listed again once it was read', async () => {
		await open(START);
		items = [{ id: 'a', worstLevel: 'danger' }];
		await open(START + 90 * MIN, (missed) => missed.read());
		const { alarms } = await open(START + 90 * MIN + 10_000);
		expect(alarms).toEqual([]);
	});

	test('a hiccup of the network is no absence', async () => {
		await open(START);
		await open(START + 15_000);
		expect(asked).toEqual([]);
	});
});
