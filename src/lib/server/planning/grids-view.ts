// Grids, their sites and the load of their owners, for the balancing tool.

import { gridRules } from '#db/rules/grid.ts';
import { sourceWords } from '#db/rules/source-words.ts';
import type { GridsView } from '#lib/contract/grids.ts';
import type { Scope } from '#lib/domain/access/scope.ts';
import { loadsByOwner } from '#lib/domain/grid/balance.ts';
import type { Db } from '../db/connection.ts';
import { gridFeatures } from '../repositories/area-list.ts';
import { gridPeriods, sitesOfGrids } from '../repositories/grid-balance.ts';

export async function gridsView(db: Db, scope: Scope, on: string): Promise<GridsView> {
	const features = await gridFeatures(db, scope, on);
	const periods = await gridPeriods(
		db,
		features.map(({ properties }) => properties.code),
		on,
	);
	const grids = features.map(({ geometry, properties }) => {
		const { id, code, name, townCode, ownerName, backupName } = properties;
		const history = (periods.get(code) ?? []).map(({ from, to, ownerName }) => ({ from, to, ownerName }));
		return { id, code, name, townCode, ownerName, backupName, boundary: geometry, history };
	});
	const sites = await sitesOfGrids(db, scope, on);
	return {
		grids,
		sites,
		loads: loadsByOwner(grids, sites, gridRules),
		rules: gridRules,
		source: sourceWords(gridRules.weight.high.source),
	};
}
