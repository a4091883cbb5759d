// The package of the day for a phone: everything it needs where there is no network, and of a sealed day not more than
// the stop that comes next.

import { checklistLines, nearSiteM, rectifyDays } from '#db/rules/checklist.ts';
import { machineRules } from '#db/rules/machine.ts';
import type { DayPackage, FieldDay, FieldStop } from '#lib/contract/field.ts';
import type { StopState } from '#lib/contract/patrol.ts';
import { SYSTEM } from '#lib/domain/access/scope.ts';
import { shanghaiDay } from '#lib/domain/day.ts';
import { checklistFor } from '#lib/domain/field/checklist.ts';
import { changesOf, type RouteChange, type RouteChanges } from '#lib/domain/field/route-change.ts';
import { drivesOf } from '#lib/domain/field/drives.ts';
import { isLookBack } from '#lib/domain/planning/plan-problem.ts';
import { gradeByAge } from '#lib/domain/machine/age-grade.ts';
import { coverageNow, isFloodSeason, lookedBackAt, type CoverageNow } from '../coverage/coverage-now.ts';
import type { Db } from '../db/connection.ts';
import { otherDays } from './other-days.ts';
import { siteFeatures } from '../repositories/site-list.ts';
import { WHOLE } from '../db/list-filter.ts';
import { firstRoundFindings } from '../repositories/first-round.ts';
import { roundsBetween } from '../repositories/coverage-round.ts';
import { daysOfOfficer, officerNames } from '../repositories/patrol-field.ts';
import { planById, type StoredPlan } from '../repositories/patrol-plan.ts';
import { stopStates } from '../repositories/patrol-stop.ts';
import { dangerousWorks, openHazardsOf, patrolSites, standingMachines } from '../repositories/patrol-site.ts';

export async function dayPackage(db: Db, officer: { id: string; name: string }, now: Date): Promise<DayPackage> {
	const today = shanghaiDay(now);
	const rows = await daysOfOfficer(db, officer.id, today);
	const held = await coverageNow(db, now);
	const days: FieldDay[] = [];
	const names: Record<string, string> = {};
	for (const row of rows) {
		// The officer stands in the plan: it is theirs wherever it goes.
		const plan = await planById(db, SYSTEM, row.plan_id);
		if (plan) days.push(await dayOf(db, plan, row, names, held));
	}
	const known = await siteFeatures(db, SYSTEM, WHOLE);
	return {
		asOf: now.toISOString(),
		today,
		officer,
		days,
		others: await otherDays(db, officer.id, today),
		names,
		known: known.map(({ properties: { id, name, at } }) => ({ id, name, at })),
		nearSiteM: nearSiteM.value,
		rectifyDays: rectifyDays.value,
	};
}

type Row = Awaited<ReturnType<typeof daysOfOfficer>>[number];

async function dayOf(
	db: Db,
	plan: StoredPlan,
	row: Row,
	names: Record<string, string>,
	held: CoverageNow,
): Promise<FieldDay> {
	const officers = await officerNames(db, row.officer_ids);
	const ofTeam = (await stopStates(db, plan.id)).filter(({ team }) => team === row.team);
	const own = ofTeam.filter(({ state }) => state !== 'dropped');
	const shown = plan.isSealed ? unsealed(own, row.departed_at !== null) : own;
	const stops = await stopsOf(db, plan, shown, held);
	for (const stop of stops) names[stop.key] = stop.site.name;
	const change = row.change as RouteChanges | null;
	if (!plan.isSealed) for (const one of changesOf(change)) nameAll(plan, one, names);
	return {
		planId: plan.id,
		name: plan.name,
		on: plan.on,
		team: row.team,
		officers: row.officer_ids.map((id) => ({ id, name: officers.get(id) ?? '' })),
		vehicle: plan.teams.teams.find(({ id }) => id === row.team)?.vehicle ?? null,
		isSealed: plan.isSealed,
		drawNo: row.draw_no,
		departedAt: row.departed_at?.toISOString() ?? null,
		returnedAt: row.returned_at?.toISOString() ?? null,
		stops,
		givenUp: plan.isSealed ? [] : givenUp(plan, ofTeam),
		count: own.length,
		change,
		minutes: (row.minutes as { text: string } | null)?.text ?? null,
	};
}

/** Also of what the team does not go to any more: what was changed is told by name. */
function nameAll(
	plan: StoredPlan,
	{ before, after }: Pick<RouteChange, 'before' | 'after'>,
	names: Record<string, string>,
): void {
	const known = new Map(plan.visits.visits.map(({ key, name }) => [key, name]));
	for (const { key } of [...before.stops, ...after.stops]) names[key] ??= known.get(key) ?? key;
}

