// What is printed for a team to take along: stops, reasons, open hazards, contacts, and a code that opens the site.

import QRCode from 'qrcode';
import type { Scope } from '#lib/domain/access/scope.ts';
import { evaluate } from '#lib/domain/patrol/evaluate.ts';
import { compile } from '#lib/domain/patrol/model.ts';
import type { Seat } from '#lib/domain/planning/companions.ts';
import { isLookBack, type PlanVisit } from '#lib/domain/planning/plan-problem.ts';
import { coverageNow, lookedBackAt } from '../coverage/coverage-now.ts';
import type { Db } from '../db/connection.ts';
import { firstRoundFindings, type FirstRoundFinding } from '../repositories/first-round.ts';
import { planById, planTeams } from '../repositories/patrol-plan.ts';
import { openHazardsOf, patrolSites, type OpenHazard, type PatrolSite } from '../repositories/patrol-site.ts';
import { isOpen } from './plan-view.ts';
import { ridersOf } from './ride-along.ts';

export interface SheetStop {
	visit: PlanVisit;
	arrive: number;
	start: number;
	leave: number;
	site: Omit<PatrolSite, 'boundary'>;
	hazards: OpenHazard[];
	/** Closed findings of the round before, where the visit looks back. */
	lookBack: ClosedFinding[];
	/** Experts and testers who come along for this site. */
	riders: Seat[];
	/** SVG of a QR code that opens the site. */
	code: string;
}

export interface RouteSheets {
	name: string;
	on: string;
	base: string;
	teams: { team: string; names: string[]; vehicle: string | null; minutes: number; km: number; stops: SheetStop[] }[];
}

type ClosedFinding = FirstRoundFinding & { closedOn: string };
/** What is open stands on the sheet among the open hazards. */
const isClosed = (finding: FirstRoundFinding): finding is ClosedFinding => finding.closedOn !== null;

/** @returns undefined for a plan that is not there, or still sealed */
export async function routeSheets(
	db: Db,
	id: string,
	scope: Scope,
	origin: string,
	now: Date,
): Promise<RouteSheets | undefined> {
	const plan = await planById(db, scope, id);
	if (!plan || !isOpen(plan, await planTeams(db, id), now)) return undefined;
	const visitOf = new Map(plan.visits.visits.map((visit) => [visit.key, visit]));
	const { routes } = evaluate(compile(plan.problem, plan.teams.estimate), plan.drafts);
	const ids = plan.visits.visits.map(({ siteId }) => siteId);
	const sites = new Map((await patrolSites(db, scope, ids)).map((site) => [site.id, site]));
	const hazards = await openHazardsOf(db, [...sites.keys()]);
	const lookedBack = await lookedBackAt(db, await coverageNow(db, now), plan.on);
	const firstRound = await firstRoundFindings(db, [...sites.keys()], lookedBack);
	const riders = await ridersOf(db, plan);
	const teams = [];
	for (const route of routes.filter(({ stops }) => stops.length > 0)) {
		const who = plan.teams.teams.find(({ id }) => route.team === id);
		const stops: SheetStop[] = [];
		for (const { visit: key, arrive, start, leave } of route.stops) {
			const visit = visitOf.get(key)!;
			const site = sites.get(visit.siteId);
			if (!site) continue;
			const code = await QRCode.toString(`${origin}/site/${site.id}`, { type: 'svg', margin: 0 });
			const own = hazards.filter(({ siteId }) => siteId === site.id);
			const { boundary: _boundary, ...plain } = site;
			const lookBack = isLookBack(visit) ? firstRound.filter(isClosed).filter(({ siteId }) => siteId === site.id) : [];
			const along = riders.filter((seat) => seat.visit === key);
			stops.push({ visit, arrive, start, leave, site: plain, hazards: own, lookBack, riders: along, code });
		}
		const { team, minutes, km } = route;
		teams.push({ team, names: who?.names ?? [], vehicle: who?.vehicle ?? null, minutes, km, stops });
	}
	return { name: plan.name, on: plan.on, base: plan.teams.base.name, teams };
}
