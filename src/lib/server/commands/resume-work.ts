// The gate before work is resumed: the site sends its checklist with photos, the bureau clears it or says why not. Each
// kind of work has its own gate (domain/flood/resume.ts); an order ends when nothing of it is left.

import { randomUUID } from 'node:crypto';
import type { ResumeAsk } from '#lib/contract/flood-entry.ts';
import type { EventMessage } from '#lib/contract/events.ts';
import { authorize } from '#lib/domain/access/authorize.ts';
import { nameOf } from '#lib/domain/access/principal.ts';
import { SYSTEM } from '#lib/domain/access/scope.ts';
import { stopsCranes } from '#lib/domain/flood/ladder.ts';
import {
	clearedBy,
	gateItems,
	gateOf,
	judgeResume,
	mustBeCleared,
	type AnsweredItem,
	type OpenOrder,
	type ResumeItem,
	type ResumeVerdict,
} from '#lib/domain/flood/resume.ts';
import { audit } from '../audit/audit.ts';
import { signedBy, type Caller } from '../auth/caller.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { appendEvents, type NewEvent } from '../events/log.ts';
import { keepPhoto, linkHash, photoType } from '../flood/site-link.ts';
import { clearStopAlarms } from '../flood/stop-alarm.ts';
import { asOrder, noticeByLink } from '../repositories/flood-notice.ts';
import { logFlood } from '../repositories/flood-response.ts';
import { floodSites } from '../repositories/flood-site.ts';

export type AskResume =
	| { ok: true; events: EventMessage[] }
	| { ok: false; reason: 'unknown-link' | 'ended' | 'not-yet' }
	| { ok: false; reason: 'checklist'; verdict: Exclude<ResumeVerdict, { ok: true }> };

/** What a site must look at before it may ask; empty where nothing is ready, and for a site that is gone. */
export async function requiredItems(db: Db, siteId: string, orders: readonly OpenOrder[]): Promise<ResumeItem[]> {
	const [site] = await floodSites(db, SYSTEM, [siteId]);
	const { ready, shut } = gateOf(orders);
	return site ? gateItems(ready, shut, site) : [];
}

/** @param photos - by the item they belong to */
export async function askResume(
	db: Db,
	token: string,
	wish: ResumeAsk,
	photos: ReadonlyMap<ResumeItem, Uint8Array>,
	from: { address: string | null; now: Date },
): Promise<AskResume> {
	const { now } = from;
	const kinds = new Map([...photos].map(([item, bytes]) => [item, photoType(bytes)]));
	return transaction(db, async (tx): Promise<AskResume> => {
		const found = await noticeByLink(tx, linkHash(token));
		if (!found) return { ok: false, reason: 'unknown-link' };
		const { notice, measures } = found;
		if (notice.ended_at) return { ok: false, reason: 'ended' };
		const orders = measures.map(asOrder);
		if (gateOf(orders).ready.length === 0) return { ok: false, reason: 'not-yet' };
		const required = await requiredItems(tx, notice.site_id, orders);
		const claimed: AnsweredItem[] = wish.items.map((one) => ({
			...one,
			photoId: photos.has(one.item) ? one.item : null,
		}));
		const verdict = judgeResume(required, claimed);
		if (!verdict.ok) return { ok: false, reason: 'checklist', verdict };

		const answers: AnsweredItem[] = [];
		for (const one of claimed) {
			const bytes = photos.get(one.item);
			answers.push({ ...one, photoId: bytes ? await keepPhoto(tx, bytes, kinds.get(one.item)!, now) : null });
		}
		await tx.deleteFrom('flood_resume').where('notice_id', '=', notice.id).where('state', '=', 'asked').execute();
		await tx
			.insertInto('flood_resume')
			.values({
				id: randomUUID(),
				notice_id: notice.id,
				state: 'asked',
				asked_at: now,
				asked_by: wish.byName,
				items: JSON.stringify(answers),
			})
			.execute();
		const place = { siteId: notice.site_id, ...(notice.town_code ? { townCode: notice.town_code } : {}) };
		await logFlood(tx, [
			{ eventId: notice.event_id, at: now, kind: 'resumeAsked', siteId: notice.site_id, actor: `site:${wish.byName}` },
		]);
		const events = await appendEvents(tx, [
			{
				at: now,
				type: 'flood:receipt',
				subject: { kind: 'site', id: notice.site_id, ...place },
				data: { noticeId: notice.id, kind: 'resumeAsked' },
			},
		]);
		await audit(tx, {
			...{ at: now, actor: `link:${notice.id}`, actorKind: 'site', address: from.address },
			action: 'flood:answer',
			object: `notice ${notice.id}`,
			detail: { kind: 'resumeAsked' },
			outcome: 'done',
		});
		return { ok: true, events };
	});
}

export type DecideResume =
	{ ok: true; events: EventMessage[] } | { ok: false; reason: 'forbidden' | 'not-found' | 'no-reason' | 'not-yet' };

