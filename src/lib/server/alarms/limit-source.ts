// Where the limit an alarm was raised at came from: a standard, the designer of the pit, the weather, or a change of the
// bureau with those who made it. The rule may have been changed since.

import { ruleCatalogue } from '#db/rules/alarm.ts';
import { sourceWords } from '#db/rules/source-words.ts';
import type { AlarmCard, BothLanguages, LimitChange, LimitSource } from '#lib/contract/alarm-card.ts';
import { isFor, type Subject } from '#lib/domain/alarm/effective.ts';
import type { Watch, WatchRules } from '#lib/domain/alarm/watch.ts';
import type { Db } from '../db/connection.ts';
import type { LivePart } from '../live/live-part.ts';
import { subjectOf } from '../live/watches.ts';
import { ruleChanges, type RuleChangeRow } from '../repositories/rule-change.ts';
import type { AlarmRow } from './alarm-row.ts';

/** @returns null: nobody can say any more */
export async function sourceOfLimit(
	db: Db,
	live: LivePart,
	row: AlarmRow,
	watched: Watch | undefined,
	rule: AlarmCard['rule'],
): Promise<AlarmCard['limitSource']> {
	const { condition, level, limit, ruleKey } = row;
	const shipped = ruleCatalogue.find(({ by }) => by.key === ruleKey);
	const object = live.state.deviceOf(row)?.object;
	const subject = object ? subjectOf(object) : null;
	const now = rule?.limits.find((one) => one.level === level);
	// Silence is counted in intervals of the device, which are learned anew.
	if (now && (condition === 'offline' || isSameNumber(now.value, limit))) {
		const id = shipped && subject ? changeNow(live, shipped, subject, level) : undefined;
		const change = id === undefined ? undefined : (await ruleChanges(db, ruleKey)).find((one) => one.id === id);
		if (change) return byChange(change, false);
		const { source, confidence } = now;
		return { source, confidence, isPast: false, change: null, ofPoint: watched ? ofPoint(watched) : null };
	}
	const past = (await ruleChanges(db, ruleKey)).find(
		(change) => wasRunning(change, row) && (!subject || isFor(change, subject)) && made(change, shipped, row),
	);
	if (past) return byChange(past, true);
	const from = shipped?.by.limits.find((one) => one.level === level)?.from;
	if (from?.value !== limit) return null;
	const { source, confidence } = from;
	return { source: sourceWords(source), confidence, isPast: now !== undefined, change: null, ofPoint: null };
}

/** The change that decides on the limit now: what the point may reach before the share of it. */
function changeNow(live: LivePart, shipped: WatchRules, subject: Subject, level: AlarmRow['level']) {
	const { origins } = live.rules().of(shipped, subject);
	const origin = origins.get('limit') ?? origins.get(`from.${level}`);
	return origin?.kind === 'change' ? origin.change.id : undefined;
}

function wasRunning({ activatedAt, endedAt }: RuleChangeRow, { raisedAt, lastAt }: AlarmRow): boolean {
	return activatedAt !== null && activatedAt <= lastAt && (endedAt === null || endedAt >= raisedAt);
}

/** Whether the limit is one that this change made. */
function made({ values }: RuleChangeRow, shipped: WatchRules | undefined, { level, limit }: AlarmRow): boolean {
	if (values.limit === undefined) return values[`from.${level}`] === limit;
	const share = values[`from.${level}`] ?? shipped?.by.limits.find((one) => one.level === level)?.from.value ?? NaN;
	const whole = (share / 100) * values.limit;
	// Water is judged in metres.
	return isSameNumber(whole, limit) || isSameNumber(whole / 1000, limit);
}

function byChange(change: RuleChangeRow, isPast: boolean): LimitSource {
	return { source: asWritten(change.reason), confidence: 'local', isPast, change: noteOf(change), ofPoint: null };
}

function noteOf({ ruleKey, scope, createdByName, activatedByName, activatedAt }: RuleChangeRow): LimitChange {
	return {
		...{ ruleKey, scope: scope.kind, draftedBy: createdByName, activatedBy: activatedByName },
		activatedAt: activatedAt?.toISOString() ?? null,
	};
}

function ofPoint({ designedBy, design, unit }: Watch): LimitSource['ofPoint'] {
	if (!designedBy) return null;
	return { value: design, unit, source: sourceWords(designedBy.source), confidence: designedBy.confidence };
}

/** A reason as somebody has written it. */
const asWritten = (reason: string): BothLanguages => ({ zh: reason, en: reason });

/** Shares of a limit come out of a multiplication. */
export const isSameNumber = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(b));
