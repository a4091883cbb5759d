// Orders to sites, their measures and what the sites answered.

import { floodRules } from '#db/rules/flood.ts';
import type { NoticeView } from '#lib/contract/flood.ts';
import type { Scope } from '#lib/domain/access/scope.ts';
import { grouped } from '#lib/domain/grouped.ts';
import { stopsCranes } from '#lib/domain/flood/ladder.ts';
import { standBy } from '#lib/domain/flood/movement.ts';
import { noticeStep, type NoticeState } from '#lib/domain/flood/progress.ts';
import { gateOf, mustBeCleared } from '#lib/domain/flood/resume.ts';
import type { Db } from '../db/connection.ts';
import { peopleIn } from '../db/dossier-parts.ts';
import { inScope } from '../db/scope.ts';

export interface MeasureRow {
	id: string;
	notice_id: string;
	work: string;
	measure: string;
	is_conditional: boolean;
	every_hours: number | null;
	note: string;
	basis: string;
	source: string;
	trigger: string;
	trigger_level: string;
	ordered_at: Date;
	is_over: boolean;
}

export async function noticesOf(db: Db, eventId: string) {
	const notices = await db.selectFrom('flood_notice').selectAll().where('event_id', '=', eventId).execute();
	const measures = await openMeasures(db, eventId);
	return { notices, measures };
}

export async function openMeasures(db: Db, eventId: string): Promise<MeasureRow[]> {
	return db
		.selectFrom('site_measure')
		.innerJoin('flood_notice', 'flood_notice.id', 'site_measure.notice_id')
		.select([
			'site_measure.id',
			'site_measure.notice_id',
			'site_measure.work',
			'site_measure.measure',
			'site_measure.is_conditional',
			'site_measure.every_hours',
			'site_measure.note',
			'site_measure.basis',
			'site_measure.source',
			'site_measure.trigger',
			'site_measure.trigger_level',
			'site_measure.ordered_at',
			'site_measure.is_over',
		])
		.where('flood_notice.event_id', '=', eventId)
		.where('site_measure.ended_at', 'is', null)
		.orderBy('site_measure.ordered_at')
		.orderBy('site_measure.id')
		.execute();
}

/** As the gate judges it; with all that was read of it. */
export function asOrder<R extends { is_over: boolean }>(row: R): R & { isOver: boolean } {
	return { ...row, isOver: row.is_over };
}

export function stateOf(
	row: {
		site_id: string;
		answer_by: Date;
		seen_at: Date | null;
		stopped_at: Date | null;
		checked_at: Date | null;
		check_due_at: Date | null;
		moved_at: Date | null;
		ended_at: Date | null;
	},
	measures: readonly { measure: string }[],
): NoticeState {
	return {
		siteId: row.site_id,
		answerBy: row.answer_by,
		seenAt: row.seen_at,
		stoppedAt: row.stopped_at,
		checkedAt: row.checked_at,
		checkDueAt: row.check_due_at,
		movedAt: row.moved_at,
		endedAt: row.ended_at,
		mustStop: measures.some(({ measure }) => mustBeCleared(measure)),
	};
}

/** Orders of an event in scope, with where each site stands. */
export async function noticeViews(
	db: Db,
	scope: Scope,
	eventId: string,
	at: Date,
): Promise<{ views: NoticeView[]; states: NoticeState[] }> {
	const rows = await db
		.selectFrom('flood_notice')
		.innerJoin('site', 'site.id', 'flood_notice.site_id')
		.innerJoin('flood_event', 'flood_event.id', 'flood_notice.event_id')
		.selectAll('flood_notice')
		.select(['site.no', 'flood_event.stop_within_s'])
		.select((eb) => [
			eb
				.selectFrom('flood_resume')
				.select('flood_resume.state')
				.whereRef('flood_resume.notice_id', '=', 'flood_notice.id')
				.orderBy('flood_resume.asked_at', 'desc')
				.limit(1)
				.as('resume'),
		])
		.where('event_id', '=', eventId)
		.where(inScope(scope, 'site.town_code', 'site.id'))
		.orderBy('site.no')
		.execute();
	const measures = grouped(await openMeasures(db, eventId), ({ notice_id }) => notice_id);
	const states: NoticeState[] = [];
	const views = rows.map((row): NoticeView => {
		const own = measures.get(row.id) ?? [];
		const state = stateOf(row, own);
		states.push(state);
		const stop = row.ended_at === null ? own.find(stopsCranes) : undefined;
		return {
			id: row.id,
			siteId: row.site_id,
			siteNo: row.no,
			step: noticeStep(state, at),
			reason: row.reason,
			sentAt: row.sent_at.toISOString(),
			answerBy: row.answer_by.toISOString(),
			standBy: stop ? cranesStandBy(stop.ordered_at, row.stop_within_s).toISOString() : null,
			seenAt: row.seen_at?.toISOString() ?? null,
			stoppedAt: row.stopped_at?.toISOString() ?? null,
			checkedAt: row.checked_at?.toISOString() ?? null,
			checkDueAt: row.check_due_at?.toISOString() ?? null,
			movedAt: row.moved_at?.toISOString() ?? null,
			movedDevices: row.moved_devices,
			mustStop: state.mustStop,
			awaitsResume: row.ended_at === null && gateOf(own.map(asOrder)).ready.length > 0,
			resume: row.resume,
			measures: own.map(({ measure, work, is_conditional }) => ({ measure, work, isConditional: is_conditional })),
		};
	});
	return { views, states };
}

