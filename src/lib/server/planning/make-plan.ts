// From a wish to a plan that can be solved: the ledger says who is due, the officers make teams, travel is asked for.
// Reads only; what it makes is written by a command.

import { furthestPlanDays, mostCandidates, monthShape, planningRules, rollingDays } from '#db/rules/planning.ts';
import type { PlanWish } from '#lib/contract/patrol.ts';
import type { Scope } from '#lib/domain/access/scope.ts';
import { dayAfter, shanghaiDay } from '#lib/domain/day.ts';
import { dueWithin, monthDays, monthProblem } from '#lib/domain/planning/month.ts';
import { buildPlan, keyOf, type Candidate } from '#lib/domain/planning/plan-problem.ts';
import { needsOf } from '#lib/domain/planning/companions.ts';
import { makeTeams, teamOf, type PlanTeam, type TeamOfficer, type Teams } from '#lib/domain/planning/team.ts';
import { TEMPLATE } from '#lib/domain/planning/template.ts';
import { fits } from '../coverage/ledger-facts.ts';
import { readLedger } from '../coverage/read-ledger.ts';
import type { Db } from '../db/connection.ts';
import { firmsOfSites } from '../repositories/companion.ts';
import type { FactSite } from '../repositories/coverage-facts.ts';
import { activeOfficers, officersOut, pairsSince, vehicles, workloads } from '../repositories/officer.ts';
import { basesOf, plannedSites, type StoredPlan } from '../repositories/patrol-plan.ts';
import { travelTimes, type Router } from '../travel/travel-times.ts';
import { campaignsOwed, type CampaignOwed } from './campaigns-owed.ts';
import { coverOf, teamsFor } from './cover-round.ts';
import { floodStandings, UNJUDGED } from './flood-standing.ts';
import { poolFor } from './ride-along.ts';

export type MadePlan =
	| { ok: true; plan: Pick<StoredPlan, 'problem' | 'teams' | 'visits' | 'travel'>; barred: Teams['barred'] }
	| {
			ok: false;
			reason:
				'no-officers' | 'no-sites' | 'no-base' | 'no-round' | 'no-campaign-runs' | 'day-is-over' | 'too-far-ahead';
	  };

/** @param drawn - pairs of officers drawn by lot, in the place of teams that are put together */
export async function makePlan(
	db: Db,
	scope: Scope,
	wish: PlanWish,
	now: Date,
	router: Router | undefined,
	drawn?: readonly (readonly string[])[],
): Promise<MadePlan> {
	const template = TEMPLATE[wish.template];
	const day = dayRefusal(wish.on, now);
	if (day) return { ok: false, reason: day };
	const bases = await basesOf(db);
	const base = bases.find(({ id }) => id === wish.baseId) ?? bases[0];
	if (!base) return { ok: false, reason: 'no-base' };
	const isMonth = wish.template === 'month';
	const ledger = await readLedger(db, scope, now);
	const cover = wish.coversRound ? coverOf(ledger, wish.coversRound, wish.on) : undefined;
	if (wish.coversRound && !cover) return { ok: false, reason: 'no-round' };
	const campaigns = campaignsOwed(ledger, wish);
	if (wish.template === 'campaign' && campaigns.length === 0) return { ok: false, reason: 'no-campaign-runs' };
	const candidates = await candidatesFrom(db, scope, wish, now, ledger, campaigns);
	const picked = cover?.siteIds ?? wish.sites;
	const owed = cover && candidates.filter(({ siteId }) => cover.siteIds.includes(siteId));
	const most = owed ? Math.min(wish.teams, teamsFor(owed, cover, wish.on)) : wish.teams;
	const { teams, barred } = await gather(db, { ...wish, teams: most }, drawn);
	if (teams.length === 0) return { ok: false, reason: 'no-officers' };
	const days = isMonth ? monthDays(wish.on, monthShape.days.value) : [];
	const built = buildPlan({
		on: wish.on,
		...(isMonth && { until: days.at(-1)!.on }),
		template,
		teams,
		base,
		candidates,
		...(picked ? { picked } : {}),
		most: mostOf(wish, campaigns),
		rules: planningRules,
	});
	if (built.visits.length === 0) return { ok: false, reason: 'no-sites' };
	const travel = await travelTimes(
		db,
		built.problem.places.map(({ at }) => at!),
		router,
		now,
	);
	const due = new Map(
		candidates.map(({ no, due }) => [keyOf({ no }), cover ? dueWithin(due, wish.on, cover.toOn) : due.dueOn]),
	);
	const quiet = new Map(candidates.map(({ no, due }) => [keyOf({ no }), due.quiet?.value]));
	const problem = isMonth
		? monthProblem(
				built.problem,
				days,
				teams,
				template,
				(visit) => due.get(visit),
				// Who is asked for by name is seen whenever it fits.
				(visit) => (picked ? undefined : quiet.get(visit)),
			)
		: built.problem;
	return {
		ok: true,
		barred,
		plan: {
			problem: travel.tables ? { ...problem, matrix: travel.tables } : problem,
			teams: {
				teams,
				base: { id: base.id, name: base.name, at: base.at },
				estimate: travel.estimate,
				note: travel.note,
				days,
				...(wish.template === 'thirdParty' ? { companions: await poolFor(db, wish.on) } : {}),
			},
			visits: { visits: built.visits, notAsked: built.notAsked.slice(0, 1000) },
			travel: travel.kind,
		},
	};
}

