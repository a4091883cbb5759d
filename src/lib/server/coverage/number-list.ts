// The page of the coverage rules: every number with its source, what the bureau put in its place, and what a draft of
// another would do to the ledger of today.

import { coverageRules, floodSeason, roundCalendars } from '#db/rules/coverage.ts';
import { sourceWords } from '#db/rules/source-words.ts';
import type { CoverageDraft, CoverageNumberCard, CoverageNumberList, LedgerSums } from '#lib/contract/coverage-rule.ts';
import type { Scope } from '#lib/domain/access/scope.ts';
import {
	COVERAGE_KEYS,
	NUMBER_GROUPS,
	rangeOf,
	ruleKeyOf,
	ruleOfNumber,
	rulesAt,
	withNumber,
	type CoverageNumber,
	type NumberGroup,
} from '#lib/domain/coverage/numbers.ts';
import type { Db } from '../db/connection.ts';
import { asChange, ruleChangesLike, type RuleChangeRow } from '../repositories/rule-change.ts';
import { changeNote } from '../rules/rule-list.ts';
import { readFacts } from './ledger-facts.ts';
import { judgeLedger, type JudgedLedger } from './read-ledger.ts';

export async function coverageNumberList(db: Db, scope: Scope, now: Date): Promise<Omit<CoverageNumberList, 'may'>> {
	const rows = await ruleChangesLike(db, COVERAGE_KEYS);
	const active = rows.filter(({ state }) => state === 'active').map(asChange);
	const rules = rulesAt(coverageRules, active, now.getTime());
	const facts = await readFacts(db, scope, now);
	const today = judgeLedger(facts, rules, now);
	const sumsToday = sumsOf(today);
	const dueToday = new Map(today.sites.map(({ id, due }) => [id, due.dueOn]));
	const effectOf = ({ values, reason }: RuleChangeRow, number: CoverageNumber): CoverageDraft['effect'] => {
		const proposed = judgeLedger(facts, withNumber(rules, number, values.value!, reason), now);
		return {
			...{ today: sumsToday, proposed: sumsOf(proposed) },
			moved: proposed.sites.filter(({ id, due }) => due.dueOn !== dueToday.get(id)).length,
		};
	};
	const cardOf = (number: CoverageNumber, group: NumberGroup): CoverageNumberCard => {
		const [shipped, held] = [ruleOfNumber(coverageRules, number), ruleOfNumber(rules, number)];
		const own = rows.filter(({ ruleKey }) => ruleKey === ruleKeyOf(number));
		return {
			...{ number, group, unit: shipped.unit, range: rangeOf(number) },
			shipped: { value: shipped.value, source: sourceWords(shipped.source), confidence: shipped.confidence },
			now: { value: held.value, source: sourceWords(held.source), confidence: held.confidence },
			changes: own.map((row) => ({
				...changeNote(row, active, now),
				effect: row.state === 'draft' ? effectOf(row, number) : null,
			})),
		};
	};
	return {
		numbers: Object.entries(NUMBER_GROUPS).flatMap(([group, numbers]) =>
			numbers.map((number) => cardOf(number, group as NumberGroup)),
		),
		fixed: {
			floodSeason: { from: floodSeason.from, to: floodSeason.to, source: sourceWords(floodSeason.source) },
			calendars: Object.values(roundCalendars).map(({ firstEnds, secondEnds, source }) => ({
				...{ firstEnds, secondEnds },
				source: sourceWords(source),
			})),
		},
	};
}

function sumsOf({ sites, grids, rounds, today }: JudgedLedger): LedgerSums {
	const round = rounds.find(({ kind, fromOn, toOn }) => kind === 'fullCoverage' && fromOn <= today && toOn >= today);
	return {
		overdue: sites.filter(({ due }) => due.overdueDays > 0).length,
		quiet: sites.filter(({ due }) => due.quiet !== null && due.quiet.value > today).length,
		lowGrids: grids.filter(({ frequency }) => frequency === 'low').length,
		willMiss: round?.forecast?.willMiss ?? null,
	};
}
