// Puts the ledger together: facts from the database, judged by domain/coverage. One reading serves the page, the planner
// and the month.

import { coverageRules, dueRules, floodSeason } from '#db/rules/coverage.ts';
import type { Ledger, LedgerRound, LedgerSite } from '#lib/contract/coverage.ts';
import type { Scope } from '#lib/domain/access/scope.ts';
import { dueOf, type Due, type DueFacts } from '#lib/domain/coverage/due.ts';
import { forecastRound } from '#lib/domain/coverage/forecast.ts';
import { lookBacks, type LookBack } from '#lib/domain/coverage/look-back.ts';
import { judgeGrids } from '#lib/domain/coverage/low-frequency.ts';
import { axesOf } from '#lib/domain/coverage/round.ts';
import { dayAfter, daysBetween, shanghaiDay } from '#lib/domain/day.ts';
import type { Db } from '../db/connection.ts';
import { peopleIn } from '../db/dossier-parts.ts';
import { gridFeatures } from '../repositories/area-list.ts';
import {
	coverageHazards,
	coverageSites,
	coverageVisits,
	lastVisits,
	type FactHazard,
	type FactSite,
	type FactVisit,
} from '../repositories/coverage-facts.ts';
import { keyPeriodsBetween, roundsBetween, type KeyPeriodRow, type RoundRow } from '../repositories/coverage-round.ts';
import { countOfficers } from '../repositories/officer.ts';

/** How far back visits and findings are read: the longest round and the one before it. */
const LOOKS_BACK_D = 400;
const LOOKS_AHEAD_D = 120;
/** Stages at which rain does most harm; a pit does in any. */
const WET_STAGES = ['foundation', 'preparation'];

/** A site with its due day as the rules have judged it. */
export type JudgedSite = Omit<LedgerSite, 'due'> & { due: Due };
export type JudgedLedger = Omit<Ledger, 'sites'> & { sites: JudgedSite[]; facts: LedgerFacts };

export interface LedgerFacts {
	sites: FactSite[];
	visits: FactVisit[];
	hazards: FactHazard[];
	rounds: RoundRow[];
	periods: KeyPeriodRow[];
	last: Awaited<ReturnType<typeof lastVisits>>;
}

export async function readLedger(db: Db, scope: Scope, now: Date): Promise<JudgedLedger> {
	const today = shanghaiDay(now);
	const since = dayAfter(today, -LOOKS_BACK_D);
	const facts: LedgerFacts = {
		sites: await coverageSites(db, scope, today),
		visits: await coverageVisits(db, scope, since),
		hazards: await coverageHazards(db, scope, since),
		rounds: await roundsBetween(db, since, dayAfter(today, LOOKS_AHEAD_D)),
		periods: await keyPeriodsBetween(db, today, dayAfter(today, LOOKS_AHEAD_D)),
		last: await lastVisits(db, scope),
	};
	const teams = Math.max(1, Math.floor((await countOfficers(db, today)) / 2));
	const isFloodSeason = today.slice(5) >= floodSeason.from && today.slice(5) <= floodSeason.to;
	const rounds = facts.rounds
		.filter(({ toOn }) => toOn >= dayAfter(today, -200))
		.map((round) => ledgerRound(round, facts, today, teams));
	const looks = currentLookBacks(facts, today);
	const sites = facts.sites.map((site) => ledgerSite(site, facts, looks, { today, isFloodSeason }));
	return {
		asOf: now.toISOString(),
		today,
		rounds,
		sites,
		grids: await grids(db, scope, facts, today),
		keyPeriods: facts.periods,
		isFloodSeason,
		paceDays: coverageRules.paceDays.value,
		teams,
		facts,
	};
}

