import { describe, expect, test } from 'vitest';
import type { DayPackage, FieldItem, FieldStop } from '#lib/contract/field.ts';
import { applyQueue, nextStop } from './apply-queue.ts';

const at = '2026-11-20T02:00:00.000Z';
const stop = (id: string) =>
	({ id, state: 'planned', findings: 0, hazards: [], arrivedAt: null }) as unknown as FieldStop;
const pack = {
	officer: { id: 'o', name: '沈岚' },
	days: [{ planId: 'p', departedAt: null, change: null, stops: [stop('a'), stop('b')] }],
} as unknown as DayPackage;
const states = (items: FieldItem[]) => applyQueue(pack, items).days[0]!.stops.map(({ state }) => state);
const item = (kind: string, more: object) => ({ id: kind, at, kind, ...more }) as FieldItem;

describe('a day on a phone without a network', () => {
	test('goes on by what was done on it', () => {
		const arrived = item('arrive', { stopId: 'a', fix: null });
		const left = item('leave', { stopId: 'a', fix: null, checklist: [], machines: [], result: 'passed', minutes: 30 });
		expect(states([arrived])).toEqual(['arrived', 'planned']);
		expect(states([arrived, left])).toEqual(['done', 'planned']);
		expect(nextStop(applyQueue(pack, [arrived]).days[0]!)?.id).toBe('a');
		expect(nextStop(applyQueue(pack, [arrived, left]).days[0]!)?.id).toBe('b');
	});

	test('shows what was found at once among what is open, with the stop it was found at', () => {
		const found = item('finding', {
			...{
				stopId: 'a',
				hazardId: 'h',
				category: 'fire',
				description: '灭火器过期',
				isMajor: false,
				dueOn: '2026-11-27',
			},
		});
		const [first] = applyQueue(pack, [found]).days[0]!.stops;
		expect(first).toMatchObject({ findings: 1, hazards: [{ id: 'h', description: '灭火器过期', foundAtStop: 'a' }] });
	});

	test('what is put right is so in the list of the round before too', () => {
		const open = { id: 'h', isRectified: false };
		const found = { ...stop('a'), hazards: [open], lookBack: [open] } as unknown as FieldStop;
		const day = { ...pack.days[0]!, stops: [found] };
		const rechecked = item('recheck', { stopId: 'a', hazardId: 'h', isRectified: true });
		const [seen] = applyQueue({ ...pack, days: [day] }, [rechecked]).days[0]!.stops;
		expect([seen!.hazards[0]!.isRectified, seen!.lookBack![0]!.isRectified]).toEqual([true, true]);
	});

	test('a stop that is done is not skipped afterwards', () => {
		const left = item('leave', { stopId: 'a', fix: null, checklist: [], machines: [], result: 'passed', minutes: 30 });
		expect(states([left, item('skip', { stopId: 'a', reason: '大门未开' })])).toEqual(['done', 'planned']);
	});

	test('departs once, and leaves other plans alone', () => {
		const departed = applyQueue(pack, [item('depart', { planId: 'p' }), item('depart', { planId: 'q' })]);
		expect(departed.days[0]!.departedAt).toBe(at);
		expect(pack.days[0]!.departedAt).toBeNull();
	});
});