/** An order that ends between the two questions reads as ended, never as one that asks for nothing. */
export async function noticeByLink(db: Db, linkHash: string) {
	const measures = await db
		.selectFrom('site_measure')
		.innerJoin('flood_notice', 'flood_notice.id', 'site_measure.notice_id')
		.selectAll('site_measure')
		.where('flood_notice.link_hash', '=', linkHash)
		.where('site_measure.ended_at', 'is', null)
		.orderBy('site_measure.ordered_at')
		.orderBy('site_measure.id')
		.execute();
	const notice = await db
		.selectFrom('flood_notice')
		.innerJoin('site', 'site.id', 'flood_notice.site_id')
		.innerJoin('flood_event', 'flood_event.id', 'flood_notice.event_id')
		.selectAll('flood_notice')
		.select(['site.name as site_name', 'site.no as site_no', 'site.town_code', 'flood_event.stop_within_s'])
		.where('link_hash', '=', linkHash)
		.executeTakeFirst();
	if (!notice) return undefined;
	const stop = measures.find(stopsCranes);
	return { notice, measures, standBy: stop ? cranesStandBy(stop.ordered_at, notice.stop_within_s) : null };
}
export type NoticeByLink = NonNullable<Awaited<ReturnType<typeof noticeByLink>>>;

export async function receiptsOf(db: Db, noticeId: string) {
	return db
		.selectFrom('flood_receipt')
		.select(['id', 'kind', 'at', 'by_name', 'note', 'photo_id'])
		.where('notice_id', '=', noticeId)
		.orderBy('at', 'desc')
		.execute();
}

/** Stop orders that hold now: which cranes must stand still, and by when. */
export async function stopOrders(db: Db): Promise<{ siteId: string; noticeId: string; standBy: Date }[]> {
	const rows = await db
		.selectFrom('site_measure')
		.innerJoin('flood_notice', 'flood_notice.id', 'site_measure.notice_id')
		.innerJoin('flood_event', 'flood_event.id', 'flood_notice.event_id')
		.select(['flood_notice.site_id', 'flood_notice.id', 'flood_event.stop_within_s'])
		.select(['site_measure.measure', 'site_measure.work', 'site_measure.ordered_at'])
		.where('site_measure.ended_at', 'is', null)
		.where('flood_notice.ended_at', 'is', null)
		.orderBy('site_measure.ordered_at')
		.execute();
	const first = new Map(
		rows
			.filter(stopsCranes)
			.toReversed()
			.map((row) => [row.site_id, row]),
	);
	return [...first.values()].map((row) => ({
		siteId: row.site_id,
		noticeId: row.id,
		standBy: cranesStandBy(row.ordered_at, row.stop_within_s),
	}));
}

function cranesStandBy(ordered: Date, ownS: number | null): Date {
	return standBy(ordered, ownS, floodRules.movement.grace);
}

/** One order with all that belongs to it. People of the site masked without the class `personal`. */
export async function noticeDetail(db: Db, scope: Scope, id: string) {
	const notice = await db
		.selectFrom('flood_notice')
		.innerJoin('site', 'site.id', 'flood_notice.site_id')
		.selectAll('flood_notice')
		.select(['site.name as siteName', 'site.no as siteNo'])
		.where('flood_notice.id', '=', id)
		.where(inScope(scope, 'site.town_code', 'site.id'))
		.executeTakeFirst();
	if (!notice) return undefined;
	const measures = await db
		.selectFrom('site_measure')
		.select(['work', 'measure', 'is_conditional', 'every_hours', 'note', 'basis', 'source', 'confidence'])
		.select(['trigger', 'trigger_level', 'ordered_at', 'is_over', 'ended_at'])
		.where('notice_id', '=', id)
		.orderBy('ordered_at')
		.orderBy('id')
		.execute();
	const resume = await db
		.selectFrom('flood_resume')
		.select(['state', 'asked_at', 'asked_by', 'items', 'decided_at', 'decided_by', 'reason'])
		.where('notice_id', '=', id)
		.orderBy('asked_at', 'desc')
		.limit(1)
		.executeTakeFirst();
	const shown = peopleIn(scope);
	return {
		id: notice.id,
		siteId: notice.site_id,
		siteNo: notice.siteNo,
		siteName: notice.siteName,
		link: notice.link,
		reason: notice.reason,
		sentAt: notice.sent_at,
		answerBy: notice.answer_by,
		seenAt: notice.seen_at,
		stoppedAt: notice.stopped_at,
		checkedAt: notice.checked_at,
		checkDueAt: notice.check_due_at,
		movedAt: notice.moved_at,
		movedDevices: notice.moved_devices,
		endedAt: notice.ended_at,
		measures,
		receipts: (await receiptsOf(db, id)).map((row) => ({ ...row, by_name: shown.name(row.by_name) })),
		resume: resume ? { ...resume, asked_by: shown.name(resume.asked_by) } : null,
	};
}

/** Links of all open orders of an event, to be sent, printed or read out. */
export async function noticeLinks(db: Db, scope: Scope, eventId: string) {
	return db
		.selectFrom('flood_notice')
		.innerJoin('site', 'site.id', 'flood_notice.site_id')
		.leftJoin('town', 'town.code', 'site.town_code')
		.select(['site.name as siteName', 'site.permit_no as permitNo', 'town.name as town', 'flood_notice.link'])
		.where('event_id', '=', eventId)
		.where('flood_notice.link', 'is not', null)
		.where(inScope(scope, 'site.town_code', 'site.id'))
		.orderBy('site.no')
		.execute();
}
