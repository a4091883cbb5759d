// What the what-if page works with: every site's rain, river and stakes, and the rules they are judged by.

import { floodRules } from '#db/rules/flood.ts';
import type { Scope } from '#lib/domain/access/scope.ts';
import type { Db } from '../db/connection.ts';
import { judgeSites, RAIN_FULL } from './judge-sites.ts';

export async function readWhatIf(db: Db, scope: Scope, at: Date) {
	const judged = await judgeSites(db, scope, at);
	return {
		rules: floodRules.exposure,
		full: RAIN_FULL,
		water: { manning: floodRules.terrain.manning, wetM: floodRules.terrain.wetM },
		sites: judged.map(({ site, exposed, judged: verdict }) => ({
			no: site.no,
			rain: exposed.rain,
			river: exposed.river,
			judged: {
				exposure: verdict.exposure,
				vulnerability: verdict.vulnerability,
				factors: verdict.factors.filter(({ key }) => key === 'lowGround' || key === 'history'),
			},
		})),
	};
}
