// Takes a list out as a file. Who took what, and how many rows, stands in the audit trail.

import { authorize } from '#lib/domain/access/authorize.ts';
import type { Datum } from '#lib/domain/import/datum.ts';
import { SYSTEM, type Scope } from '#lib/domain/access/scope.ts';
import { scopeOf } from '#lib/domain/access/authorize.ts';
import { audit } from '../audit/audit.ts';
import type { Databases } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { Fault } from '../errors.ts';
import { writeRows, type ExportFormat } from '../export/write-file.ts';
import { signatureOf, type ImportCaller } from '../import/caller.ts';
import { exportRows, type ExportKind, type ExportRow } from '../repositories/export-rows.ts';

export interface ExportWish {
	kind: ExportKind;
	format: ExportFormat;
	datum: Datum;
}

/** With everything written before it was asked for; the trail is written before the file leaves. */
export async function exportRegister(
	{ ingest, heavy }: Pick<Databases, 'ingest' | 'heavy'>,
	caller: ImportCaller,
	{ kind, format, datum }: ExportWish,
): Promise<string | Buffer> {
	const scope = scopeFor(caller);
	const rows = await heavy(scope, 'upToNow', async (db) => {
		const read: ExportRow[] = [];
		for await (const page of exportRows(db, scope, kind)) read.push(...page);
		return read;
	});
	const file = await writeRows(rows, format, datum);
	const detail = { format, datum, rows: rows.length };
	await transaction(ingest, (tx) =>
		audit(tx, { ...signatureOf(caller), action: 'export:make', object: kind, detail, outcome: 'done' }),
	);
	return file;
}

function scopeFor(caller: ImportCaller): Scope {
	if ('operator' in caller) return SYSTEM;
	if (authorize(caller.principal, 'export:make').ok) return scopeOf(caller.principal);
	throw new Fault('forbidden', 'export', '您没有导出权限 · You may not take lists out.');
}
