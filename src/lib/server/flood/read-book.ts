// The book of a flood event: what happened when, who did what, and what the review says.

import { floodRules } from '#db/rules/flood.ts';
import type { Scope } from '#lib/domain/access/scope.ts';
import { nearest } from '#lib/domain/flood/nearest.ts';
import { mustBeCleared } from '#lib/domain/flood/resume.ts';
import { reviewEvent, type Review, type ReviewedNotice } from '#lib/domain/flood/review.ts';
import { mostRain } from '#lib/domain/flood/station.ts';
import { grouped } from '#lib/domain/grouped.ts';
import type { Db } from '../db/connection.ts';
import { eventRows, type BookLine } from '../repositories/flood-book.ts';
import { readingsBefore, stations } from '../repositories/flood-water.ts';

export interface FloodBook {
	event: { id: string; name: string; beganAt: string; endedAt: string | null; lessons: string };
	signals: { headline: string; colour: string | null; issuedAt: string; liftedAt: string | null; issuer: string }[];
	responses: { level: string; issuer: string; beganAt: string; endedAt: string | null }[];
	/** Highest sums measured, by gauge. */
	rain: { name: string; h1: number | null; h3: number | null; h24: number | null }[];
	timeline: BookLine[];
	review: Review;
}

const HOUR_MS = 3_600_000;

export async function readBook(db: Db, scope: Scope, id: string, at: Date): Promise<FloodBook | undefined> {
	const rows = await eventRows(db, scope, id);
	if (!rows) return undefined;
	const { event, notices, receipts, measures, log } = rows;
	const until = event.ended_at ?? at;
	const hours = (+until - +event.began_at) / HOUR_MS + 25;
	const gauges = (await stations(db)).filter(({ kind }) => kind === 'rain');
	const readings = await readingsBefore(db, until, Math.min(hours, 24 * 40));
	const rain = gauges.map((gauge) => {
		const own = readings.get(gauge.id) ?? [];
		const most = (span: number) => mostRain(own, +event.began_at, span, floodRules.gaugeCoverage);
		return { name: gauge.name, at: gauge.at, h1: most(1), h3: most(3), h24: most(24) };
	});
	const answers = grouped(receipts, ({ notice_id }) => notice_id);
	const told = grouped(rows.orders, ({ site_id }) => site_id!);
	const ordered = grouped(measures, ({ notice_id }) => notice_id);
	const reviewed = notices.map((notice): ReviewedNotice => {
		const own = answers.get(notice.id) ?? [];
		const repeated = (ordered.get(notice.id) ?? []).filter(({ every_hours }) => every_hours !== null);
		return {
			siteId: notice.site_id,
			siteName: notice.siteName,
			orders: told.get(notice.site_id)?.map(orderOf) ?? [{ at: notice.sent_at, answerBy: notice.answer_by }],
			answers: own.map(({ at: answeredAt }) => answeredAt),
			checks: own.filter(({ kind }) => kind === 'checked').map(({ at: checked }) => checked),
			checkEveryS: repeated.length > 0 ? Math.min(...repeated.map((one) => one.every_hours! * 3600)) : null,
			checksFrom: repeated.reduce((first, { ordered_at }) => (ordered_at < first ? ordered_at : first), until),
			endedAt: notice.ended_at,
			moved: notice.moved_devices.length > 0,
			rain24Mm: nearest(notice.at, rain, floodRules.gaugeRadius.value)?.h24 ?? null,
			mustStop: (ordered.get(notice.id) ?? []).some(({ measure }) => mustBeCleared(measure)),
		};
	});
	const iso = (moment: Date | null) => moment?.toISOString() ?? null;
	return {
		event: {
			id: event.id,
			name: event.name,
			beganAt: event.began_at.toISOString(),
			endedAt: iso(event.ended_at),
			lessons: event.lessons,
		},
		signals: rows.signals.map((signal) => ({
			headline: signal.headline || signal.event,
			colour: signal.colour,
			issuedAt: signal.issued_at.toISOString(),
			liftedAt: iso(signal.lifted_at),
			issuer: signal.issuer,
		})),
		responses: rows.responses.map((response) => ({
			level: response.level,
			issuer: response.issuer,
			beganAt: response.began_at.toISOString(),
			endedAt: iso(response.ended_at),
		})),
		rain: rain.map(({ at: _, ...sums }) => sums).sort((a, b) => (b.h24 ?? -1) - (a.h24 ?? -1)),
		timeline: log,
		// Below the begin of heavy rain a stop is looked at again.
		review: reviewEvent(reviewed, until, floodRules.rainGrades.from[24][1]!.value),
	};
}

/** Events of before deadlines stood in the book have none there; half an hour is what they gave. */
function orderOf({ at, facts }: { at: Date; facts: unknown }): { at: Date; answerBy: Date } {
	const { answerBy } = facts as { answerBy?: string };
	return { at, answerBy: answerBy ? new Date(answerBy) : new Date(+at + floodRules.answerWithin.value * 1000) };
}
