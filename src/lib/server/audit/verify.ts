// Walks the whole audit trail and recomputes its chain.

import type { Db } from '../db/connection.ts';
import { GENESIS, hashOf } from './chain.ts';

export type AuditVerdict =
	| { ok: true; entries: number; head: string }
	| { ok: false; seq: number; why: 'altered' | 'missing' | 'relinked' | 'anchor-missing' | 'anchor-differs' };

/** A head noted earlier outside the database. Only with one is a trail found that lost its last entries. */
export interface Anchor {
	seq: number;
	/** Hexadecimal. */
	hash: string;
}

const PAGE = 1000;

export async function verifyAudit(db: Db, anchor?: Anchor): Promise<AuditVerdict> {
	let seq = 0;
	let prev = GENESIS;
	for (;;) {
		const rows = await db
			.selectFrom('audit')
			.selectAll()
			.where('seq', '>', String(seq))
			.orderBy('seq')
			.limit(PAGE)
			.execute();
		for (const row of rows) {
			if (Number(row.seq) !== seq + 1) return { ok: false, seq: seq + 1, why: 'missing' };
			seq += 1;
			if (!row.prev_hash.equals(prev)) return { ok: false, seq, why: 'relinked' };
			const { actor_kind: actorKind, at, actor, address, action, object, detail, outcome } = row;
			const hash = hashOf(prev, { seq, at, actor, actorKind, address, action, object, detail, outcome });
			if (!hash.equals(row.hash)) return { ok: false, seq, why: 'altered' };
			if (anchor?.seq === seq && hash.toString('hex') !== anchor.hash) return { ok: false, seq, why: 'anchor-differs' };
			prev = hash;
		}
		if (rows.length < PAGE) break;
	}
	if (anchor && anchor.seq > seq) return { ok: false, seq: anchor.seq, why: 'anchor-missing' };
	return { ok: true, entries: seq, head: prev.toString('hex') };
}
