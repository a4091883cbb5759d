// Photos as evidence: kept in the database with hash, time and place of capture, so that every process finds them.

import { sql } from 'kysely';
import type { Scope } from '#lib/domain/access/scope.ts';
import type { LngLat } from '#lib/domain/geo.ts';
import type { Db } from '../db/connection.ts';
import { fromLngLat } from '../db/geo.ts';
import { inScope } from '../db/scope.ts';

export type PhotoMime = 'image/jpeg' | 'image/png' | 'image/webp';

export interface NewEvidence {
	id: string;
	stopId: string | null;
	hazardId: string | null;
	mime: PhotoMime;
	sha256: string;
	content: Buffer;
	takenAt: Date;
	at: LngLat | null;
	accuracyM: number | null;
	receivedAt: Date;
	receivedFrom: string;
}

/** The same id again changes nothing. */
export async function insertEvidence(db: Db, evidence: NewEvidence): Promise<void> {
	await db
		.insertInto('evidence')
		.values({
			id: evidence.id,
			stop_id: evidence.stopId,
			hazard_id: evidence.hazardId,
			mime: evidence.mime,
			sha256: evidence.sha256,
			content: evidence.content,
			taken_at: evidence.takenAt,
			location: evidence.at ? fromLngLat(evidence.at) : null,
			accuracy_m: evidence.accuracyM,
			received_at: evidence.receivedAt,
			received_from: evidence.receivedFrom,
		})
		.onConflict((on) => on.column('id').doNothing())
		.execute();
}

/** A photo of a site in scope that has not reached its age; one that belongs to no site yet is the district's. */
export async function evidenceById(db: Db, scope: Scope, id: string) {
	return db
		.selectFrom('evidence')
		.leftJoin('hazard', 'hazard.id', 'evidence.hazard_id')
		.leftJoin('patrol_stop', 'patrol_stop.id', 'evidence.stop_id')
		.leftJoin('site', (join) =>
			join.on((eb) => eb('site.id', '=', eb.fn.coalesce('hazard.site_id', 'patrol_stop.site_id'))),
		)
		.leftJoin('management_grid as grid', 'grid.id', 'site.grid_id')
		.select(['evidence.mime', 'evidence.content', 'evidence.sha256', 'site.id as siteId'])
		.where('evidence.id', '=', id)
		.where('evidence.expired_at', 'is', null)
		.where(inScope(scope, 'site.town_code', 'site.id', 'grid.code'))
		.executeTakeFirst();
}

/** A photo of a site to which an officer is or was sent: it came with the day, wherever the plan goes. */
export async function evidenceOfOfficer(db: Db, officerId: string, id: string) {
	return db
		.selectFrom('evidence')
		.leftJoin('hazard', 'hazard.id', 'evidence.hazard_id')
		.leftJoin('patrol_stop as own', 'own.id', 'evidence.stop_id')
		.select(['evidence.mime', 'evidence.content', 'evidence.sha256'])
		.where('evidence.id', '=', id)
		.where('evidence.expired_at', 'is', null)
		.where(({ exists, selectFrom, fn }) =>
			exists(
				selectFrom('patrol_stop')
					.innerJoin('patrol_team', (join) =>
						join
							.onRef('patrol_team.plan_id', '=', 'patrol_stop.plan_id')
							.onRef('patrol_team.team', '=', 'patrol_stop.team'),
					)
					.select('patrol_stop.id')
					.whereRef('patrol_stop.site_id', '=', fn.coalesce('hazard.site_id', 'own.site_id'))
					.where(sql<boolean>`${officerId}::uuid = any(patrol_team.officer_ids)`),
			),
		)
		.executeTakeFirst();
}

export async function hazardExists(db: Db, id: string): Promise<boolean> {
	return (await db.selectFrom('hazard').select('id').where('id', '=', id).executeTakeFirst()) !== undefined;
}
