import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { FloodNow, StationView } from '#lib/contract/flood.ts';
import { FloodBoard } from './flood-board.svelte.ts';

const NOW = '2026-07-10T08:00:00.000Z';
const station = (id: string, observedAt: string): StationView => ({
	...{ id, code: id, kind: 'rain', name: id, at: [120.2, 30.1], datum: null, offsetTo1985M: null },
	...{ warningM: null, guaranteedM: null, observedAt, isStale: false, value: null, grade: 'normal' },
	rain: { h1: 1, h3: 3, h24: 5 },
});
const now = { at: NOW, stations: [station('now', NOW)], grids: [], responses: [], signals: [], notices: [] };

describe('the flood view comes up by itself', () => {
	const situation = (more: object) => {
		const board = new FloodBoard();
		board.now = { ...now, ...more } as unknown as FloodNow;
		return board;
	};
	const response = (level: string, endedAt: string | null = null) => ({ level, endedAt });
	const signal = (state: string, isExercise = false) => ({ state, isExercise });

	test.each([
		['not in calm weather', {}, false],
		['with a response level', { responses: [response('IV')] }, true],
		['not with one that has ended', { responses: [response('II', NOW)] }, false],
		['with a signal that holds', { signals: [signal('active')] }, true],
		['not with an exercise or a lifted one', { signals: [signal('active', true), signal('lifted')] }, false],
		['as long as one order is open, when everything else is over', { notices: [{ step: 'seen' }] }, true],
		['and goes with the last of them', { notices: [{ step: 'ended' }] }, false],
	])('%s', (_, more, isOn) => {
		expect(situation(more).isOn).toBe(isOn);
	});

	test('of several levels the gravest is named', () => {
		expect(situation({ responses: [response('IV'), response('II'), response('I', NOW)] }).response).toBe('II');
	});

	test('nobody says that it is calm before the situation is known', () => {
		expect(new FloodBoard().now).toBeNull();
		expect(new FloodBoard().shownStations).toBeNull();
	});
});

describe('deadlines turn at their moment, without asking the server', () => {
	const minute = (n: number) => new Date(Date.parse(NOW) + n * 60_000).toISOString();
	const notice = (id: string, more: object) => ({
		...{ id, siteId: id, siteNo: 1, step: 'sent', answerBy: minute(0.5), mustStop: true },
		...{ seenAt: null, stoppedAt: null, checkedAt: null, checkDueAt: null, movedAt: null },
		...more,
	});
	const notices = [
		notice('silent', {}),
		notice('checked', { step: 'stopped', seenAt: NOW, stoppedAt: NOW, checkDueAt: minute(0.75) }),
		notice('over', { step: 'ended' }),
	];
	let asked = 0;
	/** The browser's clock is an hour slow; what counts is the server's. */
	const OFF_MS = 3_600_000;
	beforeEach(() => {
		vi.useFakeTimers({ now: Date.parse(NOW) - OFF_MS });
		asked = 0;
		vi.stubGlobal('fetch', async () => {
			asked++;
			const at = new Date(Date.now() + OFF_MS).toISOString();
			return Response.json({ ...now, at, notices, completion: { total: 2, late: 0, overdue: 0, moving: 0 } });
		});
	});
	afterEach(() => {
		vi.useRealTimers();
		vi.unstubAllGlobals();
	});
	const stand = ({ now }: FloodBoard) => [
		...now!.notices.map(({ step }) => step),
		now!.completion!.late,
		now!.completion!.overdue,
	];

	test('a site is late, a check is overdue and the counts say so within the second', async () => {
		const board = new FloodBoard();
		await board.read();
		expect(board.serverMs()).toBe(Date.now() + OFF_MS);
		await vi.advanceTimersByTimeAsync(30_000);
		expect(stand(board)).toEqual(['sent', 'stopped', 'ended', 0, 0]);
		await vi.advanceTimersByTimeAsync(1);
		expect(stand(board)).toEqual(['late', 'stopped', 'ended', 1, 0]);
		await vi.advanceTimersByTimeAsync(15_000);
		expect(stand(board)).toEqual(['late', 'overdue', 'ended', 1, 1]);
		expect(asked).toBe(1);
	});

	test('a page that is left turns nothing more', async () => {
		const board = new FloodBoard();
		const stop = board.follow();
		await vi.advanceTimersByTimeAsync(1);
		stop();
		expect(vi.getTimerCount()).toBe(0);
	});
});

describe('the slider of times', () => {
	const asked: string[] = [];
	let answer: (url: string) => Promise<Response>;
	beforeEach(() => {
		vi.useFakeTimers();
		asked.length = 0;
		answer = async (url) => {
			const at = new URL(url, 'http://x').searchParams.get('at')!;
			return Response.json({ at, stations: [station(at, at)] });
		};
		vi.stubGlobal('fetch', (url: string) => (asked.push(url), answer(url)));
	});
	afterEach(() => {
		vi.useRealTimers();
		vi.unstubAllGlobals();
	});
	const aBoard = () => {
		const board = new FloodBoard();
		board.now = now as unknown as FloodNow;
		return board;
	};
	const hour = (n: number) => Date.parse(NOW) + n * 3_600_000;
	const shown = (board: FloodBoard) => board.shownStations?.map(({ id }) => id) ?? null;

	test('at now shows what is measured now, without asking', () => {
		expect(shown(aBoard())).toEqual(['now']);
		expect(asked).toEqual([]);
	});

	test('moved back shows nothing until that moment has been asked for, then what was measured then', async () => {
		const board = aBoard();
		board.moveTo(hour(-3));
		expect(shown(board)).toBeNull();
		await vi.advanceTimersByTimeAsync(200);
		expect(shown(board)).toEqual(['2026-07-10T05:00:00.000Z']);
		board.moveTo(null);
		expect(shown(board)).toEqual(['now']);
	});

	test('asks once where it comes to rest, not at every step on the way', async () => {
		const board = aBoard();
		for (let step = 1; step <= 6; step++) board.moveTo(hour(-step));
		await vi.advanceTimersByTimeAsync(200);
		expect(asked).toHaveLength(1);
		expect(shown(board)).toEqual(['2026-07-10T02:00:00.000Z']);
	});

	test('an answer that comes late, for where it no longer stands, is not shown', async () => {
		const held: (() => void)[] = [];
		const quick = answer;
		answer = async (url) => {
			if (url.includes('T05')) await new Promise<void>((resolve) => held.push(resolve));
			return quick(url);
		};
		const board = aBoard();
		board.moveTo(hour(-3));
		await vi.advanceTimersByTimeAsync(200);
		board.moveTo(hour(-1));
		await vi.advanceTimersByTimeAsync(200);
		held.forEach((let_go) => let_go());
		await vi.advanceTimersByTimeAsync(10);
		expect(shown(board)).toEqual(['2026-07-10T07:00:00.000Z']);
	});

	test('that cannot be answered says so and shows no other time in its place', async () => {
		answer = async () => Response.json({ error: { message: '读不到' } }, { status: 503 });
		const board = aBoard();
		board.moveTo(hour(-3));
		await vi.advanceTimersByTimeAsync(200);
		expect(shown(board)).toBeNull();
		expect(board.fault).toBe('读不到');
	});
});
