// Visits of two officers to a site, on given days.

import type { Random } from '#lib/domain/random.ts';
import { dayAfter, momentOf } from './calendar.ts';
import type { VisitRow } from './rows.ts';
import type { DemoSite } from './sites.ts';

export interface PlannedVisit {
	row: VisitRow;
	site: DemoSite;
	day: string;
	/** Minutes after midnight. */
	minutes: number;
}

const OCCASIONS = [
	['routine', 72],
	['joint', 8],
	['lookBack', 8],
	['holiday', 5],
	['resumption', 4],
	['night', 3],
] as const;
/** The district's flood season, month and day. */
const FLOOD_SEASON = ['04-15', '10-15'] as const;

/**
 * One visit per entry of `sites`, on a day on which the site existed.
 *
 * @param occasion - of all of them; undefined draws one for each
 */
export function drawVisits(
	random: Random,
	sites: readonly DemoSite[],
	days: readonly string[],
	officers: readonly string[],
	sourceId: string,
	occasion?: VisitRow['occasion'],
): PlannedVisit[] {
	return sites.map((site) => {
		const possible = days.filter((day) => day >= dayAfter(site.startedOn, 1));
		const day = random.pick(possible.length > 0 ? possible : days.slice(-1));
		const why = occasion ?? occasionOn(random, day);
		const minutes = why === 'night' ? random.whole(19 * 60, 22 * 60) : random.whole(8 * 60 + 45, 16 * 60);
		return {
			site,
			day,
			minutes,
			row: {
				id: random.uuid(),
				site_id: site.row.id,
				visited_at: momentOf(day, minutes),
				minutes: random.whole(35, 120),
				supervisors: random.shuffled(officers).slice(0, random.chance(0.85) ? 2 : 3),
				occasion: why,
				result: 'passed',
				source_id: sourceId,
			},
		};
	});
}

function occasionOn(random: Random, day: string): VisitRow['occasion'] {
	const isFlood = day.slice(5) >= FLOOD_SEASON[0] && day.slice(5) <= FLOOD_SEASON[1];
	return isFlood && random.chance(0.1) ? 'flood' : random.weighted(OCCASIONS);
}
