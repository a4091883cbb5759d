// What is done on patrol, row by row: departures, arrivals, findings, confirmations, what phones have sent.

import { sql } from 'kysely';
import type { FieldOutcome } from '#lib/contract/field.ts';
import type { HazardCategory } from '#lib/domain/field/checklist.ts';
import type { RouteChanges } from '#lib/domain/field/route-change.ts';
import type { LngLat } from '#lib/domain/geo.ts';
import type { Db } from '../db/connection.ts';
import { distanceToM, fromLngLat } from '../db/geo.ts';

/** Issued plans of a day in which an officer goes. */
export async function daysOfOfficer(db: Db, officerId: string, on: string) {
	return db
		.selectFrom('patrol_team')
		.innerJoin('patrol_plan', 'patrol_plan.id', 'patrol_team.plan_id')
		.leftJoin('patrol_draw', 'patrol_draw.id', 'patrol_plan.draw_id')
		.select([
			'patrol_team.plan_id',
			'patrol_team.team',
			'patrol_team.officer_ids',
			'patrol_team.departed_at',
			'patrol_team.returned_at',
			'patrol_team.minutes',
			'patrol_team.change',
			'patrol_draw.no as draw_no',
		])
		.where('patrol_plan.state', '=', 'issued')
		.where('patrol_plan.plan_on', '=', on)
		.where(sql<boolean>`${officerId}::uuid = any(patrol_team.officer_ids)`)
		.orderBy('patrol_plan.issued_at')
		.execute();
}

export async function officerNames(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
	if (ids.length === 0) return new Map();
	const rows = await db
		.selectFrom('officer')
		.select(['id', 'name'])
		.where(sql<boolean>`id = any(${ids}::uuid[])`)
		.execute();
	return new Map(rows.map(({ id, name }) => [id, name]));
}

/** A stop with its plan and team, kept from others until the transaction ends. */
export async function stopForChange(db: Db, id: string) {
	return db
		.selectFrom('patrol_stop')
		.innerJoin('patrol_plan', 'patrol_plan.id', 'patrol_stop.plan_id')
		.innerJoin('site', 'site.id', 'patrol_stop.site_id')
		.innerJoin('patrol_team', (join) =>
			join.onRef('patrol_team.plan_id', '=', 'patrol_stop.plan_id').onRef('patrol_team.team', '=', 'patrol_stop.team'),
		)
		.selectAll('patrol_stop')
		.select([
			'patrol_plan.source_id',
			'patrol_plan.visits as plan_visits',
			'patrol_team.officer_ids',
			'site.town_code',
			'site.no as site_no',
		])
		.where('patrol_stop.id', '=', id)
		.forUpdate('patrol_stop')
		.executeTakeFirst();
}
export type StopForChange = NonNullable<Awaited<ReturnType<typeof stopForChange>>>;

export async function updateStop(
	db: Db,
	id: string,
	change: {
		state?: 'arrived' | 'done' | 'skipped';
		arrived_at?: Date;
		left_at?: Date;
		arrival?: string;
		departure?: string;
		checklist?: string;
		skip_reason?: string;
		confirmed_by?: string;
		confirmed_at?: Date;
		visit_id?: string;
	},
): Promise<void> {
	await db.updateTable('patrol_stop').set(change).where('id', '=', id).execute();
}

/** Metres from a site's red line, or from its symbol where it has none. */
export async function metersFromSite(db: Db, siteId: string, at: LngLat): Promise<number | null> {
	const row = await db
		.selectFrom('site')
		.select(sql<number>`coalesce(${distanceToM('boundary', at)}, ${distanceToM('location', at)})`.as('meters'))
		.where('id', '=', siteId)
		.executeTakeFirst();
	return row ? Number(row.meters) : null;
}

export async function markDeparted(db: Db, planId: string, team: string, at: Date): Promise<void> {
	await db
		.updateTable('patrol_team')
		.set({ departed_at: at })
		.where('plan_id', '=', planId)
		.where('team', '=', team)
		.where('departed_at', 'is', null)
		.execute();
}

export async function markReturned(db: Db, planId: string, team: string, at: Date, minutes: unknown): Promise<void> {
	await db
		.updateTable('patrol_team')
		.set({ returned_at: at, minutes: JSON.stringify(minutes) })
		.where('plan_id', '=', planId)
		.where('team', '=', team)
		.execute();
}

/** Whether every team of a plan is on its way or back. */
export async function allDeparted(db: Db, planId: string): Promise<boolean> {
	const row = await db
		.selectFrom('patrol_team')
		.select('team')
		.where('plan_id', '=', planId)
		.where('departed_at', 'is', null)
		.limit(1)
		.executeTakeFirst();
	return row === undefined;
}

/** The changes of a route that its team has to accept or decline. */
export async function writeChanges(db: Db, planId: string, team: string, changes: RouteChanges): Promise<void> {
	await db
		.updateTable('patrol_team')
		.set({ change: JSON.stringify(changes) })
		.where('plan_id', '=', planId)
		.where('team', '=', team)
		.execute();
}

