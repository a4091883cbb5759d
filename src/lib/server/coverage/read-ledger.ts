// Puts the ledger together: facts from the database, judged by domain/coverage. One reading serves the page, the planner
// and the month.

import { holidaysKnownUntil } from '#db/rules/season.ts';
import type { Ledger, LedgerRound, LedgerSite } from '#lib/contract/coverage.ts';
import type { Scope } from '#lib/domain/access/scope.ts';
import { heldPeriods, heldRounds, lookBacksOn, type HeldRound } from '#lib/domain/coverage/dates.ts';
import { dueOf, type Due, type DueFacts } from '#lib/domain/coverage/due.ts';
import { forecastRound } from '#lib/domain/coverage/forecast.ts';
import { lookBacks, type LookBack } from '#lib/domain/coverage/look-back.ts';
import { judgeGrids } from '#lib/domain/coverage/low-frequency.ts';
import type { CoverageRules } from '#lib/domain/coverage/numbers.ts';
import { axesOf } from '#lib/domain/coverage/round.ts';
import { dayAfter, daysBetween, shanghaiDay } from '#lib/domain/day.ts';
import type { Db } from '../db/connection.ts';
import type { FactSite } from '../repositories/coverage-facts.ts';
import type { RoundRow } from '../repositories/coverage-round.ts';
import { coverageNow, isFloodSeason, type CoverageNow } from './coverage-now.ts';
import { fits, LOOKS_AHEAD_D, LOOKS_BACK_D, readFacts, type LedgerFacts } from './ledger-facts.ts';

/** Stages at which rain does most harm; a pit does in any. */
const WET_STAGES = ['foundation', 'preparation'];

/** A site with its due day as the rules have judged it. */
export type JudgedSite = Omit<LedgerSite, 'due'> & { due: Due };
export type JudgedLedger = Omit<Ledger, 'sites'> & { sites: JudgedSite[]; facts: LedgerFacts };

export async function readLedger(db: Db, scope: Scope, now: Date): Promise<JudgedLedger> {
	return judgeLedger(await readFacts(db, scope, now), await coverageNow(db, now), now);
}

/** The same facts may be judged by several rules: by those that hold, and by what a draft would make of them. */
export function judgeLedger(made: LedgerFacts, held: CoverageNow, now: Date): JudgedLedger {
	const today = shanghaiDay(now);
	const { rules } = held;
	const facts = heldFacts(made, held, today);
	const teams = Math.max(1, Math.floor(facts.officers / 2));
	const isWet = isFloodSeason(held, today);
	const paceDays = rules.paceDays.value;
	const rounds = facts.rounds
		.filter(({ toOn }) => toOn >= dayAfter(today, -200))
		.map((round) => ledgerRound(round, facts, { today, teams, paceDays }));
	const looks = currentLookBacks(facts, rules, today);
	const seenThisMonth = countBySite(facts.visits.filter(({ on }) => on.startsWith(today.slice(0, 7))));
	const sites = facts.sites.map((site) =>
		ledgerSite(site, facts, looks, {
			rules,
			today,
			isFloodSeason: isWet,
			visitsThisMonth: seenThisMonth.get(site.id) ?? 0,
		}),
	);
	return {
		asOf: now.toISOString(),
		today,
		rounds,
		sites,
		grids: grids(facts, rules, today),
		keyPeriods: facts.periods,
		isFloodSeason: isWet,
		holidaysUntil: holidaysKnownUntil,
		paceDays,
		teams,
		facts,
	};
}

interface HeldFacts extends LedgerFacts {
	rounds: HeldRound<RoundRow>[];
}