/** Why nobody can be sent out on a day; undefined when they can. */
export function dayRefusal(on: string, now: Date): 'day-is-over' | 'too-far-ahead' | undefined {
	const today = shanghaiDay(now);
	if (on < today) return 'day-is-over';
	return on > dayAfter(today, furthestPlanDays.value) ? 'too-far-ahead' : undefined;
}

async function gather(db: Db, wish: PlanWish, drawn: readonly (readonly string[])[] | undefined): Promise<Teams> {
	const since = dayAfter(wish.on, -rollingDays.value);
	const minutes = new Map((await workloads(db, since)).map((load) => [load.officer, load.minutes]));
	const pairs = await pairsSince(db, since);
	const out = await officersOut(db, wish.on);
	const officers: TeamOfficer[] = (await activeOfficers(db)).map((officer) => ({
		...officer,
		avoids: officer.avoids.map(({ firmId }) => firmId),
		minutes: minutes.get(officer.name) ?? 0,
		isOut: out.has(officer.id),
	}));
	const together = (a: string, b: string) => pairs.get([a, b].sort().join('+')) ?? 0;
	const { teams, barred } = drawn
		? { teams: drawn.map((pair, index) => drawnTeam(index, pair, officers)), barred: [] }
		: makeTeams(officers, { on: wish.on, teams: wish.teams, named: wish.officers, together });
	const cars = await vehicles(db);
	return { teams: teams.map((team, index) => ({ ...team, vehicle: cars[index]?.plate ?? null })), barred };
}

function drawnTeam(index: number, pair: readonly string[], officers: readonly TeamOfficer[]): PlanTeam {
	return teamOf(
		`t${index + 1}`,
		pair.flatMap((id) => officers.find((officer) => officer.id === id) ?? []),
	);
}

/** Every site in scope, with what the planner has to know of it. */
export async function candidatesOf(db: Db, scope: Scope, wish: PlanWish, now: Date): Promise<Candidate[]> {
	const ledger = await readLedger(db, scope, now);
	return candidatesFrom(db, scope, wish, now, ledger, campaignsOwed(ledger, wish));
}

/** Nobody is disturbed for a campaign beyond the sample it asked for (无事不扰). */
function mostOf({ template }: PlanWish, campaigns: readonly CampaignOwed[]): number {
	if (template === 'month') return mostCandidates.month.value;
	const day = mostCandidates.day.value;
	return template === 'campaign'
		? Math.min(
				day,
				campaigns.reduce((sum, { owes }) => sum + owes, 0),
			)
		: day;
}

async function candidatesFrom(
	db: Db,
	scope: Scope,
	wish: PlanWish,
	now: Date,
	{ sites, facts }: Awaited<ReturnType<typeof readLedger>>,
	campaigns: readonly CampaignOwed[],
): Promise<Candidate[]> {
	const planned = await plannedSites(db, wish.on, dayAfter(wish.on, 7));
	const owes = (siteId: string, fact: FactSite, { round, seen }: CampaignOwed) =>
		!seen.has(siteId) && fits(fact, round, facts);
	const factOf = new Map(facts.sites.map((site) => [site.id, site]));
	const firms = wish.template === 'thirdParty' ? await firmsOfSites(db) : undefined;
	const flood = wish.template === 'flood' ? await floodStandings(db, scope, now) : undefined;
	return sites
		.filter(({ townCode }) => wish.towns.length === 0 || (townCode !== null && wish.towns.includes(townCode)))
		.map((site): Candidate => {
			const fact = factOf.get(site.id)!;
			return {
				siteId: site.id,
				no: site.no,
				name: site.name,
				at: site.at,
				contractorId: fact.contractorId,
				stage: fact.stage,
				state: fact.state,
				due: site.due,
				lastVisitOn: site.lastVisitOn,
				openHazards: site.openHazards,
				openMajorHazards: site.openMajorHazards,
				machines: fact.machineIds.length,
				hasPit: fact.pitDepthM !== null,
				hasCrane: fact.hasCrane,
				lookBack: site.lookBack,
				campaigns: campaigns.filter((one) => owes(site.id, fact, one)).map(({ round }) => round.name),
				plannedOn: planned.get(site.id) ?? null,
				flood: flood ? (flood.get(site.id) ?? UNJUDGED) : null,
				help: firms ? { needs: needsOf(fact), firms: firms.get(site.id) ?? [] } : null,
			};
		});
}
