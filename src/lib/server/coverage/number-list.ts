// The page of the coverage rules: every number and every day with its source, what the bureau put in its place, and what
// a draft of another would do to the ledger of today.

import { coverageRules, roundCalendars } from '#db/rules/coverage.ts';
import { holidaysKnownUntil } from '#db/rules/season.ts';
import { sourceWords } from '#db/rules/source-words.ts';
import type {
	CoverageDateCard,
	CoverageDraft,
	CoverageNumberCard,
	CoverageNumberList,
	LedgerSums,
} from '#lib/contract/coverage-rule.ts';
import type { Scope } from '#lib/domain/access/scope.ts';
import { dateKeyOf, ownDatesAt, withOwnDays } from '#lib/domain/coverage/dates.ts';
import {
	COVERAGE_KEYS,
	NUMBER_GROUPS,
	numberOfKey,
	rangeOf,
	ruleKeyOf,
	ruleOfNumber,
	rulesAt,
	withNumber,
	type CoverageNumber,
	type NumberGroup,
} from '#lib/domain/coverage/numbers.ts';
import { dayAfter } from '#lib/domain/day.ts';
import type { Db } from '../db/connection.ts';
import { keyPeriodsBetween, type KeyPeriodRow } from '../repositories/coverage-round.ts';
import { asChange, ruleChangesLike, type RuleChangeRow } from '../repositories/rule-change.ts';
import { changeNote } from '../rules/rule-list.ts';
import { shippedSeason, type CoverageNow } from './coverage-now.ts';
import { daysOfCalendar, heldDays, roundsMade, shippedDays, type MadeDates, type SaidDays } from './held-days.ts';
import { readFacts } from './ledger-facts.ts';
import { judgeLedger, type JudgedLedger } from './read-ledger.ts';

/** Days around today of the key periods that are listed. */
const PERIODS = { backD: 30, aheadD: 400 };

export async function coverageNumberList(db: Db, scope: Scope, now: Date): Promise<Omit<CoverageNumberList, 'may'>> {
	const rows = await ruleChangesLike(db, COVERAGE_KEYS);
	const active = rows.filter(({ state }) => state === 'active').map(asChange);
	const rules = rulesAt(coverageRules, active, now.getTime());
	const held: CoverageNow = {
		...{ rules, dates: ownDatesAt(active, now.getTime()) },
		shippedSeason: await shippedSeason(db),
	};
	const facts = await readFacts(db, scope, now);
	const ledger = judgeLedger(facts, held, now);
	const { today } = ledger;
	const sumsToday = sumsOf(ledger);
	const dueToday = new Map(ledger.sites.map(({ id, due }) => [id, due.dueOn]));
	const effectOf = (row: RuleChangeRow): CoverageDraft['effect'] => {
		const proposed = judgeLedger(facts, heldWith(held, row), now);
		return {
			...{ today: sumsToday, proposed: sumsOf(proposed) },
			moved: proposed.sites.filter(({ id, due }) => due.dueOn !== dueToday.get(id)).length,
		};
	};
	const changesOf = (key: string): CoverageDraft[] =>
		rows
			.filter(({ ruleKey }) => ruleKey === key)
			.map((row) => ({ ...changeNote(row, active, now), effect: row.state === 'draft' ? effectOf(row) : null }));
	const cardOf = (number: CoverageNumber, group: NumberGroup): CoverageNumberCard => {
		const [shipped, own] = [ruleOfNumber(coverageRules, number), ruleOfNumber(rules, number)];
		return {
			...{ number, group, unit: shipped.unit, range: rangeOf(number) },
			shipped: { value: shipped.value, source: sourceWords(shipped.source), confidence: shipped.confidence },
			now: { value: own.value, source: sourceWords(own.source), confidence: own.confidence },
			changes: changesOf(ruleKeyOf(number)),
		};
	};
	const made = {
		...{ season: held.shippedSeason, rounds: facts.rounds },
		periods: (await keyPeriodsBetween(db, dayAfter(today, -PERIODS.backD), dayAfter(today, PERIODS.aheadD))).filter(
			(period) => !period.isProposed || rows.some((row) => isOpen(row) && row.ruleKey === periodKey(period)),
		),
	};
	const dateCardOf = (subject: CoverageDateCard['subject']): CoverageDateCard => {
		const shipped = shippedDays(subject, made)!;
		const ruleKey = dateKeyOf(subject);
		const own = heldDays(subject, shipped, held.dates);
		return { ruleKey, subject, shipped: worded(shipped), now: worded(own), changes: changesOf(ruleKey) };
	};
	const years = [0, 1].map((more) => Number(today.slice(0, 4)) + more);
	return {
		numbers: Object.entries(NUMBER_GROUPS).flatMap(([group, numbers]) =>
			numbers.map((number) => cardOf(number, group as NumberGroup)),
		),
		dates: subjectsOf(years, made).map(dateCardOf),
		calendars: years.flatMap((year) =>
			Object.values(roundCalendars).map((calendar) => ({
				...{ year, days: daysOfCalendar(year, calendar), source: sourceWords(calendar.source) },
			})),
		),
		today,
		holidaysUntil: holidaysKnownUntil,
	};
}

/** A proposal that was put away, or has been ended, is none any more. */
const isOpen = ({ state }: RuleChangeRow) => state === 'draft' || state === 'active';
const periodKey = ({ id }: KeyPeriodRow) => dateKeyOf({ kind: 'period', id });

function subjectsOf(years: readonly number[], made: MadeDates): CoverageDateCard['subject'][] {
	return [
		...years.map((year) => ({ kind: 'rounds' as const, year, isMade: roundsMade(year, made.rounds).length > 0 })),
		{ kind: 'floodSeason' },
		...made.periods.map(({ id, name, kind, area, isProposed }: KeyPeriodRow) => ({
			...{ kind: 'period' as const, id, name, of: kind, area, isProposed },
		})),
	];
}

/** What would hold if a draft were switched on. */
function heldWith(held: CoverageNow, { ruleKey, values, reason }: RuleChangeRow): CoverageNow {
	const number = numberOfKey(ruleKey);
	if (number) return { ...held, rules: withNumber(held.rules, number, values.value!, reason) };
	return { ...held, dates: withOwnDays(held.dates, { ruleKey, values, reason }) };
}

const worded = ({ source, ...days }: SaidDays) => ({ ...days, source: sourceWords(source) });

function sumsOf({ sites, grids, rounds, today }: JudgedLedger): LedgerSums {
	const round = rounds.find(({ kind, fromOn, toOn }) => kind === 'fullCoverage' && fromOn <= today && toOn >= today);
	return {
		overdue: sites.filter(({ due }) => due.overdueDays > 0).length,
		quiet: sites.filter(({ due }) => due.quiet !== null && due.quiet.value > today).length,
		lowGrids: grids.filter(({ frequency }) => frequency === 'low').length,
		willMiss: round?.forecast?.willMiss ?? null,
	};
}