export interface ResumeVerdictOfBureau {
	clear: boolean;
	reason: string;
	/** Settled without the site having asked. */
	unasked: boolean;
}

/** Clears a site to work again, or refuses with a reason the site reads. */
export async function decideResume(
	db: Db,
	caller: Caller,
	noticeId: string,
	{ clear, reason, unasked }: ResumeVerdictOfBureau,
): Promise<DecideResume> {
	const { principal, now } = caller;
	if (!authorize(principal, 'flood:direct').ok) return { ok: false, reason: 'forbidden' };
	if ((!clear || unasked) && reason.trim() === '') return { ok: false, reason: 'no-reason' };
	return transaction(db, async (tx): Promise<DecideResume> => {
		const by = nameOf(principal);
		const notice = await tx
			.selectFrom('flood_notice')
			.innerJoin('site', 'site.id', 'flood_notice.site_id')
			.select(['flood_notice.id', 'event_id', 'site_id', 'town_code', 'site.name', 'ended_at'])
			.where('flood_notice.id', '=', noticeId)
			.forUpdate('flood_notice')
			.executeTakeFirst();
		if (!notice || notice.ended_at) return { ok: false, reason: 'not-found' };
		const asked = await askedItems(tx, noticeId);
		if (!asked && !unasked) return { ok: false, reason: 'not-found' };
		const place = { siteId: notice.site_id, ...(notice.town_code ? { townCode: notice.town_code } : {}) };
		const stopped = { siteId: notice.site_id, siteName: notice.name, townCode: notice.town_code };
		let told: NewEvent[] = [];
		let cleared: string[] = [];
		if (clear) {
			const open = await openOrders(tx, noticeId);
			const [site] = await floodSites(tx, SYSTEM, [notice.site_id]);
			const gate = gateOf(open);
			const ending = unasked || !site ? gate.ready : clearedBy(gate, site, asked!);
			if (ending.length === 0) return { ok: false, reason: 'not-yet' };
			cleared = ending.map(({ work, measure }) => `${work}/${measure}`);
			const left = open.filter((one) => !ending.includes(one));
			await endOrders(tx, noticeId, ending, left, now);
			if (!left.some(stopsCranes)) told = await clearStopAlarms(tx, [stopped], now);
		}
		if (asked)
			await tx
				.updateTable('flood_resume')
				.set({ state: clear ? 'cleared' : 'refused', decided_at: now, decided_by: by, reason })
				.where('notice_id', '=', noticeId)
				.where('state', '=', 'asked')
				.execute();
		const kind = clear ? 'cleared' : 'refused';
		const facts = { reason, ...(clear && { measures: cleared }), ...(unasked && { unasked }) };
		await logFlood(tx, [{ eventId: notice.event_id, at: now, kind, siteId: notice.site_id, actor: by, facts }]);
		const events = await appendEvents(tx, [
			{
				at: now,
				type: 'flood:receipt',
				subject: { kind: 'site', id: notice.site_id, ...place },
				data: { noticeId, kind },
			},
			...told,
		]);
		await audit(tx, {
			...signedBy(caller),
			action: 'flood:direct',
			object: `notice ${noticeId}`,
			detail: { clear, ...facts },
			outcome: 'done',
		});
		return { ok: true, events };
	});
}

async function askedItems(tx: Db, noticeId: string): Promise<AnsweredItem[] | undefined> {
	const row = await tx
		.selectFrom('flood_resume')
		.select('items')
		.where('notice_id', '=', noticeId)
		.where('state', '=', 'asked')
		.executeTakeFirst();
	return row?.items as AnsweredItem[] | undefined;
}

async function openOrders(tx: Db, noticeId: string) {
	const rows = await tx
		.selectFrom('site_measure')
		.select(['id', 'work', 'measure', 'is_over'])
		.where('notice_id', '=', noticeId)
		.where('ended_at', 'is', null)
		.execute();
	return rows.map(asOrder);
}

/** Ends the orders that were cleared; with the last of them the notice. What was stopped and goes on is no longer stopped. */
async function endOrders(
	tx: Db,
	noticeId: string,
	ending: readonly { id: string }[],
	left: readonly OpenOrder[],
	now: Date,
): Promise<void> {
	await tx
		.updateTable('site_measure')
		.set({ ended_at: now })
		.where(
			'id',
			'in',
			ending.map(({ id }) => id),
		)
		.execute();
	const isStopped = left.some(({ measure }) => mustBeCleared(measure));
	await tx
		.updateTable('flood_notice')
		.set({
			...(left.length === 0 && { ended_at: now, link: null, check_due_at: null }),
			...(left.length > 0 && !isStopped && { stopped_at: null }),
			...(!left.some(stopsCranes) && { moved_at: null }),
		})
		.where('id', '=', noticeId)
		.execute();
}
