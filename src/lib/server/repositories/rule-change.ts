// Changes of rules: those in force, the history of them, and one to act on.

import { sql, type Selectable } from 'kysely';
import type { Tables } from '#db/schema.ts';
import type { RuleChange, ScopeKind } from '#lib/domain/alarm/effective.ts';
import type { Values } from '#lib/domain/alarm/parameter.ts';
import type { Db } from '../db/connection.ts';

/** Put away as a draft, or by a newer change of the same rule and scope. */
type EndCause = 'discarded' | 'replaced';

export interface RuleChangeRow {
	id: string;
	ruleKey: string;
	scope: { kind: ScopeKind; id: string | null };
	values: Values;
	validFrom: Date;
	validTo: Date | null;
	reason: string;
	state: 'draft' | 'active' | 'ended' | 'discarded';
	createdAt: Date;
	createdBy: string;
	createdByName: string;
	activatedAt: Date | null;
	activatedByName: string | null;
	endedAt: Date | null;
	endedByName: string | null;
	endReason: string | null;
	endCause: EndCause | null;
	replaces: string | null;
}

/** Switched on and not ended, whether they run already or have run out. */
export async function changesInForce(db: Db): Promise<RuleChange[]> {
	const rows = await db.selectFrom('rule_change').selectAll().where('state', '=', 'active').orderBy('id').execute();
	return rows.map(fromRow).map(asChange);
}

/** A change as the domain knows it; a draft is taken as if it were switched on last of all. */
export function asChange(row: RuleChangeRow): RuleChange {
	return {
		id: row.id,
		ruleKey: row.ruleKey,
		scope: row.scope,
		values: row.values,
		fromMs: row.validFrom.getTime(),
		untilMs: row.validTo?.getTime() ?? null,
		activatedMs: row.activatedAt?.getTime() ?? Infinity,
		reason: row.reason,
		by: row.activatedByName ?? row.createdByName,
	};
}

/** All of one rule, or of every rule; newest first. */
export async function ruleChanges(db: Db, ruleKey?: string): Promise<RuleChangeRow[]> {
	const rows = await db
		.selectFrom('rule_change')
		.selectAll()
		.$if(ruleKey !== undefined, (query) => query.where('rule_key', '=', ruleKey!))
		.orderBy('created_at', 'desc')
		.limit(HISTORY)
		.execute();
	return rows.map(fromRow);
}

/** All of the rules whose keys begin so; newest first. */
export async function ruleChangesLike(db: Db, prefix: string): Promise<RuleChangeRow[]> {
	const rows = await db
		.selectFrom('rule_change')
		.selectAll()
		.where(sql<boolean>`starts_with(rule_key, ${prefix})`)
		.orderBy('created_at', 'desc')
		.limit(HISTORY)
		.execute();
	return rows.map(fromRow);
}

const HISTORY = 500;

/** Locked to the end of the transaction. */
export async function ruleChangeForUpdate(tx: Db, id: string): Promise<RuleChangeRow | undefined> {
	const row = await tx.selectFrom('rule_change').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
	return row && fromRow(row);
}

export async function ruleChangeById(db: Db, id: string): Promise<RuleChangeRow | undefined> {
	const row = await db.selectFrom('rule_change').selectAll().where('id', '=', id).executeTakeFirst();
	return row && fromRow(row);
}

/** The changes of the same rule and scope that were switched on, locked; the one switched on last first. */
export async function activeSiblings(
	tx: Db,
	{ ruleKey, scope }: Pick<RuleChangeRow, 'ruleKey' | 'scope'>,
): Promise<RuleChangeRow[]> {
	const rows = await tx
		.selectFrom('rule_change')
		.selectAll()
		.where('rule_key', '=', ruleKey)
		.where('scope_kind', '=', scope.kind)
		.where(sql<boolean>`scope_id is not distinct from ${scope.id}`)
		.where('state', '=', 'active')
		.orderBy('activated_at', 'desc')
		.forUpdate()
		.execute();
	return rows.map(fromRow);
}

export async function insertRuleChange(
	tx: Db,
	row: Pick<
		RuleChangeRow,
		| 'id'
		| 'ruleKey'
		| 'scope'
		| 'values'
		| 'validFrom'
		| 'validTo'
		| 'reason'
		| 'createdAt'
		| 'createdBy'
		| 'createdByName'
	>,
): Promise<void> {
	await tx
		.insertInto('rule_change')
		.values({
			id: row.id,
			rule_key: row.ruleKey,
			scope_kind: row.scope.kind,
			scope_id: row.scope.id,
			values: JSON.stringify(row.values),
			valid_from: row.validFrom,
			valid_to: row.validTo,
			reason: row.reason,
			state: 'draft',
			created_at: row.createdAt,
			created_by: row.createdBy,
			created_by_name: row.createdByName,
		})
		.execute();
}

/** Switched on. Begins now at the earliest: a rule never judged the past. */
export async function markActive(
	tx: Db,
	id: string,
	by: { at: Date; name: string; validFrom: Date; replaces: string | null },
): Promise<void> {
	await tx
		.updateTable('rule_change')
		.set({
			state: 'active',
			activated_at: by.at,
			activated_by_name: by.name,
			valid_from: by.validFrom,
			replaces: by.replaces,
			ended_at: null,
			ended_by_name: null,
			end_reason: null,
			end_cause: null,
		})
		.where('id', '=', id)
		.execute();
}

export async function markEnded(
	tx: Db,
	id: string,
	by: { at: Date; name: string; state: 'ended' | 'discarded' } & ({ reason: string } | { cause: EndCause }),
): Promise<void> {
	await tx
		.updateTable('rule_change')
		.set({
			...{ state: by.state, ended_at: by.at, ended_by_name: by.name },
			...('cause' in by ? { end_reason: null, end_cause: by.cause } : { end_reason: by.reason, end_cause: null }),
		})
		.where('id', '=', id)
		.execute();
}

type Stored = Selectable<Tables['rule_change']>;

function fromRow(row: Stored): RuleChangeRow {
	return {
		id: row.id,
		ruleKey: row.rule_key,
		scope: { kind: row.scope_kind, id: row.scope_id },
		values: row.values as unknown as Values,
		validFrom: row.valid_from,
		validTo: row.valid_to,
		reason: row.reason,
		state: row.state,
		createdAt: row.created_at,
		createdBy: row.created_by,
		createdByName: row.created_by_name,
		activatedAt: row.activated_at,
		activatedByName: row.activated_by_name,
		endedAt: row.ended_at,
		endedByName: row.ended_by_name,
		endReason: row.end_reason,
		endCause: row.end_cause,
		replaces: row.replaces,
	};
}
