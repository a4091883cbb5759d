// A site answers by its link: seen, stopped, checked, with a photo. No account: the link is the key, to this one order
// and to nothing else. The phone makes the id, so an answer sent twice is one receipt.

import type { SiteAnswer } from '#lib/contract/flood-entry.ts';
import type { EventMessage } from '#lib/contract/events.ts';
import { nextCheck } from '#lib/domain/flood/progress.ts';
import { audit } from '../audit/audit.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { appendEvents, type NewEvent } from '../events/log.ts';
import { keepPhoto, linkHash, photoType } from '../flood/site-link.ts';
import { clearStopAlarms } from '../flood/stop-alarm.ts';
import { logFlood } from '../repositories/flood-response.ts';
import { noticeByLink } from '../repositories/flood-notice.ts';

export type AnswerNotice =
	{ ok: true; isRepeat: boolean; events: EventMessage[] } | { ok: false; reason: 'unknown-link' | 'ended' };

/** @throws Fault `bad-input` or `too-large` for a photo that is none */
export async function answerNotice(
	db: Db,
	token: string,
	answer: SiteAnswer,
	photo: Uint8Array | null,
	from: { address: string | null; now: Date },
): Promise<AnswerNotice> {
	const kind = photo ? photoType(photo) : null;
	const { now } = from;
	return transaction(db, async (tx): Promise<AnswerNotice> => {
		const found = await noticeByLink(tx, linkHash(token));
		if (!found) return { ok: false, reason: 'unknown-link' };
		const { notice } = found;
		const known = await tx.selectFrom('flood_receipt').select('id').where('id', '=', answer.id).executeTakeFirst();
		if (known) return { ok: true, isRepeat: true, events: [] };
		if (notice.ended_at) return { ok: false, reason: 'ended' };

		const photoId = photo && kind ? await keepPhoto(tx, photo, kind, now) : null;
		await tx
			.insertInto('flood_receipt')
			.values({
				id: answer.id,
				notice_id: notice.id,
				kind: answer.kind,
				at: now,
				by_name: answer.byName,
				note: answer.note,
				answers: JSON.stringify(answer.answers),
				photo_id: photoId,
			})
			.execute();
		const everyS = notice.check_every_s;
		await tx
			.updateTable('flood_notice')
			.set({
				seen_at: notice.seen_at ?? now,
				...(answer.kind === 'stopped' ? { stopped_at: now, moved_at: null } : {}),
				...(answer.kind === 'checked' ? { checked_at: now } : {}),
				...(answer.kind === 'checked' && everyS ? { check_due_at: nextCheck(now, everyS) } : {}),
			})
			.where('id', '=', notice.id)
			.execute();
		const site = { siteId: notice.site_id, ...(notice.town_code ? { townCode: notice.town_code } : {}) };
		const stopped = { siteId: notice.site_id, siteName: notice.site_name, townCode: notice.town_code };
		const told: NewEvent[] = answer.kind === 'stopped' ? await clearStopAlarms(tx, [stopped], now) : [];
		const actor = `site:${answer.byName}`;
		const facts = { kind: answer.kind, note: answer.note, photo: photoId };
		await logFlood(tx, [{ eventId: notice.event_id, at: now, kind: 'answered', siteId: notice.site_id, actor, facts }]);
		const events = await appendEvents(tx, [
			{
				at: now,
				type: 'flood:receipt',
				subject: { kind: 'site', id: notice.site_id, ...site },
				data: { noticeId: notice.id, kind: answer.kind },
			},
			...told,
		]);
		await audit(tx, {
			...{ at: now, actor: `link:${notice.id}`, actorKind: 'site', address: from.address },
			action: 'flood:answer',
			object: `notice ${notice.id}`,
			detail: { kind: answer.kind },
			outcome: 'done',
		});
		return { ok: true, isRepeat: false, events };
	});
}
