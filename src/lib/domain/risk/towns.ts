// Towns in bands by what is open per site. Bands instead of ranks: with a few dozen sites each, places behind the
// point would be invented, so towns of one band are equal.

import { bandOf, sitePoints, type CellBand, type CellRules, type RiskySite } from './cells.ts';

export interface RiskySiteInTown extends RiskySite {
	/** Null: in no town; such a site is left out. */
	townCode: string | null;
}

export interface TownBand {
	code: string;
	band: CellBand;
	siteCount: number;
	openHazards: number;
	openMajorHazards: number;
	/** Numbers of the three sites that weigh most, heaviest first. */
	behind: readonly number[];
}

const GRAVEST_FIRST: readonly CellBand[] = ['red', 'orange', 'yellow', 'blue', 'insufficient'];

/** Judged per site by the same limits and the same minimum sample as the cells. Gravest band first, then by code. */
export function townBands(sites: readonly RiskySiteInTown[], rules: CellRules): TownBand[] {
	const byTown = new Map<string, { site: RiskySite; points: number }[]>();
	for (const site of sites) {
		if (site.townCode === null) continue;
		const inside = byTown.get(site.townCode) ?? [];
		inside.push({ site, points: sitePoints(site, rules) });
		byTown.set(site.townCode, inside);
	}
	return [...byTown]
		.map(([code, inside]): TownBand => {
			const points = inside.reduce((sum, entry) => sum + entry.points, 0);
			return {
				code,
				band: bandOf(points, inside.length, 'perSite', rules),
				siteCount: inside.length,
				openHazards: inside.reduce((sum, { site }) => sum + site.openHazards, 0),
				openMajorHazards: inside.reduce((sum, { site }) => sum + site.openMajorHazards, 0),
				behind: inside
					.sort((a, b) => b.points - a.points || a.site.no - b.site.no)
					.slice(0, 3)
					.map(({ site }) => site.no),
			};
		})
		.sort((a, b) => GRAVEST_FIRST.indexOf(a.band) - GRAVEST_FIRST.indexOf(b.band) || (a.code < b.code ? -1 : 1));
}