function ledgerRound(round: RoundRow, facts: LedgerFacts, today: string, teams: number): LedgerRound {
	const { id, name, kind, fromOn, toOn, looksBackTo, quota, checklist, filter, report } = round;
	const within = facts.visits.filter(({ on }) => on >= fromOn && on <= toOn);
	const sites = facts.sites.filter((site) => kind !== 'campaign' || fits(site, round, facts));
	const isSelf = kind === 'selfAssessment' || kind === 'firmAssessment';
	const first = new Map<string, string>();
	if (isSelf) {
		for (const { id: siteId, selfAssessedOn: on } of facts.sites) if (on && on >= fromOn) first.set(siteId, on);
	} else for (const { siteId, on } of within) if (!first.has(siteId) || on < first.get(siteId)!) first.set(siteId, on);
	const visited = {
		sites: new Set(first.keys()),
		machines: new Set(isSelf ? [] : within.flatMap(({ machineIds }) => machineIds)),
	};
	const total = quota ?? sites.length;
	const known = new Set(sites.map((site) => site.id));
	return {
		...{ id, name, kind, fromOn, toOn, looksBackTo, quota, checklist, filter, report },
		axes: axesOf(sites, visited),
		forecast:
			fromOn > today
				? null
				: forecastRound({
						...{ fromOn, toOn, today, total, teams },
						firstVisits: [...first].filter(([siteId]) => known.has(siteId)).map(([, on]) => on),
						paceDays: coverageRules.paceDays.value,
					}),
	};
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

/** Look-backs that a running round owes the one before it. */
export function currentLookBacks({ rounds, hazards, visits }: LedgerFacts, today: string): Map<string, LookBack> {
	const looks = new Map<string, LookBack>();
	for (const second of rounds) {
		const first = rounds.find(({ id }) => id === second.looksBackTo);
		if (!first || second.fromOn > today || second.toOn < today) continue;
		for (const look of lookBacks(hazards, visits, { first, second }, coverageRules.lookBackGraceDays))
			looks.set(look.siteId, look);
	}
	return looks;
}

function ledgerSite(
	site: FactSite,
	facts: LedgerFacts,
	looks: ReadonlyMap<string, LookBack>,
	{ today, isFloodSeason }: { today: string; isFloodSeason: boolean },
): JudgedSite {
	const open = facts.hazards.filter(({ siteId, closedOn }) => siteId === site.id && closedOn === null);
	const last = facts.last.get(site.id);
	const look = looks.get(site.id);
	const running = facts.rounds.filter(
		({ kind, fromOn, toOn }) => (kind === 'fullCoverage' || kind === 'twoMonthly') && fromOn <= today && toOn >= today,
	);
	const openRounds = running.filter(
		({ fromOn, toOn }) => !facts.visits.some(({ siteId, on }) => siteId === site.id && on >= fromOn && on <= toOn),
	);
	const due = open.flatMap(({ dueOn, rectifiedOn }) => (dueOn && !rectifiedOn ? [dueOn] : [])).sort();
	const dueFacts: DueFacts = {
		registered: site.riskGrade,
		pitDepthM: site.pitDepthM,
		fatalOn: site.fatalOn,
		startedOn: site.startedOn,
		lastVisitOn: last?.on ?? null,
		lastResult: last?.result ?? null,
		sign: site.sign,
		openHazards: open.length,
		openMajorHazards: open.filter(({ isMajor }) => isMajor).length,
		rectifyBy: due[0] ?? null,
		alarm: site.alarm,
		lookBackBy: look?.byOn ?? null,
		isFloodSensitive: site.pitDepthM !== null || WET_STAGES.includes(site.stage ?? ''),
	};
	const period = facts.periods.find(
		({ fromOn, toOn, area }) => fromOn <= today && toOn >= today && (site.townCode ?? area).startsWith(area),
	);
	return {
		id: site.id,
		no: site.no,
		name: site.name,
		at: site.at,
		townCode: site.townCode,
		gridId: site.gridId,
		gridOwner: site.gridOwner,
		contractor: site.contractor,
		lastVisitOn: last?.on ?? null,
		due: dueOf(dueFacts, { on: today, isFloodSeason, keyPeriod: period?.name ?? null, openRounds }, dueRules),
		openHazards: dueFacts.openHazards,
		openMajorHazards: dueFacts.openMajorHazards,
		isOpenInRound: openRounds.some(({ kind }) => kind === 'fullCoverage'),
		lookBack: look ? { findings: look.findings, byOn: look.byOn, notBy: look.notBy } : null,
		selfAssessedDaysAgo: site.selfAssessedOn ? daysBetween(site.selfAssessedOn, today) : null,
	};
}

async function grids(
	db: Db,
	scope: Scope,
	{ sites, visits, last }: LedgerFacts,
	today: string,
): Promise<Ledger['grids']> {
	const since = dayAfter(today, -coverageRules.frequencyDays.value);
	const gridOf = new Map(sites.map(({ id, gridId }) => [id, gridId]));
	const seen = new Map<string, number>();
	for (const { siteId, on } of visits) {
		const grid = on >= since ? gridOf.get(siteId) : undefined;
		if (grid) seen.set(grid, (seen.get(grid) ?? 0) + 1);
	}
	const features = await gridFeatures(db, scope, today);
	const judged = judgeGrids(
		features.map(({ properties: { id, ownerName } }) => {
			const own = sites.filter(({ gridId }) => gridId === id);
			return {
				id,
				ownerName: peopleIn(scope).name(ownerName),
				sites: own.length,
				visits: seen.get(id) ?? 0,
				neverVisited: own.filter((site) => !last.has(site.id)).length,
			};
		}),
		coverageRules.lowShare,
	);
	return judged.map((grid, index) => {
		const { name, code } = features[index]!.properties;
		return { ...grid, name, code };
	});
}
