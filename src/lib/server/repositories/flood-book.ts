// Everything that was written down of one flood event.

import type { Scope } from '#lib/domain/access/scope.ts';
import type { Db } from '../db/connection.ts';
import { asLngLat } from '../db/geo.ts';
import { inScope } from '../db/scope.ts';

export interface BookLine {
	at: string;
	kind: string;
	siteId: string | null;
	siteName: string | null;
	actor: string;
	facts: Record<string, unknown>;
}

/** Lines of a timeline at most; orders to all sites at once are one line each in the database and gathered on screen. */
const LINES = 5000;

export async function eventRows(db: Db, scope: Scope, id: string) {
	const event = await db.selectFrom('flood_event').selectAll().where('id', '=', id).executeTakeFirst();
	if (!event) return undefined;
	const here = inScope(scope, 'site.town_code', 'site.id');
	const notices = await db
		.selectFrom('flood_notice')
		.innerJoin('site', 'site.id', 'flood_notice.site_id')
		.selectAll('flood_notice')
		.select(['site.name as siteName', asLngLat('site.location').as('at')])
		.where('event_id', '=', id)
		.where(here)
		.orderBy('site.no')
		.execute();
	const receipts = await db
		.selectFrom('flood_receipt')
		.innerJoin('flood_notice', 'flood_notice.id', 'flood_receipt.notice_id')
		.select(['flood_receipt.notice_id', 'flood_receipt.kind', 'flood_receipt.at'])
		.where('flood_notice.event_id', '=', id)
		.orderBy('flood_receipt.at')
		.execute();
	const measures = await db
		.selectFrom('site_measure')
		.innerJoin('flood_notice', 'flood_notice.id', 'site_measure.notice_id')
		.select(['site_measure.notice_id', 'site_measure.measure', 'site_measure.every_hours', 'site_measure.ordered_at'])
		.where('flood_notice.event_id', '=', id)
		.execute();
	const orders = await db
		.selectFrom('flood_log')
		.innerJoin('site', 'site.id', 'flood_log.site_id')
		.select(['flood_log.site_id', 'flood_log.at', 'flood_log.facts'])
		.where('event_id', '=', id)
		.where('kind', '=', 'ordered')
		.where(here)
		.orderBy('flood_log.at')
		.execute();
	const lines = await db
		.selectFrom('flood_log')
		.leftJoin('site', 'site.id', 'flood_log.site_id')
		.select(['flood_log.at', 'flood_log.kind', 'flood_log.site_id', 'site.name', 'flood_log.actor', 'flood_log.facts'])
		.where('event_id', '=', id)
		.where((eb) => eb.or([eb('flood_log.site_id', 'is', null), here]))
		.orderBy('flood_log.at')
		.orderBy('flood_log.id')
		.limit(LINES)
		.execute();
	const signals = await db
		.selectFrom('weather_signal')
		.select(['headline', 'event', 'colour', 'issued_at', 'lifted_at', 'issuer'])
		.where('state', 'in', ['active', 'lifted'])
		.where('is_exercise', '=', false)
		.where((eb) => eb.or([eb('lifted_at', 'is', null), eb('lifted_at', '>=', event.began_at)]))
		.where('issued_at', '<=', event.ended_at ?? new Date('9999-01-01'))
		.orderBy('issued_at')
		.execute();
	const responses = await db
		.selectFrom('emergency_response')
		.select(['level', 'issuer', 'began_at', 'ended_at'])
		.where('event_id', '=', id)
		.orderBy('began_at')
		.execute();
	const log = lines.map((line): BookLine => ({
		at: line.at.toISOString(),
		kind: line.kind,
		siteId: line.site_id,
		siteName: line.name,
		actor: line.actor,
		facts: line.facts as Record<string, unknown>,
	}));
	return { event, notices, receipts, measures, orders, log, signals, responses };
}
