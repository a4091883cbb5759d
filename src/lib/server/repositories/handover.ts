// Hand-over sheets as they were signed.

import { sql } from 'kysely';
import type { HandoverSheet, SignedHandover } from '#lib/contract/alarm-desk.ts';
import type { Who } from '#lib/domain/alarm/life.ts';
import type { Scope } from '#lib/domain/access/scope.ts';
import type { Db } from '../db/connection.ts';
import { isOwnArea } from '../db/scope.ts';

/** Any number of our own, beside those of other locks. */
const LOCK = 1_742_205_318;

export interface HandoverRow extends SignedHandover {
	area: string;
	fromId: string;
}

/** The newest sheets of the areas of a scope. */
export async function handovers(db: Db, scope: Scope, limit: number): Promise<HandoverRow[]> {
	const rows = await newest(db, scope).limit(limit).execute();
	return rows.map(fromRow);
}

/** The newest sheet of an area by which a shift ended: one that was refused ended none. */
export async function lastHandover(db: Db, scope: Scope, area: string): Promise<HandoverRow | undefined> {
	const row = await newest(db, scope).where('area', '=', area).where('is_refused', '=', false).executeTakeFirst();
	return row && fromRow(row);
}

const newest = (db: Db, scope: Scope) =>
	db.selectFrom('handover').selectAll().where(isOwnArea(scope, 'handover.area')).orderBy('to_at', 'desc');

/** Nobody else signs or refuses for the area until the transaction ends. */
export async function lockHandovers(tx: Db, area: string): Promise<void> {
	await sql`select pg_advisory_xact_lock(${LOCK}, hashtext(${area}))`.execute(tx);
}

export async function handoverForChange(tx: Db, id: string): Promise<HandoverRow | undefined> {
	const row = await tx.selectFrom('handover').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
	return row && fromRow(row);
}

export async function addHandover(
	tx: Db,
	one: { id: string; area: string; sheet: HandoverSheet; note: string; by: Who; at: Date },
): Promise<void> {
	await tx
		.insertInto('handover')
		.values({
			...{ id: one.id, area: one.area, from_at: one.sheet.from, to_at: one.sheet.to, note: one.note },
			...{ sheet: JSON.stringify(one.sheet), from_person_id: one.by.id, from_person: one.by.name },
			from_signed_at: one.at,
		})
		.execute();
}

export async function answerHandover(
	tx: Db,
	id: string,
	{ by, at, note, isRefused }: { by: Who; at: Date; note: string; isRefused: boolean },
): Promise<void> {
	await tx
		.updateTable('handover')
		.set({ to_person_id: by.id, to_person: by.name, to_signed_at: at, to_note: note, is_refused: isRefused })
		.where('id', '=', id)
		.execute();
}

function fromRow(row: {
	id: string;
	area: string;
	sheet: unknown;
	note: string;
	from_person_id: string;
	from_person: string;
	from_signed_at: Date;
	to_person: string | null;
	to_signed_at: Date | null;
	to_note: string;
	is_refused: boolean;
}): HandoverRow {
	const { to_person, to_signed_at } = row;
	return {
		id: row.id,
		area: row.area,
		sheet: row.sheet as HandoverSheet,
		note: row.note,
		fromId: row.from_person_id,
		from: { name: row.from_person, at: row.from_signed_at.toISOString() },
		to:
			to_person === null || to_signed_at === null
				? null
				: { name: to_person, at: to_signed_at.toISOString(), note: row.to_note, isRefused: row.is_refused },
	};
}
