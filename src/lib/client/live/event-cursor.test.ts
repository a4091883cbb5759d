import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EventMessage } from '#lib/contract/events.ts';
import { EventCursor } from './event-cursor.ts';

const event = (seq: number): EventMessage => ({
	seq,
	at: '2026-11-20T00:00:00Z',
	type: 'object:level',
	subject: { kind: 'towerCrane', id: `c${seq}`, no: seq },
	data: {},
});
const numbers = (events: readonly EventMessage[]) => events.map(({ seq }) => seq);

describe('EventCursor', () => {
	test('shows nothing twice', () => {
		const cursor = new EventCursor();
		cursor.jump(10);
		expect(numbers(cursor.take([event(11), event(12)]).events)).toEqual([11, 12]);
		expect(numbers(cursor.take([event(11), event(12), event(13)]).events)).toEqual([13]);
	});

	test('waits behind a hole, asks once, and goes on with the answer', () => {
		const cursor = new EventCursor();
		cursor.jump(10);
		expect(cursor.take([event(13)])).toEqual({ events: [], askAfter: 10 });
		expect(numbers(cursor.take([event(11), event(12), event(13)]).events)).toEqual([11, 12, 13]);
		expect(cursor.at).toBe(13);
	});

	test('moves on when the hole was not for this person', () => {
		const cursor = new EventCursor();
		cursor.jump(10);
		cursor.take([event(13)]);
		expect(numbers(cursor.take([]).events)).toEqual([13]);
		expect(cursor.take([event(14)])).toEqual({ events: [event(14)] });
	});

	test('asks when the pulse knows more, and is content with an empty answer', () => {
		const cursor = new EventCursor();
		cursor.jump(10);
		expect(cursor.compare(12)).toBe(10);
		expect(cursor.compare(12)).toBeUndefined();
		cursor.take([]);
		expect(cursor.at).toBe(12);
		expect(cursor.compare(12)).toBeUndefined();
	});

	test('asks again after the connection was cut in between', () => {
		const cursor = new EventCursor();
		cursor.jump(10);
		expect(cursor.compare(12)).toBe(10);
		cursor.forgetQuestion();
		expect(cursor.compare(12)).toBe(10);
	});

	test('a picture contains what lies before its cursor', () => {
		const cursor = new EventCursor();
		cursor.jump(10);
		cursor.take([event(15)]);
		cursor.jump(14);
		expect(numbers(cursor.take([event(16)]).events)).toEqual([15, 16]);
	});

	test('an older picture does not turn the page back', () => {
		const cursor = new EventCursor();
		cursor.jump(10);
		cursor.take([event(11)]);
		cursor.jump(5);
		expect(cursor.take([event(8), event(11)]).events).toEqual([]);
	});

	test('however frames are cut, lost, repeated and mixed up, every event is shown once and in order', () => {
		const frames = fc.array(
			fc.record({ from: fc.integer({ min: 1, max: 30 }), length: fc.integer({ min: 1, max: 5 }), cut: fc.boolean() }),
			{ maxLength: 40 },
		);
		fc.assert(
			fc.property(frames, (sent) => {
				const cursor = new EventCursor();
				cursor.jump(0);
				const shown: number[] = [];
				const log = Array.from({ length: 40 }, (_, i) => event(i + 1));
				const answer = (after: number | undefined) => {
					if (after === undefined) return;
					const { events, askAfter } = cursor.take(log.slice(after));
					shown.push(...numbers(events));
					answer(askAfter);
				};
				for (const { from, length, cut } of sent) {
					const { events, askAfter } = cursor.take(log.slice(from - 1, from - 1 + length));
					shown.push(...numbers(events));
					if (cut) cursor.forgetQuestion();
					else answer(askAfter);
				}
				cursor.forgetQuestion();
				answer(cursor.compare(40));
				expect(shown).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
			}),
		);
	});
});
