// Takes the audit trail out as a file. Reading it whole is itself an entry of the trail.

import { authorize } from '#lib/domain/access/authorize.ts';
import { audit } from '../audit/audit.ts';
import { signedBy, type Caller } from '../auth/caller.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { csv } from '../export/write-file.ts';
import { auditLines, type AuditFilter } from '../repositories/audit-list.ts';

export type ExportAudit = { ok: true; csv: string } | { ok: false; reason: 'forbidden' };

/** Entries at most in one file; older ones are taken out by a filter on days. */
const MOST = 100_000;
const HEAD = ['seq', 'at', 'actor', 'name', 'address', 'action', 'object', 'outcome', 'detail'];

export async function exportAudit(db: Db, caller: Caller, filter: AuditFilter): Promise<ExportAudit> {
	if (!authorize(caller.principal, 'audit:read').ok) return { ok: false, reason: 'forbidden' };
	const lines = await auditLines(db, filter, MOST);
	const detail = { ...filter, entries: lines.length };
	await transaction(db, (tx) =>
		audit(tx, { ...signedBy(caller), action: 'audit:export', object: 'audit', detail, outcome: 'done' }),
	);
	const rows = lines.map((line) => [
		line.seq,
		line.at.toISOString(),
		line.actor,
		line.name,
		line.address,
		line.action,
		line.object,
		line.outcome,
		JSON.stringify(line.detail),
	]);
	return { ok: true, csv: csv([HEAD, ...rows]) };
}
