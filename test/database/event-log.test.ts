import { afterEach, describe, expect, test, vi } from 'vitest';
import type { EventMessage } from '#lib/contract/events.ts';
import { SYSTEM, type Scope } from '#lib/domain/access/scope.ts';
import { transaction } from '#lib/server/db/transaction.ts';
import { startFeed, type EventFeed } from '#lib/server/events/feed.ts';
import { appendEvents, logEnds, replayAfter, trimEvents, type NewEvent } from '#lib/server/events/log.ts';
import { onBoth } from './both.ts';

const event = (id: string, townCode?: string, at = new Date('2026-11-20T08:00:00Z')): NewEvent => ({
	at,
	type: 'object:level',
	subject: { kind: 'towerCrane', id, no: 7, ...(townCode ? { townCode } : {}) },
	data: { from: 'normal', to: 'danger', cause: `“${id}”, {1,2}` },
});
const town = (...areas: string[]): Scope => ({ kind: 'areas', areas, layers: ['supervision'] });

onBoth('the event log', (database) => {
	const append = (...events: NewEvent[]) => transaction(database().alarm, (tx) => appendEvents(tx, events));
	const fault = vi.fn();
	let feed: EventFeed | undefined;
	afterEach(async () => {
		await feed?.stop();
		expect(fault).not.toHaveBeenCalled();
	});

	test('begins at one and gives every event back as it was written', async () => {
		expect(await logEnds(database().read)).toEqual({ oldest: 1, newest: 0 });
		const written = await append(event('a', '330109001'), event('b'));
		expect(written.map(({ seq }) => seq)).toEqual([1, 2]);
		expect(await replayAfter(database().read, 0, 10, SYSTEM)).toEqual({
			ok: true,
			events: written,
			next: 2,
			more: false,
		});
	});

	test('is not written outside the transaction of the change', async () => {
		await expect(appendEvents(database().alarm, [event('a')])).rejects.toThrow(/inside the transaction/);
	});

	test('leaves no gap when a change is rolled back', async () => {
		const before = (await logEnds(database().read)).newest;
		await expect(
			transaction(database().alarm, async (tx) => {
				await appendEvents(tx, [event('lost')]);
				throw new Error('changed my mind');
			}),
		).rejects.toThrow('changed my mind');
		expect((await append(event('kept')))[0]!.seq).toBe(before + 1);
	});

	test('with many writers at once has no gap, and no reader ever sees a number before the ones below it', async () => {
		const begin = (await logEnds(database().read)).newest;
		const seen: number[] = [];
		let isWriting = true;
		const reader = (async () => {
			let cursor = begin;
			while (isWriting) {
				const replay = await replayAfter(database().read, cursor, 1000, SYSTEM);
				if (!replay.ok) throw new Error('gone');
				seen.push(...replay.events.map(({ seq }) => seq));
				cursor = replay.next;
			}
		})();
		const WRITERS = 4;
		const EACH = 15;
		await Promise.all(
			Array.from({ length: WRITERS }, async (_, writer) => {
				for (let i = 0; i < EACH; i++) {
					const pool = [database().ingest, database().alarm, database().read][(writer + i) % 3]!;
					await transaction(pool, async (tx) => {
						await appendEvents(tx, [event(`${writer}-${i}`), event(`${writer}-${i}'`)]);
						await new Promise((resolve) => setTimeout(resolve, i % 3));
					});
				}
			}),
		);
		const replay = await replayAfter(database().read, begin, 10_000, SYSTEM);
		isWriting = false;
		await reader;
		const all = replay.ok ? replay.events.map(({ seq }) => seq) : [];
		expect(all).toEqual(Array.from({ length: WRITERS * EACH * 2 }, (_, i) => begin + 1 + i));
		expect(seen).toEqual(all.slice(0, seen.length));
	});

	describe('replayed', () => {
		test('in pages hands on every event once', async () => {
			const begin = (await logEnds(database().read)).newest;
			await append(...Array.from({ length: 7 }, (_, i) => event(`p${i}`)));
			const found: number[] = [];
			for (let cursor = begin, more = true; more;) {
				const replay = await replayAfter(database().read, cursor, 3, SYSTEM);
				if (!replay.ok) throw new Error('gone');
				found.push(...replay.events.map(({ seq }) => seq));
				({ next: cursor, more } = replay);
			}
			expect(found).toEqual([1, 2, 3, 4, 5, 6, 7].map((n) => begin + n));
		});

		test('for a town holds only its events, and the cursor still moves past the others', async () => {
			const begin = (await logEnds(database().read)).newest;
			await append(event('mine', '330109001'), event('theirs', '330109002'), event('of the district'));
			const mine = await replayAfter(database().read, begin, 10, town('330109001'));
			expect(mine).toMatchObject({ ok: true, events: [{ subject: { id: 'mine' } }], next: begin + 3, more: false });
			const all = await replayAfter(database().read, begin, 10, town('330109'));
			expect(all.ok && all.events).toHaveLength(3);
			const none = await replayAfter(database().read, begin, 10, town());
			expect(none.ok && none.events).toEqual([]);
		});

		test('from a number of another log is refused', async () => {
			const { newest } = await logEnds(database().read);
			expect(await replayAfter(database().read, newest + 1, 10, SYSTEM)).toMatchObject({ ok: false, reason: 'gone' });
		});
	});

	describe('handed on', () => {
		test('comes in order even when it is announced out of order', async () => {
			const handed: number[] = [];
			feed = await startFeed(database().read, fault);
			feed.listen((events) => handed.push(...events.map(({ seq }) => seq)));
			const [first] = await append(event('1'));
			const [second] = await append(event('2'));
			feed.announce([second!]);
			feed.announce([first!]);
			feed.announce([first!, second!]);
			await feed.catchUp();
			expect(handed).toEqual([first!.seq, second!.seq]);
			expect(feed.cursor).toBe(second!.seq);
		});

		test('includes what other processes wrote', async () => {
			const handed: EventMessage[] = [];
			feed = await startFeed(database().read, fault);
			feed.listen((events) => handed.push(...events));
			await append(event('from elsewhere'));
			await feed.catchUp();
			expect(handed.map(({ subject }) => subject.id)).toEqual(['from elsewhere']);
		});
	});

	test('forgets what is old, never the newest, and says so to whoever asks for it', async () => {
		const before = (await logEnds(database().read)).newest;
		await append(event('young', undefined, new Date('2026-12-01T00:00:00Z')));
		expect(await trimEvents(database().alarm, new Date('2026-11-25T00:00:00Z'))).toBe(before);
		expect(await replayAfter(database().read, before - 1, 10, SYSTEM)).toEqual({
			ok: false,
			reason: 'gone',
			oldest: before + 1,
		});
		expect(await replayAfter(database().read, before, 10, SYSTEM)).toMatchObject({ ok: true, next: before + 1 });
		await trimEvents(database().alarm, new Date('2030-01-01T00:00:00Z'));
		expect((await append(event('next')))[0]!.seq).toBe(before + 2);
	});
});
