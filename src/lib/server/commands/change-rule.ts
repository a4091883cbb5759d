// A bureau changes a rule: drafts it with a reason, switches it on (one that judges readings after a back-test), ends it,
// puts the one before back.
// Every step is in the audit trail and nothing is deleted.

import { randomUUID } from 'node:crypto';
import { backtestRules } from '#db/rules/backtest.ts';
import type { EventMessage } from '#lib/contract/events.ts';
import type { RuleWish } from '#lib/contract/rule.ts';
import type { Action } from '#lib/domain/access/action.ts';
import { authorize } from '#lib/domain/access/authorize.ts';
import { calledBy, nameOf } from '#lib/domain/access/principal.ts';
import { namesAllOf } from '#lib/domain/alarm/effective.ts';
import type { Values } from '#lib/domain/alarm/parameter.ts';
import { audit } from '../audit/audit.ts';
import { signedBy, type Caller } from '../auth/caller.ts';
import { coverageHeld } from '../coverage/coverage-held.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { Fault } from '../errors.ts';
import { appendEvents } from '../events/log.ts';
import type { LiveState } from '../live/live-state.ts';
import { newestBacktests } from '../repositories/rule-backtest.ts';
import {
	activeSiblings,
	insertRuleChange,
	markActive,
	markEnded,
	ruleChangeForUpdate,
	type RuleChangeRow,
} from '../repositories/rule-change.ts';
import { checkWish, isBackTested, type RulesLive } from '../rules/check-wish.ts';

/** @throws Fault with what is wrong with the wish; nothing is in force by it yet */
export async function draftRuleChange(db: Db, caller: Caller, live: RulesLive, wish: RuleWish): Promise<string> {
	permit(caller, 'rule:draft', placeOf(live.state, wish));
	checkWish(live, wish, await coverageHeld(db, wish.ruleKey, caller.now));
	const validFrom = wish.from === null ? caller.now : new Date(wish.from);
	const validTo = wish.until === null ? null : new Date(wish.until);
	if (validTo && validTo.getTime() <= Math.max(validFrom.getTime(), caller.now.getTime()))
		throw new Fault(
			'bad-input',
			'until',
			'截止时间须晚于开始时间和现在 · The end must lie behind the beginning and now.',
		);

	const id = randomUUID();
	await transaction(db, async (tx) => {
		await insertRuleChange(tx, {
			...{ id, ruleKey: wish.ruleKey, scope: wish.scope, values: wish.values as Values, validFrom, validTo },
			...{ reason: wish.reason, createdAt: caller.now, createdBy: nameOf(caller.principal) },
			createdByName: calledBy(caller.principal),
		});
		await audit(tx, {
			...signedBy(caller),
			action: 'rule:draft',
			object: `rule ${wish.ruleKey}`,
			detail: wish,
			outcome: 'done',
		});
	});
	return id;
}

/** Puts a draft away. */
export async function discardRuleChange(db: Db, caller: Caller, state: LiveState, id: string): Promise<void> {
	await transaction(db, async (tx) => {
		const change = await lockedIn(tx, id, 'draft');
		permit(caller, 'rule:draft', placeOf(state, change));
		await markEnded(tx, id, {
			at: caller.now,
			name: calledBy(caller.principal),
			cause: 'discarded',
			state: 'discarded',
		});
		await audit(tx, {
			...signedBy(caller),
			action: 'rule:discard',
			object: `rule ${change.ruleKey}`,
			detail: { id },
			outcome: 'done',
		});
	});
}

/** @throws Fault `conflict` without a back-test of it that still holds. @returns events to announce after the commit */
export async function activateRuleChange(
	db: Db,
	caller: Caller,
	state: LiveState,
	id: string,
): Promise<EventMessage[]> {
	return transaction(db, async (tx) => {
		const change = await lockedIn(tx, id, 'draft');
		permit(caller, 'rule:activate', placeOf(state, change));
		const test = (await newestBacktests(tx, [id])).get(id);
		if (isBackTested(change.ruleKey) && (test?.state !== 'done' || !doesHold(test.endedAt, caller.now)))
			throw new Fault(
				'conflict',
				`rule ${change.ruleKey}`,
				'启用前须先用历史数据回测（72 小时内有效） · It must be back-tested within 72 hours before it is switched on.',
			);
		if (change.validTo && change.validTo <= caller.now)
			throw new Fault('conflict', `rule ${change.ruleKey}`, '该修改已过截止时间 · Its end has passed.');
		const validFrom = change.validFrom > caller.now ? change.validFrom : caller.now;
		const ended = (await activeSiblings(tx, change)).filter((other) => isWithin(other, change, validFrom, caller.now));
		const name = calledBy(caller.principal);
		for (const one of ended) await markEnded(tx, one.id, { at: caller.now, name, cause: 'replaced', state: 'ended' });
		const replaces = lastingOf(ended, caller.now)?.id ?? null;
		await markActive(tx, id, { at: caller.now, name, validFrom, replaces });
		return told(tx, caller, state, change, 'activated', {
			id,
			values: change.values,
			replaces,
			alarmsBefore: test?.result?.today.total,
			alarmsAfter: test?.result?.proposed.total,
		});
	});
}

