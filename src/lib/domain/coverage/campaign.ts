// What a campaign came to: its sites as they stood at its end, and the report that is counted from them.

import { daysBetween } from '../day.ts';
import { grouped } from '../grouped.ts';

export interface CampaignFinding {
	category: string;
	description: string;
	isMajor: boolean;
	dueOn: string | null;
	rectifiedOn: string | null;
	isClosed: boolean;
}

/** Work stopped by a visit. Null: no order is on record for it, or it has not been lifted. */
export interface CampaignStop {
	on: string;
	reason: string | null;
	liftedOn: string | null;
}

/** A site of the sample, or one the campaign went to. */
export interface CampaignSite {
	siteId: string;
	name: string;
	townCode: string | null;
	town: string | null;
	gridCode: string | null;
	isVisited: boolean;
	findings: CampaignFinding[];
	stops: CampaignStop[];
}

export interface CampaignCount {
	findings: number;
	majors: number;
	closed: number;
}

export interface CampaignTown extends CampaignCount {
	code: string | null;
	name: string | null;
	sites: number;
	visited: number;
	stopWork: number;
}

export interface OpenMajor {
	siteId: string;
	site: string;
	town: string | null;
	category: string;
	description: string;
	dueOn: string | null;
	rectifiedOn: string | null;
	/** Zero while it is not late: before its day, without one, or rectified and waiting to be looked at. */
	overdueDays: number;
}

export interface CampaignDetail {
	towns: CampaignTown[];
	categories: (CampaignCount & { category: string })[];
	openMajors: OpenMajor[];
	notVisited: { siteId: string; name: string; townCode: string | null; town: string | null }[];
	stops: (CampaignStop & { siteId: string; site: string; town: string | null })[];
}

/**
 * The visits that served a campaign. A routine visit to a site of the sample did too (综合查一次). A site may have left
 * the sample since; a campaign visit there was ours where the plan says so, and where no plan is known unless another
 * campaign ran that day.
 *
 * @param sentFor - ids of visits that a plan has sent people on for this campaign
 */
export function visitsOfCampaign<V extends { id: string; siteId: string; on: string; occasion: string }>(
	visits: readonly V[],
	{ fromOn, toOn }: { fromOn: string; toOn: string },
	known: {
		sample: ReadonlySet<string>;
		sentFor: ReadonlySet<string>;
		others: readonly { fromOn: string; toOn: string }[];
	},
): V[] {
	const isOurs = (on: string) => known.others.every((other) => on < other.fromOn || on > other.toOn);
	return visits.filter(
		({ id, on, occasion, siteId }) =>
			on >= fromOn &&
			on <= toOn &&
			(known.sample.has(siteId) || known.sentFor.has(id) || (occasion === 'campaign' && isOurs(on))),
	);
}

/** @param on - the day on which the campaign ended */
export function campaignDetail(sites: readonly CampaignSite[], on: string): CampaignDetail {
	const byTown = [...grouped(sites, ({ townCode }) => townCode)];
	const byCategory = [
		...grouped(
			sites.flatMap(({ findings }) => findings),
			({ category }) => category,
		),
	];
	return {
		towns: byTown
			.map(([code, own]) => ({ code, name: own[0]!.town, ...sumsOf(own) }))
			.sort((a, b) => nullsLast(a.code, b.code)),
		categories: byCategory
			.map(([category, own]) => ({ category, ...countOf(own) }))
			.sort((a, b) => b.findings - a.findings || a.category.localeCompare(b.category)),
		openMajors: sites
			.flatMap(({ siteId, name, town, findings }) =>
				findings
					.filter(({ isMajor, isClosed }) => isMajor && !isClosed)
					.map(({ category, description, dueOn, rectifiedOn }) => ({
						...{ siteId, site: name, town, category, description, dueOn, rectifiedOn },
						overdueDays: dueOn && !rectifiedOn ? Math.max(0, daysBetween(dueOn, on)) : 0,
					})),
			)
			.sort((a, b) => b.overdueDays - a.overdueDays || nullsLast(a.dueOn, b.dueOn)),
		notVisited: sites
			.filter(({ isVisited }) => !isVisited)
			.map(({ siteId, name, townCode, town }) => ({ siteId, name, townCode, town })),
		stops: sites
			.flatMap(({ siteId, name, town, stops }) => stops.map((stop) => ({ ...stop, siteId, site: name, town })))
			.sort((a, b) => a.on.localeCompare(b.on)),
	};
}

export function sumsOf(
	sites: readonly CampaignSite[],
): CampaignCount & Record<'sites' | 'visited' | 'stopWork', number> {
	return {
		sites: sites.length,
		visited: sites.filter(({ isVisited }) => isVisited).length,
		...countOf(sites.flatMap(({ findings }) => findings)),
		stopWork: sites.reduce((sum, { stops }) => sum + stops.length, 0),
	};
}

function countOf(findings: readonly CampaignFinding[]): CampaignCount {
	return {
		findings: findings.length,
		majors: findings.filter(({ isMajor }) => isMajor).length,
		closed: findings.filter(({ isClosed }) => isClosed).length,
	};
}

/** Codes and days in their order, what has none at the end. */
function nullsLast(a: string | null, b: string | null): number {
	if (a === b) return 0;
	if (a === null) return 1;
	return b === null || a < b ? -1 : 1;
}
