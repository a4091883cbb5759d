// Signs of danger and daily walks of a pit.

import { sql } from 'kysely';
import type { PitDangerNote } from '#lib/contract/pit-section.ts';
import type { Db } from '../db/connection.ts';

export interface ReportedPit {
	id: string;
	no: number;
	siteId: string;
	townCode: string | null;
	gridCode: string | null;
	sourceId: string;
}

export async function pitForReport(tx: Db, pitId: string): Promise<ReportedPit | undefined> {
	return tx
		.selectFrom('pit')
		.innerJoin('site', 'site.id', 'pit.site_id')
		.leftJoin('management_grid', 'management_grid.id', 'site.grid_id')
		.select(['pit.id', 'pit.no', 'pit.site_id as siteId', 'pit.source_id as sourceId'])
		.select(['site.town_code as townCode', 'management_grid.code as gridCode'])
		.where('pit.id', '=', pitId)
		.executeTakeFirst();
}

/** A button speaks only when it is pressed; a year of silence is nothing. */
const YEAR_S = 31_536_000;

/** The danger button of a pit, made the first time somebody presses it. */
export async function addButton(tx: Db, { id, no, sourceId }: ReportedPit): Promise<void> {
	const device_id = `AN-${String(no).padStart(4, '0')}`;
	await tx
		.insertInto('device')
		.values({ id: device_id, kind: 'pitSensor', vendor: '人工报警', expected_interval_s: YEAR_S, source_id: sourceId })
		.onConflict((conflict) => conflict.column('id').doNothing())
		.execute();
	await tx
		.insertInto('pit_button')
		.values({ pit_id: id, device_id })
		.onConflict((conflict) => conflict.column('pit_id').doNothing())
		.execute();
}

export async function insertDanger(
	tx: Db,
	row: {
		id: string;
		pitId: string;
		sign: number;
		note: string;
		photo: { type: 'image/jpeg' | 'image/png' | 'image/webp'; bytes: Buffer } | null;
		reportedAt: Date;
		reportedBy: string;
		reportedByName: string;
	},
): Promise<void> {
	await tx
		.insertInto('pit_danger')
		.values({
			id: row.id,
			pit_id: row.pitId,
			sign: row.sign,
			note: row.note,
			photo: row.photo?.bytes ?? null,
			photo_type: row.photo?.type ?? null,
			reported_at: row.reportedAt,
			reported_by: row.reportedBy,
			reported_by_name: row.reportedByName,
			ended_by_name: null,
			end_note: null,
		})
		.execute();
}

/** @returns whether there was one to end */
export async function endDanger(
	tx: Db,
	pitId: string,
	id: string,
	by: { at: Date; name: string; note: string },
): Promise<boolean> {
	const { numUpdatedRows } = await tx
		.updateTable('pit_danger')
		.set({ ended_at: by.at, ended_by_name: by.name, end_note: by.note })
		.where('id', '=', id)
		.where('pit_id', '=', pitId)
		.where('ended_at', 'is', null)
		.executeTakeFirst();
	return numUpdatedRows > 0n;
}

/** Newest first; photographs only as the word that there is one. */
export async function dangersOf(db: Db, pitId: string): Promise<PitDangerNote[]> {
	const rows = await db
		.selectFrom('pit_danger')
		.select(['id', 'sign', 'note', 'reported_at', 'reported_by_name', 'ended_at', 'ended_by_name', 'end_note'])
		.select(sql<boolean>`photo is not null`.as('has_photo'))
		.where('pit_id', '=', pitId)
		.orderBy('reported_at', 'desc')
		.limit(50)
		.execute();
	return rows.map((row) => ({
		id: row.id,
		sign: row.sign,
		note: row.note,
		hasPhoto: row.has_photo,
		reportedAt: row.reported_at.toISOString(),
		reportedBy: row.reported_by_name,
		endedAt: row.ended_at?.toISOString() ?? null,
		endedBy: row.ended_by_name,
		endNote: row.end_note,
	}));
}

/** Signs that are not over at the pit of a danger button, oldest first. */
export async function openSigns(db: Db, buttonId: string): Promise<number[]> {
	const rows = await db
		.selectFrom('pit_danger')
		.innerJoin('pit_button', 'pit_button.pit_id', 'pit_danger.pit_id')
		.select('pit_danger.sign')
		.where('pit_button.device_id', '=', buttonId)
		.where('pit_danger.ended_at', 'is', null)
		.orderBy('pit_danger.reported_at')
		.execute();
	return [...new Set(rows.map(({ sign }) => sign))];
}

export async function photoOf(db: Db, pitId: string, id: string): Promise<{ bytes: Buffer; type: string } | undefined> {
	const row = await db
		.selectFrom('pit_danger')
		.select(['photo', 'photo_type'])
		.where('id', '=', id)
		.where('pit_id', '=', pitId)
		.executeTakeFirst();
	return row?.photo && row.photo_type ? { bytes: row.photo, type: row.photo_type } : undefined;
}

/** One walk a day; recorded again it replaces what was said. */
export async function putWalk(
	tx: Db,
	row: {
		id: string;
		pitId: string;
		day: string;
		isSound: boolean;
		note: string;
		recordedAt: Date;
		recordedByName: string;
	},
): Promise<void> {
	const said = {
		recorded_at: row.recordedAt,
		recorded_by_name: row.recordedByName,
		is_sound: row.isSound,
		note: row.note,
	};
	await tx
		.insertInto('pit_walk')
		.values({ id: row.id, pit_id: row.pitId, walked_on: row.day, ...said })
		.onConflict((conflict) => conflict.columns(['pit_id', 'walked_on']).doUpdateSet(said))
		.execute();
}

export async function walksSince(
	db: Db,
	pitId: string,
	day: string,
): Promise<Map<string, { isSound: boolean; note: string; by: string }>> {
	const rows = await db
		.selectFrom('pit_walk')
		.select(['walked_on', 'is_sound', 'note', 'recorded_by_name'])
		.where('pit_id', '=', pitId)
		.where('walked_on', '>=', day)
		.execute();
	return new Map(
		rows.map((row) => [row.walked_on, { isSound: row.is_sound, note: row.note, by: row.recorded_by_name }]),
	);
}