/**
 * Ends a change that is in force: the one that waited for it holds again, or the next wider one; with `restore` the one it
 * had replaced.
 */
export async function endRuleChange(
	db: Db,
	caller: Caller,
	state: LiveState,
	id: string,
	{ reason, restore }: { reason: string; restore: boolean },
): Promise<EventMessage[]> {
	return transaction(db, async (tx) => {
		const change = await lockedIn(tx, id, 'active');
		permit(caller, 'rule:activate', placeOf(state, change));
		const name = calledBy(caller.principal);
		const before = restore && change.replaces ? await ruleChangeForUpdate(tx, change.replaces) : undefined;
		if (restore && (!before || (before.validTo && before.validTo <= caller.now)))
			throw new Fault(
				'conflict',
				`rule ${change.ruleKey}`,
				'没有可恢复的上一版，或其期限已过 · There is no version before it, or its time has passed.',
			);
		await markEnded(tx, id, { at: caller.now, name, reason, state: 'ended' });
		if (before)
			await markActive(tx, before.id, { at: caller.now, name, validFrom: caller.now, replaces: before.replaces });
		return told(tx, caller, state, change, 'ended', { id, reason, restored: before?.id ?? null });
	});
}

/**
 * Whether a change has nothing left to say once another of its scope is switched on. One that outlasts it, runs until it
 * begins, or names a number the other says nothing of, stays: that number still holds.
 */
function isWithin(one: RuleChangeRow, other: RuleChangeRow, validFrom: Date, now: Date): boolean {
	const isEarlier = one.validFrom < validFrom && validFrom > now;
	return untilMs(one) <= untilMs(other) && !isEarlier && namesAllOf([other], one);
}

/** The one that would hold longest of those that have not run out: what can be put back. */
function lastingOf(changes: readonly RuleChangeRow[], now: Date): RuleChangeRow | undefined {
	return changes.filter((one) => untilMs(one) > now.getTime()).sort((a, b) => untilMs(b) - untilMs(a))[0];
}

const untilMs = ({ validTo }: Pick<RuleChangeRow, 'validTo'>): number => validTo?.getTime() ?? Infinity;

export function doesHold(endedAt: Date | null, now: Date): boolean {
	return endedAt !== null && now.getTime() - endedAt.getTime() <= backtestRules.holdsFor.value * 3_600_000;
}

async function told(
	tx: Db,
	caller: Caller,
	state: LiveState,
	change: RuleChangeRow,
	how: 'activated' | 'ended',
	detail: object,
): Promise<EventMessage[]> {
	const { townCode } = placeOf(state, change);
	const events = await appendEvents(tx, [
		{
			at: caller.now,
			type: 'rule:changed',
			subject: { kind: 'rule', id: change.ruleKey, ...(townCode ? { townCode } : {}) },
			data: { changeId: change.id, ruleKey: change.ruleKey, how },
		},
	]);
	const action = how === 'activated' ? 'rule:activate' : 'rule:end';
	await audit(tx, { ...signedBy(caller), action, object: `rule ${change.ruleKey}`, detail, outcome: 'done' });
	return events;
}

async function lockedIn(tx: Db, id: string, wanted: RuleChangeRow['state']): Promise<RuleChangeRow> {
	const change = await ruleChangeForUpdate(tx, id);
	if (!change)
		throw new Fault('not-found', `rule change ${id}`, '没有这项规则修改 · There is no such change of a rule.');
	if (change.state === wanted) return change;
	throw new Fault(
		'conflict',
		`rule ${change.ruleKey}`,
		wanted === 'draft' ? '该修改已不是草稿 · It is no draft any more.' : '该修改未在执行 · It is not in force.',
	);
}

type Place = { townCode: string | null; gridCode: string | null };

/** Null: the whole district. */
function placeOf(state: LiveState, { scope }: Pick<RuleChangeRow, 'scope'>): Place {
	const object = scope.id === null ? undefined : state.objects.find(({ id }) => id === scope.id);
	return { townCode: object?.townCode ?? null, gridCode: object?.gridCode ?? null };
}

function permit({ principal }: Caller, action: Action, place: Place): void {
	if (!authorize(principal, action, place).ok)
		throw new Fault(
			'forbidden',
			action,
			'您的角色或管辖范围不允许修改该规则 · Your role or area does not permit this.',
		);
}