function givenUp(plan: StoredPlan, ofTeam: readonly StopState[]): NonNullable<FieldDay['givenUp']> {
	const known = new Map(plan.visits.visits.map(({ key, name }) => [key, name]));
	return ofTeam
		.filter(({ state }) => state === 'dropped')
		.map(({ key, startMin, leaveMin }) => ({ name: known.get(key) ?? key, startMin, leaveMin }));
}

/** What has been reached, and after departure the one that comes next. */
function unsealed<T extends { state: string }>(stops: readonly T[], hasDeparted: boolean): T[] {
	if (!hasDeparted) return [];
	const next = stops.findIndex(({ state }) => state === 'planned');
	return stops.filter(({ state }, index) => state !== 'planned' || index === next);
}

async function stopsOf(
	db: Db,
	plan: StoredPlan,
	states: readonly StopState[],
	held: CoverageNow,
): Promise<FieldStop[]> {
	const planned = new Map(plan.visits.visits.map((visit) => [visit.key, visit]));
	const ids = states.flatMap(({ key }) => planned.get(key)?.siteId ?? []);
	const sites = new Map((await patrolSites(db, SYSTEM, ids)).map((site) => [site.id, site]));
	const hazards = await openHazardsOf(db, ids);
	const firstRound = await firstRoundFindings(db, ids, await lookedBackAt(db, held, plan.on));
	const machines = await standingMachines(db, ids);
	const works = await dangerousWorks(db, ids);
	const campaigns = await roundsBetween(db, plan.on, plan.on);
	const isWet = isFloodSeason(held, plan.on);
	const drives = drivesOf(plan.problem, plan.teams.estimate, states);
	return states.flatMap((state): FieldStop[] => {
		const visit = planned.get(state.key);
		const site = visit && sites.get(visit.siteId);
		if (!visit || !site) return [];
		const own = machines.filter(({ siteId }) => siteId === site.id);
		const here = works.filter(({ siteId }) => siteId === site.id);
		const names = visit.reasons.filter(({ key }) => key === 'campaign').map(({ value }) => value);
		return [
			{
				id: state.id,
				key: state.key,
				state: state.state,
				startMin: state.startMin,
				leaveMin: state.leaveMin,
				isEmergency: state.isEmergency,
				driveMin: Math.round(drives.get(state.key) ?? 0),
				reasons: visit.reasons,
				departments: visit.departments,
				arrivedAt: state.arrivedAt,
				leftAt: state.leftAt,
				skipReason: state.skipReason,
				result: state.result,
				confirmedBy: state.confirmedBy,
				recordedBy: state.recordedBy,
				findings: state.findings,
				site: {
					...{ id: site.id, name: site.name, address: site.address, at: site.at, boundary: site.boundary },
					...{ stage: site.stage, riskGrade: site.riskGrade, contractor: site.contractor, owner: site.owner },
					...{ siteEngineer: site.siteEngineer, contact: site.contact },
				},
				hazards: hazards.filter(({ siteId }) => siteId === site.id).map(({ siteId: _siteId, ...rest }) => rest),
				lookBack: isLookBack(visit)
					? firstRound.filter(({ siteId }) => siteId === site.id).map(({ siteId: _siteId, ...rest }) => rest)
					: [],
				machines: own.map((machine) => ({
					id: machine.id,
					name: `${machine.siteNo ?? ''} ${machine.record ?? ''}`.trim(),
					ageGrade: ageOf(machine, plan.on),
					testedOn: machine.testedOn,
				})),
				works: here.map(({ kind, name, depthM }) => ({ kind, name, depthM })),
				checklist: checklistFor(
					{
						stage: site.stage,
						works: [
							...new Set([
								...here.map(({ kind }) => kind),
								...own.map(({ kind }) => (kind === 'towerCrane' ? ('crane' as const) : ('hoist' as const))),
							]),
						],
						on: plan.on,
						isFloodSeason: isWet,
						isNight: visit.occasion === 'night',
						campaign: campaigns.filter(({ name }) => names.includes(name)).flatMap(({ checklist }) => checklist),
					},
					checklistLines,
				),
			},
		];
	});
}

function ageOf(machine: Awaited<ReturnType<typeof standingMachines>>[number], on: string) {
	if (machine.kind !== 'towerCrane' && machine.kind !== 'hoist') return 'unknown';
	return gradeByAge(
		{
			kind: machine.kind,
			...(machine.ratedMomentKnm !== null && { ratedMomentKnm: machine.ratedMomentKnm }),
			...(machine.manufacturedOn && { manufacturedOn: new Date(machine.manufacturedOn) }),
			...(machine.assessedUntil && { assessedUntil: new Date(machine.assessedUntil) }),
		},
		machineRules.age,
		new Date(on),
	);
}
