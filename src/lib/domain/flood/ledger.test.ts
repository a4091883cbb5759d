import { describe, expect, test } from 'vitest';
import { ledgerGap, ledgerState, LEDGER_KINDS, requiredKinds, type LedgerItem } from './ledger.ts';

const item = (kind: LedgerItem['kind'], validUntil: string | null = null): LedgerItem => ({ kind, validUntil });

describe('the flood ledger', () => {
	test.each([
		['pumps nobody wrote down are missing', [], 'missing'],
		['pumps without an end are held', [item('pump')], 'held'],
		['pumps hold on their last day', [item('pump', '2026-07-10')], 'expiring'],
		['pumps have run out the day after', [item('pump', '2026-07-09')], 'expired'],
		['one pump that holds is enough beside one that ran out', [item('pump', '2026-01-01'), item('pump')], 'held'],
		['pumps that end within the month are announced', [item('pump', '2026-08-01')], 'expiring'],
	] as const)('%s', (_, items, state) => {
		expect(ledgerState(items, 'pump', '2026-07-10', '2026-08-10')).toBe(state);
	});
	test('a site without anything below ground needs neither pumps nor sandbags', () => {
		expect(requiredKinds(false)).not.toContain('pump');
		expect(requiredKinds(true)).toEqual([...LEDGER_KINDS]);
	});
	test('an empty ledger is a gap of one, a full one of nothing', () => {
		expect(ledgerGap([], true, '2026-07-10')).toBe(1);
		expect(
			ledgerGap(
				LEDGER_KINDS.map((kind) => item(kind)),
				true,
				'2026-07-10',
			),
		).toBe(0);
	});
});
