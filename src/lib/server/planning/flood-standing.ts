// How every site stands in the flood season, as the flood round has to know it: exposure, measures, its answer.

import type { Scope } from '#lib/domain/access/scope.ts';
import type { FloodStanding } from '#lib/domain/planning/flood-round.ts';
import type { Db } from '../db/connection.ts';
import { exposures } from '../repositories/flood-exposure.ts';
import { noticeViews } from '../repositories/flood-notice.ts';
import { openEvent } from '../repositories/flood-response.ts';

/** By site; a site without an entry was never judged and never told anything. */
export async function floodStandings(db: Db, scope: Scope, now: Date): Promise<Map<string, FloodStanding>> {
	const standings = new Map<string, FloodStanding>();
	for (const { siteId, band } of await exposures(db, scope)) standings.set(siteId, { band, measures: 0, step: null });
	const event = await openEvent(db);
	if (!event) return standings;
	for (const { siteId, measures, step } of (await noticeViews(db, scope, event.id, now)).views)
		standings.set(siteId, { band: standings.get(siteId)?.band ?? null, measures: measures.length, step });
	return standings;
}

export const UNJUDGED: FloodStanding = { band: null, measures: 0, step: null };
