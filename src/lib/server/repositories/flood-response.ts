// Emergency responses and the flood event they belong to.

import { randomUUID } from 'node:crypto';
import type { FloodEventView, ResponseView } from '#lib/contract/flood.ts';
import type { ResponseLevel } from '#lib/domain/flood/signal-kind.ts';
import type { Db } from '../db/connection.ts';

export async function openResponses(db: Db, since?: Date): Promise<ResponseView[]> {
	const rows = await db
		.selectFrom('emergency_response')
		.selectAll()
		.where((eb) =>
			since ? eb.or([eb('ended_at', 'is', null), eb('ended_at', '>=', since)]) : eb('ended_at', 'is', null),
		)
		.orderBy('began_at', 'desc')
		.execute();
	return rows.map((row) => ({
		id: row.id,
		issuer: row.issuer,
		level: row.level,
		areaCodes: row.area_codes,
		note: row.note,
		beganAt: row.began_at.toISOString(),
		endedAt: row.ended_at?.toISOString() ?? null,
	}));
}

export async function addResponse(
	tx: Db,
	row: {
		issuer: string;
		level: ResponseLevel;
		areaCodes: string[];
		note: string;
		beganAt: Date;
		by: string;
		eventId: string;
	},
): Promise<string> {
	const id = randomUUID();
	await tx
		.insertInto('emergency_response')
		.values({
			id,
			event_id: row.eventId,
			issuer: row.issuer,
			level: row.level,
			area_codes: row.areaCodes,
			note: row.note,
			began_at: row.beganAt,
			declared_by: row.by,
		})
		.execute();
	return id;
}

/** @returns the level that ended; undefined when there is none open */
export async function endResponse(tx: Db, id: string, at: Date, by: string): Promise<ResponseLevel | undefined> {
	const row = await tx
		.updateTable('emergency_response')
		.set({ ended_at: at, ended_by: by })
		.where('id', '=', id)
		.where('ended_at', 'is', null)
		.returning('level')
		.executeTakeFirst();
	return row?.level;
}

export async function openEvent(db: Db): Promise<FloodEventView | null> {
	const row = await db.selectFrom('flood_event').selectAll().where('ended_at', 'is', null).executeTakeFirst();
	return row ? viewOf(row) : null;
}

export async function listEvents(db: Db): Promise<FloodEventView[]> {
	const rows = await db.selectFrom('flood_event').selectAll().orderBy('began_at', 'desc').limit(200).execute();
	return rows.map(viewOf);
}

/** The open event, or a new one that begins now. */
export async function eventForChange(tx: Db, name: string, at: Date): Promise<FloodEventView> {
	const open = await openEvent(tx);
	if (open) return open;
	const row = { id: randomUUID(), name, began_at: at };
	await tx.insertInto('flood_event').values(row).execute();
	return { id: row.id, name, beganAt: at.toISOString(), endedAt: null };
}

export async function closeEvent(tx: Db, id: string, at: Date, lessons: string): Promise<boolean> {
	const { numUpdatedRows } = await tx
		.updateTable('flood_event')
		.set({ ended_at: at, lessons })
		.where('id', '=', id)
		.where('ended_at', 'is', null)
		.executeTakeFirst();
	return numUpdatedRows > 0n;
}

/** One line in the book of the event: what happened, where, by whom. */
export async function logFlood(
	tx: Db,
	lines: readonly { eventId: string; at: Date; kind: string; siteId?: string; actor: string; facts?: unknown }[],
): Promise<void> {
	if (lines.length === 0) return;
	await tx
		.insertInto('flood_log')
		.values(
			lines.map(({ eventId, at, kind, siteId, actor, facts }) => ({
				event_id: eventId,
				at,
				kind,
				site_id: siteId ?? null,
				actor,
				facts: JSON.stringify(facts ?? {}),
			})),
		)
		.execute();
}

function viewOf(row: { id: string; name: string; began_at: Date; ended_at: Date | null }): FloodEventView {
	return {
		id: row.id,
		name: row.name,
		beganAt: row.began_at.toISOString(),
		endedAt: row.ended_at?.toISOString() ?? null,
	};
}
