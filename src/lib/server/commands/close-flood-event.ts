// A flood event is closed when no signal and no response holds any more; orders that were left end with it. Where sites
// still wait at the gate, that settles them, and the book must say why.

import { authorize } from '#lib/domain/access/authorize.ts';
import { nameOf } from '#lib/domain/access/principal.ts';
import type { EventMessage } from '#lib/contract/events.ts';
import { gateOf } from '#lib/domain/flood/resume.ts';
import { audit } from '../audit/audit.ts';
import { signedBy, type Caller } from '../auth/caller.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { appendEvents } from '../events/log.ts';
import { clearStopAlarms, type StoppedSite } from '../flood/stop-alarm.ts';
import { asOrder, noticesOf } from '../repositories/flood-notice.ts';
import { closeEvent, logFlood, openResponses } from '../repositories/flood-response.ts';
import { sitesUnderSignals } from '../repositories/flood-signal.ts';

export type CloseFloodEvent =
	| { ok: true; events: EventMessage[] }
	| { ok: false; reason: 'forbidden' | 'not-found' | 'still-open' | 'waits-at-gate' };

export async function closeFloodEvent(db: Db, caller: Caller, id: string, lessons: string): Promise<CloseFloodEvent> {
	const { principal, now } = caller;
	if (!authorize(principal, 'flood:direct').ok) return { ok: false, reason: 'forbidden' };
	return transaction(db, async (tx): Promise<CloseFloodEvent> => {
		if ((await openResponses(tx)).length > 0 || (await sitesUnderSignals(tx)).length > 0)
			return { ok: false, reason: 'still-open' };
		if (lessons.trim() === '' && (await hasWaiting(tx, id))) return { ok: false, reason: 'waits-at-gate' };
		if (!(await closeEvent(tx, id, now, lessons))) return { ok: false, reason: 'not-found' };
		await tx
			.updateTable('flood_notice')
			.set({ ended_at: now, link: null, check_due_at: null })
			.where('event_id', '=', id)
			.where('ended_at', 'is', null)
			.execute();
		const over = await clearStopAlarms(tx, await sitesToldIn(tx, id), now);
		await logFlood(tx, [{ eventId: id, at: now, kind: 'eventClosed', actor: nameOf(principal), facts: { lessons } }]);
		const events = await appendEvents(tx, [
			{ at: now, type: 'flood:response', subject: { kind: 'floodEvent', id }, data: { state: 'closed' } },
			...over,
		]);
		await audit(tx, { ...signedBy(caller), action: 'flood:direct', object: `event ${id}`, outcome: 'done' });
		return { ok: true, events };
	});
}

async function sitesToldIn(tx: Db, eventId: string): Promise<StoppedSite[]> {
	const rows = await tx
		.selectFrom('flood_notice')
		.innerJoin('site', 'site.id', 'flood_notice.site_id')
		.select(['site_id', 'site.name', 'town_code'])
		.where('event_id', '=', eventId)
		.execute();
	return rows.map(({ site_id, name, town_code }) => ({ siteId: site_id, siteName: name, townCode: town_code }));
}

/** Nothing holds any more: what of the event is not ended waits at the gate. */
async function hasWaiting(tx: Db, eventId: string): Promise<boolean> {
	const { measures } = await noticesOf(tx, eventId);
	return gateOf(measures.map(asOrder)).ready.length > 0;
}
