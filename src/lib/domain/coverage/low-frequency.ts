// Grids that are looked at too seldom (检查频次过低), grids nobody owns and sites nobody was ever sent to.

import type { Rule } from '../rule.ts';

export interface GridVisits {
	id: string;
	ownerName: string | null;
	sites: number;
	/** Visits to its sites within the window. */
	visits: number;
	neverVisited: number;
}

export type GridFrequency = 'enough' | 'low' | 'unowned' | 'noSites';

export interface GridJudgement extends GridVisits {
	/** Visits per site within the window; null without sites. */
	perSite: number | null;
	frequency: GridFrequency;
}

/**
 * Judges every grid beside the district's own mean. A grid nobody owns is said to be so first, whatever its visits.
 *
 * @param share - below this share of the mean a grid counts as low; the limit itself does not
 */
export function judgeGrids(grids: readonly GridVisits[], share: Rule): GridJudgement[] {
	const sites = grids.reduce((sum, grid) => sum + grid.sites, 0);
	const visits = grids.reduce((sum, grid) => sum + grid.visits, 0);
	const mean = sites > 0 ? visits / sites : 0;
	return grids.map((grid) => {
		const perSite = grid.sites > 0 ? grid.visits / grid.sites : null;
		const frequency: GridFrequency =
			grid.ownerName === null
				? 'unowned'
				: perSite === null
					? 'noSites'
					: perSite < mean * share.value
						? 'low'
						: 'enough';
		return { ...grid, perSite, frequency };
	});
}
