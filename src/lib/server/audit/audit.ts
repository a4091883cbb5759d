// The audit trail: who did what to what, written in the transaction of the change, so that neither is without the other.

import { sql } from 'kysely';
import type { AuditAction } from '#lib/domain/access/audit-action.ts';
import type { Db } from '../db/connection.ts';
import { cleanText, GENESIS, hashOf, storable } from './chain.ts';

export interface AuditEntry {
	at: Date;
	/** `person:<id>`, `token:<id>`, `system`, … (see `nameOf` of domain/access/principal). */
	actor: string;
	actorKind: string;
	address?: string | null;
	action: AuditAction;
	/** What it was done to: `session 5f2c…`, `sites.xlsx`. */
	object: string;
	/** Facts worth keeping. Never a secret, never more personal data than the question “what was done” needs. */
	detail?: unknown;
	outcome: 'done' | 'denied' | 'failed';
}

/** Names the lock under which entries get their number; any constant that nothing else uses. */
const LOCK = 0x51_7e_a0_d1;

/**
 * Appends one entry in the caller's transaction. Entries are numbered and chained under a lock held to the end of the
 * transaction: call it last, after event log and rows, so that transactions take their locks in one order.
 */
export async function audit(tx: Db, entry: AuditEntry): Promise<void> {
	await sql`select pg_advisory_xact_lock(${LOCK})`.execute(tx);
	const last = await tx.selectFrom('audit').select(['seq', 'hash']).orderBy('seq', 'desc').limit(1).executeTakeFirst();
	const seq = Number(last?.seq ?? 0) + 1;
	const prevHash = last?.hash ?? GENESIS;
	const chained = {
		seq,
		at: entry.at,
		actor: cleanText(entry.actor),
		actorKind: entry.actorKind,
		address: entry.address ?? null,
		action: entry.action,
		object: cleanText(entry.object),
		detail: storable(entry.detail),
		outcome: entry.outcome,
	};
	await tx
		.insertInto('audit')
		.values({
			seq,
			at: chained.at,
			actor: chained.actor,
			actor_kind: chained.actorKind,
			address: chained.address,
			action: chained.action,
			object: chained.object,
			detail: JSON.stringify(chained.detail),
			outcome: chained.outcome,
			prev_hash: prevHash,
			hash: hashOf(prevHash, chained),
		})
		.execute();
}
