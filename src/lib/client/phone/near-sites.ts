// Sites of the register near a place, as the phone knows them without a network.

import type { DayPackage } from '#lib/contract/field.ts';
import { distanceM, type LngLat } from '#lib/domain/geo.ts';

/** Nearest first; on the very radius still counts. Measured to the symbol: red lines are not in the package. */
export function nearSites(
	{ known, nearSiteM }: Pick<DayPackage, 'known' | 'nearSiteM'>,
	at: LngLat,
): (DayPackage['known'][number] & { meters: number })[] {
	return known
		.map((site) => ({ ...site, meters: distanceM(at, site.at) }))
		.filter(({ meters }) => meters <= nearSiteM)
		.sort((a, b) => a.meters - b.meters);
}
