// Which limits held along the curve of an alarm: those of that time and not those of now, with a step where a rule was
// changed or a weather signal came.

import { ruleCatalogue } from '#db/rules/alarm.ts';
import { signalLimits } from '#db/rules/weather.ts';
import type { AlarmCard, CurveLimit } from '#lib/contract/alarm-card.ts';
import type { RuleChange, Subject } from '#lib/domain/alarm/effective.ts';
import { ruleSteps, type RuleStep, type SignalSpell } from '#lib/domain/alarm/limit-steps.ts';
import type { Measure, Watch } from '#lib/domain/alarm/watch.ts';
import type { Db } from '../db/connection.ts';
import { signalPastOf } from '../repositories/flood-signal.ts';
import { asChange, ruleChanges, type RuleChangeRow } from '../repositories/rule-change.ts';
import type { AlarmRow } from './alarm-row.ts';
import { isSameNumber } from './limit-source.ts';

/** Judged by a number that is worked out of the one that is drawn. */
const IS_NOT_DRAWN = new Set<Measure>(['rate', 'derived']);

interface Span {
	fromMs: number;
	toMs: number;
}

type Limits = Pick<AlarmCard, 'curveLimits' | 'isOnlyJudgedLimit'>;

/**
 * @param watched - as it is watched now, for the number of the designer; undefined: not any more
 * @param span - of the curve
 */
export async function limitsThen(
	db: Db,
	row: AlarmRow,
	watched: Watch | undefined,
	subject: Subject | null,
	span: Span,
): Promise<Limits> {
	const shipped = ruleCatalogue.find(({ by }) => by.key === row.ruleKey);
	if (!shipped || IS_NOT_DRAWN.has(shipped.measure)) return { curveLimits: [], isOnlyJudgedLimit: false };
	const spells = subject ? await spellsOf(db, subject, span) : undefined;
	if (!subject || !spells) return onlyJudged(row, span);
	const changes = (await ruleChanges(db, row.ruleKey)).flatMap(whileItRan);
	const steps = ruleSteps(shipped, subject, { changes, spells, signalTable: signalLimits }, span);
	const curveLimits = joined(steps.flatMap((step) => limitsOf(step, watched)));
	// A designer may have given another number since, or a change that was restored has lost when it ran before.
	return curveLimits.some((one) => isJudged(one, row))
		? { curveLimits, isOnlyJudgedLimit: false }
		: onlyJudged(row, span);
}

/** @returns undefined: a signal has changed within the span, and nobody can say from what */
async function spellsOf(db: Db, { townCode }: Subject, { fromMs, toMs }: Span): Promise<SignalSpell[] | undefined> {
	if (townCode === null) return [];
	const past = (await signalPastOf(db, townCode, new Date(fromMs))).filter(({ heardAt }) => heardAt.getTime() < toMs);
	if (past.some(({ changedAt }) => changedAt !== null && changedAt.getTime() > fromMs)) return undefined;
	return past.flatMap(({ kind, colour, heardAt, liftedAt }) =>
		colour ? [{ signal: kind, colour, fromMs: heardAt.getTime(), untilMs: liftedAt?.getTime() ?? null }] : [],
	);
}

function whileItRan(row: RuleChangeRow): RuleChange[] {
	if (row.activatedAt === null) return [];
	const change = asChange(row);
	const untilMs = Math.min(change.untilMs ?? Infinity, row.endedAt?.getTime() ?? Infinity);
	const fromMs = Math.max(change.fromMs, row.activatedAt.getTime());
	return fromMs < untilMs ? [{ ...change, fromMs, untilMs: untilMs === Infinity ? null : untilMs }] : [];
}

/** Shares of what the point may reach in its unit; none while the rule was off, or nobody can say what it might reach. */
function limitsOf({ fromMs, toMs, held }: RuleStep, watched: Watch | undefined): CurveLimit[] {
	const { measure, quantity, by } = held.rules;
	const designed = watched?.designedBy ? watched.design : NaN;
	// Water is judged in metres.
	const whole = held.limit === undefined ? designed : quantity === 'levelM' ? held.limit / 1000 : held.limit;
	const factor = measure === 'utilisation' ? whole / 100 : 1;
	if (!held.isOn || Number.isNaN(factor)) return [];
	const [from, to] = [new Date(fromMs).toISOString(), new Date(toMs).toISOString()];
	return by.limits.map(({ level, from: { value } }) => ({ level, value: value * factor, from, to }));
}

/** Steps that say the same of a level are one. */
function joined(limits: readonly CurveLimit[]): CurveLimit[] {
	const found: CurveLimit[] = [];
	for (const one of limits) {
		const before = found.findLast(({ level }) => level === one.level);
		if (before && before.to === one.from && before.value === one.value) before.to = one.to;
		else found.push({ ...one });
	}
	return found;
}

function isJudged({ level, value, from, to }: CurveLimit, row: AlarmRow): boolean {
	const isDuring = new Date(to) >= row.raisedAt && (row.clearedAt === null || new Date(from) <= row.clearedAt);
	return isDuring && level === row.level && isSameNumber(value, row.limit);
}

function onlyJudged({ level, limit, raisedAt, clearedAt }: AlarmRow, span: Span): Limits {
	const from = new Date(Math.max(span.fromMs, raisedAt.getTime())).toISOString();
	const to = new Date(Math.min(span.toMs, clearedAt?.getTime() ?? Infinity)).toISOString();
	return { curveLimits: [{ level, value: limit, from, to }], isOnlyJudgedLimit: true };
}
