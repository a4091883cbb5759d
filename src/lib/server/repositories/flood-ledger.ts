// The flood ledger of sites: what is kept ready, by whom, until when.

import { randomUUID } from 'node:crypto';
import type { LedgerEdit } from '#lib/contract/flood-entry.ts';
import type { Scope } from '#lib/domain/access/scope.ts';
import type { LedgerItem, LedgerKind } from '#lib/domain/flood/ledger.ts';
import type { Db } from '../db/connection.ts';
import { peopleIn } from '../db/dossier-parts.ts';
import { inScope } from '../db/scope.ts';

export interface LedgerRecord extends LedgerItem {
	id: string;
	siteId: string;
	name: string;
	amount: number | null;
	unit: string;
	person: string | null;
	phone: string | null;
	place: string | null;
	doneOn: string | null;
}

/** People masked without the class `personal`. */
export async function ledgerItems(db: Db, scope: Scope, siteId?: string): Promise<LedgerRecord[]> {
	const rows = await db
		.selectFrom('flood_ledger_item')
		.innerJoin('site', 'site.id', 'flood_ledger_item.site_id')
		.selectAll('flood_ledger_item')
		.where(inScope(scope, 'site.town_code', 'site.id'))
		.$if(siteId !== undefined, (query) => query.where('flood_ledger_item.site_id', '=', siteId!))
		.orderBy('flood_ledger_item.kind')
		.orderBy('flood_ledger_item.name')
		.execute();
	const shown = peopleIn(scope);
	return rows.map((row) => ({
		id: row.id,
		siteId: row.site_id,
		kind: row.kind as LedgerKind,
		name: row.name,
		amount: row.amount,
		unit: row.unit,
		person: shown.name(row.person),
		phone: shown.number(row.phone),
		place: row.place,
		doneOn: row.done_on,
		validUntil: row.valid_until,
	}));
}

export async function putLedgerItem(
	tx: Db,
	siteId: string,
	id: string | null,
	edit: LedgerEdit,
	at: Date,
	by: string,
): Promise<string | undefined> {
	const values = {
		kind: edit.kind,
		name: edit.name,
		amount: edit.amount,
		unit: edit.unit,
		person: edit.person,
		phone: edit.phone,
		place: edit.place,
		done_on: edit.doneOn,
		valid_until: edit.validUntil,
		changed_at: at,
		changed_by: by,
	};
	if (id === null) {
		const row = { id: randomUUID(), site_id: siteId, ...values };
		await tx.insertInto('flood_ledger_item').values(row).execute();
		return row.id;
	}
	const row = await tx
		.updateTable('flood_ledger_item')
		.set(values)
		.where('id', '=', id)
		.where('site_id', '=', siteId)
		.returning('id')
		.executeTakeFirst();
	return row?.id;
}

export async function removeLedgerItem(tx: Db, siteId: string, id: string): Promise<boolean> {
	const { numDeletedRows } = await tx
		.deleteFrom('flood_ledger_item')
		.where('id', '=', id)
		.where('site_id', '=', siteId)
		.executeTakeFirst();
	return numDeletedRows > 0n;
}
