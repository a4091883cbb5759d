// What the ledger is judged from, read once: sites, visits, findings, rounds and key periods as they were made.

import type { Scope } from '#lib/domain/access/scope.ts';
import { visitsOfCampaign } from '#lib/domain/coverage/campaign.ts';
import { dayAfter, shanghaiDay } from '#lib/domain/day.ts';
import type { Db } from '../db/connection.ts';
import { peopleIn } from '../db/dossier-parts.ts';
import { gridFeatures } from '../repositories/area-list.ts';
import { visitsSentFor } from '../repositories/campaign-facts.ts';
import {
	coverageHazards,
	coverageSites,
	coverageVisits,
	lastVisits,
	leftSites,
	type FactHazard,
	type FactSite,
	type FactVisit,
	type LeftSite,
} from '../repositories/coverage-facts.ts';
import { keyPeriodsBetween, roundsBetween, type KeyPeriodRow, type RoundRow } from '../repositories/coverage-round.ts';
import { countOfficers } from '../repositories/officer.ts';

/** How far back visits and findings are read: the longest round and the one before it. */
export const LOOKS_BACK_D = 400;
export const LOOKS_AHEAD_D = 120;

export interface LedgerFacts {
	sites: FactSite[];
	visits: FactVisit[];
	hazards: FactHazard[];
	rounds: RoundRow[];
	periods: KeyPeriodRow[];
	last: Awaited<ReturnType<typeof lastVisits>>;
	/** By campaign: sites that it went to and that are not in its sample, finished since for instance. */
	left: ReadonlyMap<string, LeftSite[]>;
	grids: { id: string; name: string; code: string; ownerName: string | null }[];
	officers: number;
}

export async function readFacts(db: Db, scope: Scope, now: Date): Promise<LedgerFacts> {
	const today = shanghaiDay(now);
	const since = dayAfter(today, -LOOKS_BACK_D);
	const facts = {
		sites: await coverageSites(db, scope, today),
		visits: await coverageVisits(db, scope, since),
		hazards: await coverageHazards(db, scope, since),
		rounds: await roundsBetween(db, ...yearsAround(since, dayAfter(today, LOOKS_AHEAD_D))),
	};
	return {
		...facts,
		periods: await keyPeriodsBetween(db, ...yearsAround(today, dayAfter(today, LOOKS_AHEAD_D))),
		last: await lastVisits(db, scope),
		left: await leftOf(db, scope, facts, today),
		grids: (await gridFeatures(db, scope, today)).map(({ properties: { id, name, code, ownerName } }) => ({
			...{ id, name, code },
			ownerName: peopleIn(scope).name(ownerName),
		})),
		officers: await countOfficers(db, today),
	};
}

/** Whole years: what was made for one of their days may be held on another. */
const yearsAround = (from: string, to: string): [string, string] => [
	`${from.slice(0, 4)}-01-01`,
	`${to.slice(0, 4)}-12-31`,
];

/** Of campaigns that run without a report yet: what was written down at the end of one is not counted again. */
async function leftOf(
	db: Db,
	scope: Scope,
	{ sites, visits, hazards, rounds }: Pick<LedgerFacts, 'sites' | 'visits' | 'hazards' | 'rounds'>,
	today: string,
): Promise<LedgerFacts['left']> {
	const left = new Map<string, LeftSite[]>();
	for (const round of rounds) {
		if (round.kind !== 'campaign' || round.report || round.fromOn > today) continue;
		const sample = new Set(sites.filter((site) => fits(site, round, { hazards })).map(({ id }) => id));
		const counted = visitsOfCampaign(visits, round, {
			sample,
			sentFor: await visitsSentFor(db, round),
			others: rounds.filter(({ kind, id }) => kind === 'campaign' && id !== round.id),
		});
		const ids = new Set(counted.flatMap(({ siteId }) => (sample.has(siteId) ? [] : siteId)));
		left.set(round.id, await leftSites(db, scope, [...ids]));
	}
	return left;
}

/** Whether a site belongs to the sample a campaign is drawn from. */
export function fits(
	site: FactSite,
	{ filter }: Pick<RoundRow, 'filter'>,
	facts: Pick<LedgerFacts, 'hazards'>,
): boolean {
	const has = {
		pit: site.pitDepthM !== null,
		crane: site.hasCrane,
		hoist: site.hasHoist,
		formwork: site.hasFormwork,
		scaffold: site.hasScaffold,
	};
	return (
		(filter.stages.length === 0 || filter.stages.includes(site.stage ?? '')) &&
		(filter.grades.length === 0 || (site.riskGrade !== null && filter.grades.includes(site.riskGrade))) &&
		(filter.towns.length === 0 || filter.towns.includes(site.townCode ?? '')) &&
		(filter.has.length === 0 || filter.has.some((what) => has[what])) &&
		(!filter.openHazards || facts.hazards.some(({ siteId, closedOn }) => siteId === site.id && closedOn === null))
	);
}
