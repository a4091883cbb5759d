// Incidents: many alarms of one cause.

import type { Groups, Incident } from '#lib/domain/alarm/incident.ts';
import type { Db } from '../db/connection.ts';

export async function addIncident(tx: Db, { id, kind, condition, siteId, lastMs }: Incident, at: Date): Promise<void> {
	await tx
		.insertInto('incident')
		.values({ id, kind, condition, site_id: siteId, opened_at: at, last_at: new Date(lastMs) })
		.execute();
}

export async function growIncident(tx: Db, { id, lastMs }: Incident): Promise<void> {
	await tx
		.updateTable('incident')
		.set({ last_at: new Date(lastMs) })
		.where('id', '=', id)
		.execute();
}

/** What was remembered before the program ended: incidents that still grow, and alarms raised lately in none. */
export async function groupsSince(db: Db, since: Date): Promise<Groups> {
	const growing = await db.selectFrom('incident').selectAll().where('last_at', '>=', since).execute();
	const lately = await db
		.selectFrom('alarm')
		.select(['id', 'condition', 'site_id', 'raised_at'])
		.where('raised_at', '>=', since)
		.where('incident_id', 'is', null)
		.orderBy('raised_at')
		.execute();
	return {
		growing: growing.map(({ id, kind, condition, site_id, last_at }) => ({
			...{ id, kind, condition, siteId: site_id, lastMs: last_at.getTime() },
		})),
		lately: lately.map(({ id, condition, site_id, raised_at }) => ({
			...{ alarmId: id, condition, siteId: site_id, atMs: raised_at.getTime() },
		})),
	};
}
