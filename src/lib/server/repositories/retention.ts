// What has reached its age among pictures and papers, and what holds it all the same: an open finding, sign, alarm or
// event, or an entry of the trail that is younger than the trail is kept. Some at a time, oldest first.

import { sql, type RawBuilder } from 'kysely';
import type { Db } from '../db/connection.ts';

export type Aged = 'still' | 'findingPhoto' | 'dangerPhoto' | 'floodPhoto' | 'floodNotice' | 'fieldItem';

export interface AgeLimit {
	/** What is older has reached its age. */
	before: Date;
	/** When it goes. */
	now: Date;
	/** Entries of the trail that are younger hold what they speak of. */
	trailSince: Date;
	atMost: number;
}

/** @returns how many have gone; fewer than `atMost` when none is left */
export async function dropAged(tx: Db, what: Aged, limit: AgeLimit): Promise<number> {
	const { rows } = await DUE[what](limit).execute(tx);
	const ids = rows.map(({ id }) => id);
	if (ids.length > 0) for (const step of GOES[what](sql`any(${ids}::uuid[])`, limit)) await step.execute(tx);
	return ids.length;
}

const notInTrail = (word: string, id: string, { trailSince }: AgeLimit) =>
	sql`not exists (select from audit where object = ${`${word} `} || ${sql.ref(id)}::text and at >= ${trailSince})`;

/** Ids of what goes, oldest first. */
const DUE: Readonly<Record<Aged, (limit: AgeLimit) => RawBuilder<{ id: string }>>> = {
	still: (limit) => sql`
		select id from still
		where observed_at < ${limit.before} and ${notInTrail('still', 'still.id', limit)}
			and not exists (
				select from alarm where alarm.device_id = still.device_id and alarm.closed_at is null
					and still.observed_at >= alarm.raised_at - interval '1 day'
			)
		order by observed_at limit ${limit.atMost}`,
	findingPhoto: (limit) => sql`
		select evidence.id from evidence left join hazard on hazard.id = evidence.hazard_id
		where evidence.expired_at is null and evidence.taken_at < ${limit.before}
			and (evidence.hazard_id is null or hazard.closed_at < ${limit.before})
			and not exists (
				select from stop_hazard join hazard of_stop on of_stop.id = stop_hazard.hazard_id
				where stop_hazard.stop_id = evidence.stop_id
					and (of_stop.closed_at is null or of_stop.closed_at >= ${limit.before})
			)
			and not exists (
				select from found_site where found_site.evidence_id = evidence.id
					and (found_site.handled_at is null or found_site.handled_at >= ${limit.before})
			)
			and ${notInTrail('photo', 'evidence.id', limit)}
		order by evidence.taken_at limit ${limit.atMost}`,
	dangerPhoto: (limit) => sql`
		select pit_danger.id from pit_danger join pit on pit.id = pit_danger.pit_id
		where pit_danger.photo is not null and pit_danger.ended_at < ${limit.before}
			and not exists (
				select from alarm where alarm.site_id = pit.site_id and alarm.closed_at is null
					and alarm.raised_at <= pit_danger.ended_at
			)
			and ${notInTrail('photo', 'pit_danger.id', limit)}
		order by pit_danger.ended_at limit ${limit.atMost}`,
	floodPhoto: (limit) => sql`
		select id from flood_photo
		where expired_at is null and taken_at < ${limit.before}
			and not exists (
				select from flood_notice join flood_event on flood_event.id = flood_notice.event_id
				where ${isOpen(limit)} and flood_notice.id in (
					select notice_id from flood_receipt where photo_id = flood_photo.id
					union all select notice_id from flood_resume
						where items @> jsonb_build_array(jsonb_build_object('photoId', flood_photo.id::text))
				)
			)
			and ${notInTrail('photo', 'flood_photo.id', limit)}
		order by taken_at limit ${limit.atMost}`,
	floodNotice: (limit) => sql`
		select flood_notice.id from flood_notice join flood_event on flood_event.id = flood_notice.event_id
		where not ${isOpen(limit)} and flood_notice.sent_at < ${limit.before}
			and ${notInTrail('notice', 'flood_notice.id', limit)}
		order by flood_notice.sent_at limit ${limit.atMost}`,
	fieldItem: (limit) => sql`
		select id from field_item
		where received_at < ${limit.before} and ${notInTrail('item', 'field_item.id', limit)}
		order by received_at limit ${limit.atMost}`,
};

/** An order, or its event, that has not ended or not long enough ago. */
function isOpen({ before }: AgeLimit): RawBuilder<unknown> {
	return sql`(flood_event.ended_at is null or flood_event.ended_at >= ${before}
		or flood_notice.ended_at is null or flood_notice.ended_at >= ${before})`;
}

/** Of a photograph the picture and the place go; that there was one, when, and its hash stay where it belonged. */
const GOES: Readonly<Record<Aged, (ids: RawBuilder<unknown>, limit: AgeLimit) => RawBuilder<unknown>[]>> = {
	still: (ids) => [sql`delete from still where id = ${ids}`],
	findingPhoto: (ids, { now }) => [
		sql`update evidence set content = '', location = null, accuracy_m = null, expired_at = ${now} where id = ${ids}`,
	],
	dangerPhoto: (ids) => [sql`update pit_danger set photo = null, photo_type = null where id = ${ids}`],
	floodPhoto: (ids, { now }) => [sql`update flood_photo set bytes = '', expired_at = ${now} where id = ${ids}`],
	floodNotice: (ids) => [
		sql`delete from notice where flood_notice_id = ${ids}`,
		sql`delete from site_measure where notice_id = ${ids}`,
		sql`delete from flood_receipt where notice_id = ${ids}`,
		sql`delete from flood_resume where notice_id = ${ids}`,
		sql`delete from flood_notice where id = ${ids}`,
	],
	fieldItem: (ids) => [sql`delete from field_item where id = ${ids}`],
};
