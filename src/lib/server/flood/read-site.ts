// Everything the flood season knows of one site: exposure with its factors, survey, ledger.

import { floodRules } from '#db/rules/flood.ts';
import type { Scope } from '#lib/domain/access/scope.ts';
import { ledgerState, requiredKinds } from '#lib/domain/flood/ledger.ts';
import { dayIn } from '#lib/domain/flood/season.ts';
import type { Db } from '../db/connection.ts';
import { seesPeople } from '../db/dossier-parts.ts';
import { exposureOf } from '../repositories/flood-exposure.ts';
import { ledgerItems } from '../repositories/flood-ledger.ts';
import { floodSites } from '../repositories/flood-site.ts';

export async function readFloodSite(db: Db, scope: Scope, id: string, at: Date) {
	const [site] = await floodSites(db, scope, [id]);
	if (!site) return undefined;
	const { zone } = floodRules.seasons;
	const [today, soon] = [dayIn(zone, at), dayIn(zone, new Date(+at + floodRules.ledgerSoonS.value * 1000))];
	const items = await ledgerItems(db, scope, id);
	return {
		isMasked: !seesPeople(scope),
		site,
		exposure: (await exposureOf(db, scope, id)) ?? null,
		ledger: items.map((item) => ({ ...item, state: ledgerState([item], item.kind, today, soon) })),
		required: requiredKinds(site.openPits > 0 || site.hasUnderground === true).map((kind) => ({
			kind,
			state: ledgerState(items, kind, today, soon),
		})),
	};
}