/** Rounds and key periods on the days that hold, those that touch the time the ledger is about. */
function heldFacts(made: LedgerFacts, { dates }: CoverageNow, today: string): HeldFacts {
	const until = dayAfter(today, LOOKS_AHEAD_D);
	return {
		...made,
		rounds: heldRounds(made.rounds, dates)
			.filter(({ fromOn, toOn }) => toOn >= dayAfter(today, -LOOKS_BACK_D) && fromOn <= until)
			.sort((a, b) => (a.toOn < b.toOn ? -1 : a.toOn > b.toOn ? 1 : a.fromOn < b.fromOn ? -1 : 1)),
		periods: heldPeriods(made.periods, dates).filter(({ fromOn, toOn }) => toOn >= today && fromOn <= until),
	};
}

function ledgerRound(
	round: RoundRow,
	facts: LedgerFacts,
	{ today, teams, paceDays }: { today: string; teams: number; paceDays: number },
): LedgerRound {
	const { id, name, kind, fromOn, toOn, looksBackTo, quota, checklist, filter, report } = round;
	const within = facts.visits.filter(({ on }) => on >= fromOn && on <= toOn);
	const sample = facts.sites.filter((site) => kind !== 'campaign' || fits(site, round, facts));
	const sites = [...sample, ...(facts.left.get(id) ?? [])];
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
						paceDays,
					}),
	};
}

/** Look-backs that a running round owes the one before it. */
function currentLookBacks(
	{ rounds, hazards, visits }: HeldFacts,
	{ lookBackGraceDays }: CoverageRules,
	today: string,
): Map<string, LookBack> {
	const looks = new Map<string, LookBack>();
	for (const pair of lookBacksOn(rounds, today))
		for (const look of lookBacks(hazards, visits, pair, lookBackGraceDays)) looks.set(look.siteId, look);
	return looks;
}

const asOpen = ({ name, toOn, daysBy }: HeldRound<RoundRow>) => ({
	...{ name, toOn },
	ground: daysBy === null ? undefined : { source: daysBy, confidence: 'local' as const },
});

function countBySite(visits: readonly { siteId: string }[]): Map<string, number> {
	const counts = new Map<string, number>();
	for (const { siteId } of visits) counts.set(siteId, (counts.get(siteId) ?? 0) + 1);
	return counts;
}

function ledgerSite(
	site: FactSite,
	facts: HeldFacts,
	looks: ReadonlyMap<string, LookBack>,
	{
		rules,
		today,
		isFloodSeason,
		visitsThisMonth,
	}: { rules: CoverageRules; today: string; isFloodSeason: boolean; visitsThisMonth: number },
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
		visitsThisMonth,
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
		due: dueOf(
			dueFacts,
			{ on: today, isFloodSeason, keyPeriod: period?.name ?? null, openRounds: openRounds.map(asOpen) },
			rules,
		),
		openHazards: dueFacts.openHazards,
		openMajorHazards: dueFacts.openMajorHazards,
		isOpenInRound: openRounds.some(({ kind }) => kind === 'fullCoverage'),
		lookBack: look ? { findings: look.findings, byOn: look.byOn, notBy: look.notBy } : null,
		selfAssessedDaysAgo: site.selfAssessedOn ? daysBetween(site.selfAssessedOn, today) : null,
	};
}

function grids(
	{ sites, visits, last, grids }: LedgerFacts,
	{ frequencyDays, lowShare }: CoverageRules,
	today: string,
): Ledger['grids'] {
	const since = dayAfter(today, -frequencyDays.value);
	const gridOf = new Map(sites.map(({ id, gridId }) => [id, gridId]));
	const seen = new Map<string, number>();
	for (const { siteId, on } of visits) {
		const grid = on >= since ? gridOf.get(siteId) : undefined;
		if (grid) seen.set(grid, (seen.get(grid) ?? 0) + 1);
	}
	const judged = judgeGrids(
		grids.map(({ id, ownerName }) => {
			const own = sites.filter(({ gridId }) => gridId === id);
			return {
				id,
				ownerName,
				sites: own.length,
				visits: seen.get(id) ?? 0,
				neverVisited: own.filter((site) => !last.has(site.id)).length,
			};
		}),
		lowShare,
	);
	return judged.map((grid, index) => {
		const { name, code } = grids[index]!;
		return { ...grid, name, code };
	});
}