export interface NewVisit {
	id: string;
	siteId: string;
	at: Date;
	minutes: number;
	officers: readonly string[];
	occasion: 'routine' | 'campaign' | 'holiday' | 'resumption' | 'lookBack' | 'night' | 'flood' | 'joint';
	result: 'passed' | 'rectify' | 'stopWork';
	sourceId: string;
	machineIds: readonly string[];
}

export async function insertVisit(db: Db, visit: NewVisit): Promise<void> {
	await db
		.insertInto('visit')
		.values({
			id: visit.id,
			site_id: visit.siteId,
			visited_at: visit.at,
			minutes: visit.minutes > 0 ? visit.minutes : null,
			supervisors: [...visit.officers],
			occasion: visit.occasion,
			result: visit.result,
			source_id: visit.sourceId,
		})
		.execute();
	if (visit.machineIds.length)
		await sql`insert into visit_machine (visit_id, machine_id)
			select ${visit.id}::uuid, machine_id from installation
			where site_id = ${visit.siteId}::uuid and removed_on is null and machine_id = any(${visit.machineIds}::uuid[])
			on conflict do nothing`.execute(db);
}

/** Findings of a stop become findings of the visit it turned into. */
export async function bindFindings(db: Db, stopId: string, visitId: string): Promise<number> {
	const { numUpdatedRows } = await db
		.updateTable('hazard')
		.set({ visit_id: visitId })
		.where('id', 'in', db.selectFrom('stop_hazard').select('hazard_id').where('stop_id', '=', stopId))
		.executeTakeFirst();
	return Number(numUpdatedRows);
}

export interface NewFinding {
	id: string;
	siteId: string;
	stopId: string;
	visitId: string | null;
	at: Date;
	category: HazardCategory;
	description: string;
	isMajor: boolean;
	dueOn: string;
	sourceId: string;
}

/** @returns false when it was stored before */
export async function insertFinding(db: Db, finding: NewFinding): Promise<boolean> {
	const { numInsertedOrUpdatedRows } = await db
		.insertInto('hazard')
		.values({
			id: finding.id,
			site_id: finding.siteId,
			visit_id: finding.visitId,
			found_at: finding.at,
			category: finding.category,
			description: finding.description,
			is_major: finding.isMajor,
			found_by: 'patrol',
			due_on: finding.dueOn,
			source_id: finding.sourceId,
		})
		.onConflict((on) => on.column('id').doNothing())
		.executeTakeFirst();
	await db
		.insertInto('stop_hazard')
		.values({ stop_id: finding.stopId, hazard_id: finding.id })
		.onConflict((on) => on.doNothing())
		.execute();
	// A photo may have been quicker than what it shows.
	await db
		.updateTable('evidence')
		.set({ hazard_id: finding.id })
		.where('stop_id', '=', finding.stopId)
		.where('hazard_id', 'is', null)
		.where('id', '=', finding.id)
		.execute();
	return numInsertedOrUpdatedRows === 1n;
}

export async function hazardForChange(db: Db, id: string) {
	return db
		.selectFrom('hazard')
		.select(['id', 'site_id', 'found_at', 'rectified_at', 'accepted_at', 'closed_at'])
		.where('id', '=', id)
		.forUpdate()
		.executeTakeFirst();
}

export async function markRectified(db: Db, id: string, at: Date): Promise<void> {
	await db
		.updateTable('hazard')
		.set({
			rectified_at: sql<Date>`coalesce(rectified_at, greatest(found_at, ${at}::timestamptz))`,
			accepted_at: sql<Date>`greatest(found_at, coalesce(rectified_at, found_at), ${at}::timestamptz)`,
		})
		.where('id', '=', id)
		.execute();
}

export async function sentBefore(db: Db, id: string): Promise<FieldOutcome | undefined> {
	const row = await db.selectFrom('field_item').select('outcome').where('id', '=', id).executeTakeFirst();
	return row?.outcome as FieldOutcome | undefined;
}

export async function rememberItem(
	db: Db,
	item: { id: string; kind: string; officerId: string; recordedAt: Date; receivedAt: Date },
	outcome: FieldOutcome,
): Promise<void> {
	await db
		.insertInto('field_item')
		.values({
			id: item.id,
			kind: item.kind,
			officer_id: item.officerId,
			recorded_at: item.recordedAt,
			received_at: item.receivedAt,
			outcome: JSON.stringify(outcome),
		})
		.execute();
}

export interface NewFoundSite {
	id: string;
	kind: 'smallWorks' | 'unlicensed' | 'other';
	note: string;
	at: LngLat;
	accuracyM: number;
	evidenceId: string | null;
	nearSiteId: string | null;
	foundAt: Date;
	foundBy: string;
}

export async function insertFoundSite(db: Db, found: NewFoundSite): Promise<void> {
	await db
		.insertInto('found_site')
		.values({
			id: found.id,
			kind: found.kind,
			note: found.note,
			location: fromLngLat(found.at),
			accuracy_m: found.accuracyM,
			evidence_id: sql<string | null>`(select id from evidence where id = ${found.evidenceId}::uuid)`,
			near_site_id: found.nearSiteId,
			found_at: found.foundAt,
			found_by: found.foundBy,
		})
		.execute();
}
