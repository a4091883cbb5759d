// Works out the exposure of every site again and keeps it.

import { floodRules } from '#db/rules/flood.ts';
import type { EventMessage } from '#lib/contract/events.ts';
import { SYSTEM } from '#lib/domain/access/scope.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { appendEvents } from '../events/log.ts';
import { judgeSites, type JudgedSite } from '../flood/judge-sites.ts';
import { putExposures } from '../repositories/flood-exposure.ts';

export async function judgeExposures(db: Db, now: Date): Promise<{ judged: JudgedSite[]; events: EventMessage[] }> {
	const judged = await judgeSites(db, SYSTEM, now);
	const events = await transaction(db, async (tx) => {
		await putExposures(
			tx,
			judged.map(({ site, judged: exposure }) => ({ siteId: site.id, judged: exposure })),
			floodRules.exposure.name,
			now,
		);
		return appendEvents(tx, [
			{
				at: now,
				type: 'flood:exposure',
				subject: { kind: 'district', id: floodRules.exposure.name },
				data: { sites: judged.length },
			},
		]);
	});
	return { judged, events };
}
