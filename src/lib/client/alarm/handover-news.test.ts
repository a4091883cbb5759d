import { expect, test } from 'vitest';
import type { EventMessage, EventType } from '#lib/contract/events.ts';
import { refusalFor } from './handover-news.ts';

const event = (seq: number, type: EventType, data: Record<string, unknown>): EventMessage => ({
	...{ seq, type, data, at: '2026-07-13T08:00:00.000Z' },
	subject: { kind: 'handover', id: 'h1' },
});
const recent = [
	event(1, 'handover:signed', { by: '沈岚' }),
	event(2, 'handover:refused', { from: '沈岚', by: '金立群', reason: '两条未核实' }),
	event(3, 'handover:refused', { from: '赵敏', by: '金立群', reason: '缺人' }),
];

test('who signed a hand-over is told once that it was refused, and why; nobody else is', () => {
	expect(refusalFor('沈岚', recent, 0)).toEqual({ seq: 2, by: '金立群', reason: '两条未核实' });
	expect(refusalFor('沈岚', recent, 2)).toBeUndefined();
	expect(refusalFor('金立群', recent, 0)).toBeUndefined();
	expect(refusalFor(null, recent, 0)).toBeUndefined();
});
