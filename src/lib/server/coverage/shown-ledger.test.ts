import { expect, test } from 'vitest';
import { dueRules } from '#db/rules/coverage.ts';
import type { JudgedLedger } from './read-ledger.ts';
import { shownLedger } from './shown-ledger.ts';

test('every term of a due day goes out with its source in both languages, and without the facts behind it', () => {
	const termOf = ({ source, value }: { source: string; value: number }) => ({ key: 'interval', value, source });
	const terms = [termOf(dueRules.interval.low)];
	const due = { dueOn: '2026-12-01', terms, quiet: termOf(dueRules.quietDays) };
	const ledger = { today: '2026-11-27', facts: {}, sites: [{ id: 's', due }] };
	const shown = shownLedger(ledger as unknown as JudgedLedger);
	expect(shown).not.toHaveProperty('facts');
	const {
		terms: [interval],
		quiet,
	} = shown.sites[0]!.due;
	expect(interval!.source).toEqual({
		zh: expect.stringContaining('本产品默认'),
		en: expect.stringContaining('own default'),
	});
	expect(quiet!.source.en).toMatch(/no visit without cause/);
});
