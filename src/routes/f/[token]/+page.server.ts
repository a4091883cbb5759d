import { randomUUID } from 'node:crypto';
import { error, fail } from '@sveltejs/kit';
import * as v from 'valibot';
import { SiteAnswer } from '#lib/contract/flood-entry.ts';
import { gateOf, RESUME_ITEMS, type ResumeItem } from '#lib/domain/flood/resume.ts';
import { answerNotice } from '#lib/server/commands/answer-notice.ts';
import { askResume, requiredItems } from '#lib/server/commands/resume-work.ts';
import { Fault } from '#lib/server/errors.ts';
import { linkHash } from '#lib/server/flood/site-link.ts';
import { formBody } from '#lib/server/http/read-body.ts';
import { asOrder, noticeByLink, receiptsOf } from '#lib/server/repositories/flood-notice.ts';
import type { Actions, PageServerLoad } from './$types';

/** The order of one site, for whoever holds its link. Names of other sites never stand here. */
export const load: PageServerLoad = async ({ locals: { db }, params, setHeaders }) => {
	setHeaders({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'x-robots-tag': 'noindex' });
	const found = await noticeByLink(db, linkHash(params.token));
	if (!found) error(404, { message: '链接无效或已失效 · This link is not known.', code: 'not-found' });
	const { notice, measures, standBy } = found;
	const orders = notice.ended_at === null ? measures.map(asOrder) : [];
	const { ready } = gateOf(orders);
	const resume = await db
		.selectFrom('flood_resume')
		.select(['state', 'reason'])
		.where('notice_id', '=', notice.id)
		.orderBy('asked_at', 'desc')
		.limit(1)
		.executeTakeFirst();
	return {
		now: new Date().toISOString(),
		/** Made here once per page, so that the same answer sent twice is one receipt. */
		answerId: randomUUID(),
		siteName: notice.site_name,
		sentAt: notice.sent_at.toISOString(),
		answerBy: notice.answer_by.toISOString(),
		/** By when work stops; null: nothing has to, or it has. */
		standBy: notice.stopped_at ? null : (standBy?.toISOString() ?? null),
		seenAt: notice.seen_at?.toISOString() ?? null,
		stoppedAt: notice.stopped_at?.toISOString() ?? null,
		checkedAt: notice.checked_at?.toISOString() ?? null,
		checkDueAt: notice.check_due_at?.toISOString() ?? null,
		hasMoved: notice.moved_at !== null,
		endedAt: notice.ended_at?.toISOString() ?? null,
		/** Kinds of work that may ask to go on. */
		readyWorks: [...new Set(ready.map(({ work }) => work))],
		/** Something is still to be done or kept that the gate cannot end. */
		isHeld: orders.some(({ isOver }) => !isOver),
		resume: resume ?? null,
		resumeItems: await requiredItems(db, notice.site_id, orders),
		measures: measures.map((row) => ({
			id: row.id,
			work: row.work,
			measure: row.measure,
			isConditional: row.is_conditional,
			everyHours: row.every_hours,
			note: row.note,
			basis: row.basis,
			isOver: row.is_over,
		})),
		receipts: (await receiptsOf(db, notice.id)).slice(0, 8).map((row) => ({ ...row, at: row.at.toISOString() })),
	};
};

export const actions: Actions = {
	answer: async ({ request, params, locals: { runtime }, getClientAddress }) => {
		const form = await formBody(request);
		const answers = Object.fromEntries(
			[...form].flatMap(([key, value]) => (key.startsWith('q-') ? [[key.slice(2), value]] : [])),
		);
		const read = v.safeParse(SiteAnswer, {
			id: form.get('id'),
			kind: form.get('kind'),
			byName: form.get('byName'),
			note: form.get('note') ?? '',
			answers,
		});
		if (!read.success) return fail(422, { problem: 'name' as const });
		try {
			const result = await answerNotice(
				runtime.databases.ingest,
				params.token,
				read.output,
				await photoOf(form.get('photo')),
				{ address: getClientAddress(), now: new Date() },
			);
			if (!result.ok) return fail(410, { problem: result.reason });
			runtime.live.feed.announce(result.events);
			return { done: read.output.kind, byName: read.output.byName };
		} catch (thrown) {
			if (thrown instanceof Fault) return fail(thrown.status, { problem: 'photo' as const, sentence: thrown.message });
			throw thrown;
		}
	},

	resume: async ({ request, params, locals: { runtime }, getClientAddress }) => {
		const form = await formBody(request);
		const byName = String(form.get('byName') ?? '').trim();
		if (byName === '' || byName.length > 40) return fail(422, { problem: 'name' as const });
		const items = RESUME_ITEMS.flatMap((item) => {
			const state = form.get(`item-${item}`);
			if (state !== 'good' && state !== 'bad') return [];
			return [{ item, isGood: state === 'good', note: String(form.get(`note-${item}`) ?? '').slice(0, 300) }];
		});
		const photos = new Map<ResumeItem, Uint8Array>();
		for (const item of RESUME_ITEMS) {
			const bytes = await photoOf(form.get(`photo-${item}`));
			if (bytes) photos.set(item, bytes);
		}
		try {
			const result = await askResume(runtime.databases.ingest, params.token, { byName, items }, photos, {
				address: getClientAddress(),
				now: new Date(),
			});
			if (!result.ok && result.reason === 'checklist')
				return fail(422, { problem: 'checklist' as const, verdict: result.verdict });
			if (!result.ok) return fail(409, { problem: result.reason });
			runtime.live.feed.announce(result.events);
			return { done: 'resume' as const, byName };
		} catch (thrown) {
			if (thrown instanceof Fault) return fail(thrown.status, { problem: 'photo' as const, sentence: thrown.message });
			throw thrown;
		}
	},
};

async function photoOf(value: FormDataEntryValue | null): Promise<Uint8Array | null> {
	return value instanceof File && value.size > 0 ? new Uint8Array(await value.arrayBuffer()) : null;
}
