// The flood ledger of a site and its survey are written.

import type { LedgerEdit, SiteSurvey } from '#lib/contract/flood-entry.ts';
import type { EventMessage } from '#lib/contract/events.ts';
import { authorize } from '#lib/domain/access/authorize.ts';
import { nameOf } from '#lib/domain/access/principal.ts';
import { audit } from '../audit/audit.ts';
import { signedBy, type Caller } from '../auth/caller.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { appendEvents } from '../events/log.ts';
import { putLedgerItem, removeLedgerItem } from '../repositories/flood-ledger.ts';
import { isRiverStation, putSurvey } from '../repositories/flood-site.ts';

export type WriteLedger =
	{ ok: true; id: string; events: EventMessage[] } | { ok: false; reason: 'forbidden' | 'not-found' };

type Change =
	| { what: 'item'; id: string | null; item: LedgerEdit }
	| { what: 'remove'; id: string }
	| { what: 'survey'; survey: SiteSurvey };

export async function writeLedger(db: Db, caller: Caller, siteId: string, change: Change): Promise<WriteLedger> {
	const { principal, now } = caller;
	return transaction(db, async (tx): Promise<WriteLedger> => {
		const site = await tx
			.selectFrom('site')
			.leftJoin('management_grid', 'management_grid.id', 'site.grid_id')
			.select(['site.id', 'site.town_code', 'management_grid.code as grid_code'])
			.where('site.id', '=', siteId)
			.executeTakeFirst();
		if (!site) return { ok: false, reason: 'not-found' };
		const place = { townCode: site.town_code, gridCode: site.grid_code, siteId };
		if (!authorize(principal, 'flood:ledger', place).ok) return { ok: false, reason: 'forbidden' };
		const by = nameOf(principal);
		const id = await write(tx, siteId, change, now, by);
		if (!id) return { ok: false, reason: 'not-found' };
		const events = await appendEvents(tx, [
			{
				at: now,
				type: 'flood:ledger',
				subject: { kind: 'site', id: siteId, siteId, ...(site.town_code ? { townCode: site.town_code } : {}) },
				data: { what: change.what },
			},
		]);
		await audit(tx, {
			...signedBy(caller),
			action: 'flood:ledger',
			object: `site ${siteId}`,
			detail: { what: change.what, id },
			outcome: 'done',
		});
		return { ok: true, id, events };
	});
}

async function write(tx: Db, siteId: string, change: Change, now: Date, by: string): Promise<string | undefined> {
	if (change.what === 'item') return putLedgerItem(tx, siteId, change.id, change.item, now, by);
	if (change.what === 'remove') return (await removeLedgerItem(tx, siteId, change.id)) ? change.id : undefined;
	const { riverStationId } = change.survey;
	if (riverStationId !== null && !(await isRiverStation(tx, riverStationId))) return undefined;
	await putSurvey(tx, siteId, change.survey, now, by);
	return siteId;
}
