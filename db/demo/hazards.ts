// One hazard as the ledger keeps it: found, due, rectified, accepted, closed; each step after the other.

import type { Random } from '#lib/domain/random.ts';
import { dayAfter, momentOf } from './calendar.ts';
import { FINDINGS, MAJOR_FINDINGS } from './hazard-words.ts';
import type { HazardRow } from './rows.ts';
import type { DemoSite } from './sites.ts';

export interface Finding {
	site: DemoSite;
	visitId: string | null;
	day: string;
	/** Minutes after midnight. */
	minutes: number;
	foundBy: HazardRow['found_by'];
	isMajor: boolean;
	sourceId: string;
}

/** Longest way from finding to closing, days. */
export const LONGEST_CLOSURE_D = 13;

/**
 * @param until - the last day whose steps have happened; what would come later has not happened yet. Undefined: all did
 */
export function writeHazard(random: Random, finding: Finding, until?: string): HazardRow {
	const { site, day } = finding;
	const kind = random.weighted(
		(finding.isMajor ? MAJOR_FINDINGS : FINDINGS).map((entry) => [entry, entry.weight[site.stage] ?? 0] as const),
	);
	const rectifiedOn = dayAfter(day, random.whole(1, finding.isMajor ? 9 : 8));
	const acceptedOn = dayAfter(rectifiedOn, random.whole(0, 2));
	const closedOn = dayAfter(acceptedOn, random.whole(0, 2));
	const step = (on: string, minutes: number) => (until === undefined || on <= until ? momentOf(on, minutes) : null);
	const major = finding.isMajor ? kind.major : undefined;
	return {
		id: random.uuid(),
		site_id: site.row.id,
		visit_id: finding.visitId,
		found_at: momentOf(day, finding.minutes),
		category: kind.category,
		description: major?.text ?? random.pick(kind.texts),
		is_major: finding.isMajor,
		criterion: major ? { edition: '2024', article: major.article, item: major.item } : null,
		found_by: finding.foundBy,
		due_on: dayAfter(day, finding.isMajor ? 10 : random.pick([3, 5, 7, 10])),
		rectified_at: step(rectifiedOn, 17 * 60),
		accepted_at: step(acceptedOn, 17 * 60 + 30),
		closed_at: step(closedOn, 18 * 60),
		source_id: finding.sourceId,
	};
}
