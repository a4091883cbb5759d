// The rules page: every rule with its numbers and their source, who changed what, how many devices it is for.

import { ruleCatalogue } from '#db/rules/alarm.ts';
import { sourceWords } from '#db/rules/source-words.ts';
import type { BackTestNote, RuleCard, RuleChangeNote, RuleList, RuleSubject } from '#lib/contract/rule.ts';
import { phaseOf, replacedIn, type RuleChange } from '#lib/domain/alarm/effective.ts';
import { parametersOf } from '#lib/domain/alarm/parameter.ts';
import { reaches, type Scope } from '#lib/domain/access/scope.ts';
import type { WatchRules } from '#lib/domain/alarm/watch.ts';
import { RuleBook } from '../alarms/rule-book.ts';
import { doesHold } from '../commands/change-rule.ts';
import type { Db } from '../db/connection.ts';
import type { LiveState } from '../live/live-state.ts';
import type { LivePart } from '../live/live-part.ts';
import { newestBacktests, type BacktestRow } from '../repositories/rule-backtest.ts';
import { asChange, ruleChanges, type RuleChangeRow } from '../repositories/rule-change.ts';
import type { BackTests } from './back-test.ts';
import { BUREAU, devicesOfRule, subjectKind, valuesNow } from './rule-devices.ts';

export async function ruleList(
	db: Db,
	live: LivePart,
	backTests: BackTests,
	scope: Scope,
	now: Date,
): Promise<Omit<RuleList, 'may'>> {
	const changes = (await ruleChanges(db)).filter((change) => isChangeInReach(live.state, scope, change));
	const tests = await newestBacktests(
		db,
		changes.map(({ id }) => id),
	);
	const nameOf = namesOf(live);
	const active = changes.filter(({ state }) => state === 'active').map(asChange);
	const notes = changes.map((change) => noteOf(change, active, tests.get(change.id), nameOf, backTests, now));
	// By the changes that are listed: devices are judged by a new one a moment later.
	const book = new RuleBook({ changes: active, signals: live.signals() }, now.getTime());
	const open = new Map<string, number>();
	for (const { ruleKey } of live.engine.book.active()) open.set(ruleKey, (open.get(ruleKey) ?? 0) + 1);
	return {
		rules: ruleCatalogue.map((rules) =>
			cardOf(
				rules,
				live,
				book,
				open.get(rules.by.key) ?? 0,
				notes.filter(({ ruleKey }) => ruleKey === rules.by.key),
			),
		),
		signals: Object.entries(live.signals()).flatMap(([townCode, signals]) =>
			signals.map((signal) => ({ townCode, ...signal })),
		),
	};
}

/** Changes for the bureau are everybody's; one for a thing belongs to those who may see that thing. */
export function isChangeInReach(
	state: Pick<LiveState, 'objects'>,
	scope: Scope,
	{ scope: { kind, id } }: Pick<RuleChangeRow, 'scope'>,
): boolean {
	if (id === null) return true;
	const object = state.objects.find((one) => (kind === 'site' ? one.siteId : one.id) === id);
	return reaches(scope, object?.townCode ?? null, object?.siteId, object?.gridCode);
}

function cardOf(rules: WatchRules, live: LivePart, book: RuleBook, open: number, changes: RuleChangeNote[]): RuleCard {
	const { by, condition, quantity, measure, hours } = rules;
	const now = valuesNow(book, rules, BUREAU);
	return {
		key: by.key,
		subject: subjectKind(by.key) as RuleSubject,
		...{ condition, quantity, measure, side: by.side ?? 'above', isLatched: by.isLatched, isOn: now.isOn === 1 },
		hours: hours ? { from: hours.from.value, until: hours.until.value } : null,
		parameters: parametersOf(rules).map(({ parameter, shipped, min, max }) => ({
			...{ parameter, shipped: shipped ?? null, source: shipped ? sourceWords(shipped.source) : null, min, max },
			now: now[parameter] ?? null,
		})),
		devices: devicesOfRule(live.state, by.key).length,
		...{ open, changes },
	};
}

function noteOf(
	row: RuleChangeRow,
	active: readonly RuleChange[],
	test: BacktestRow | undefined,
	nameOf: (id: string) => string | null,
	backTests: BackTests,
	now: Date,
): RuleChangeNote {
	return {
		...changeNote(row, active, now),
		scopeName: row.scope.id === null ? null : nameOf(row.scope.id),
		backTest: test ? backTestNote(test, backTests, now) : null,
	};
}

/** A change as people read it. @param active - those it may stand behind */
export function changeNote(
	row: RuleChangeRow,
	active: readonly RuleChange[],
	now: Date,
): Omit<RuleChangeNote, 'scopeName' | 'backTest'> {
	return {
		...{ id: row.id, ruleKey: row.ruleKey, scope: row.scope, values: row.values, reason: row.reason, state: row.state },
		from: row.validFrom.toISOString(),
		until: row.validTo?.toISOString() ?? null,
		phase: row.state === 'active' ? phaseOf(asChange(row), active, now.getTime()) : null,
		replaced: row.state === 'active' ? replacedIn(asChange(row), active, now.getTime()) : [],
		createdAt: row.createdAt.toISOString(),
		createdBy: row.createdByName,
		activatedAt: row.activatedAt?.toISOString() ?? null,
		activatedBy: row.activatedByName,
		endedAt: row.endedAt?.toISOString() ?? null,
		endedBy: row.endedByName,
		endReason: row.endReason,
		endCause: row.endCause,
		replaces: row.replaces,
	};
}

export function backTestNote(row: BacktestRow, backTests: BackTests, now: Date): BackTestNote {
	const progress = backTests.progressOf(row.id) ?? null;
	// One that runs nowhere any more was broken off with its program.
	const isLost = row.state === 'running' && progress === null;
	return {
		id: row.id,
		state: isLost ? 'failed' : row.state,
		progress,
		startedAt: row.startedAt.toISOString(),
		startedBy: row.startedByName,
		endedAt: row.endedAt?.toISOString() ?? null,
		result: row.result,
		fault: isLost ? '程序重启，回测中断，请重新回测 · The program was restarted; try it again.' : row.fault,
		holds: row.state === 'done' && doesHold(row.endedAt, now),
	};
}

function namesOf(live: LivePart): (id: string) => string | null {
	const names = new Map(
		live.state.objects.map(({ id, kind, name, siteName }) => [id, kind === 'site' ? name : `${siteName} ${name}`]),
	);
	return (id) => names.get(id) ?? null;
}
