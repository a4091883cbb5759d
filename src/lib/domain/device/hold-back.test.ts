import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HoldBack, heldOrder } from './hold-back.ts';

const HOLD_MS = 250;
const came = (cameMs: number, atMs: number, seq = 0) => ({ cameMs, atUs: atMs * 1000, seq });
const order = (...readings: ReturnType<typeof came>[]) => heldOrder(readings, HOLD_MS).map(({ atUs }) => atUs / 1000);

describe('readings over several lines', () => {
	test('that overtook each other go on as they were measured', () => {
		expect(order(came(1000, 900), came(1010, 800), came(1020, 850))).toEqual([800, 850, 900]);
	});
	test.each([
		['just within the time it waits', 1249, [800, 900]],
		['after it', 1250, [900, 800]],
	])('one that comes %s', (_, cameMs, expected) => {
		expect(order(came(1000, 900), came(cameMs, 800))).toEqual(expected);
	});
	test('of one moment go by their number', () => {
		const held = heldOrder([came(1000, 900, 2), came(1001, 900, 1)], HOLD_MS);
		expect(held.map(({ seq }) => seq)).toEqual([1, 2]);
	});
	test('whose clock is ahead are as old as their coming, and hold back nothing of others', () => {
		expect(order(came(1000, 900_000), came(1100, 1050))).toEqual([900_000, 1050]);
	});
	test('wait, and wait no longer than that', () => {
		const holdBack = new HoldBack<ReturnType<typeof came>>();
		holdBack.put([came(1000, 900)]);
		expect([holdBack.due(1249, HOLD_MS), holdBack.oldestMs]).toEqual([[], 1000]);
		expect(holdBack.due(1250, HOLD_MS)).toHaveLength(1);
		expect([holdBack.isEmpty, holdBack.oldestMs]).toEqual([true, Infinity]);
	});

	test('apart by less than the time they wait come out as on one line, none lost and none twice', () => {
		const sent = fc.array(fc.record({ gapMs: fc.nat({ max: 400 }), byMs: fc.nat({ max: HOLD_MS - 1 }) }), {
			minLength: 2,
			maxLength: 80,
		});
		fc.assert(
			fc.property(sent, (steps) => {
				let atMs = 0;
				const measured = steps.map(({ gapMs, byMs }, seq) => {
					atMs += gapMs;
					return came(atMs + 20 + byMs, atMs, seq);
				});
				const arrived = measured.toSorted((a, b) => a.cameMs - b.cameMs);
				expect(heldOrder(arrived, HOLD_MS)).toEqual(measured);
			}),
			{ numRuns: 300, seed: 7 },
		);
	});
});
