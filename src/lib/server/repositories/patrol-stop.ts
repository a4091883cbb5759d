// The stops of issued plans and how they stand.

import { sql } from 'kysely';
import type { VisitResult } from '#lib/contract/field.ts';
import type { StopState } from '#lib/contract/patrol.ts';
import { grouped } from '#lib/domain/grouped.ts';
import type { Db } from '../db/connection.ts';

export interface NewStop {
	id: string;
	team: string;
	place: number;
	key: string;
	siteId: string;
	arrive: number;
	start: number;
	leave: number;
	isEmergency: boolean;
}

/** A stop that was given up before and is wanted after all comes back under its own id. */
export async function insertStops(db: Db, planId: string, stops: readonly NewStop[]): Promise<void> {
	if (stops.length === 0) return;
	await db
		.insertInto('patrol_stop')
		.values(
			stops.map((stop) => ({
				id: stop.id,
				plan_id: planId,
				team: stop.team,
				place: stop.place,
				visit_key: stop.key,
				site_id: stop.siteId,
				arrive_min: stop.arrive,
				start_min: stop.start,
				leave_min: stop.leave,
				is_emergency: stop.isEmergency,
				state: 'planned' as const,
			})),
		)
		.onConflict((on) =>
			on
				.columns(['plan_id', 'visit_key'])
				.doUpdateSet(({ ref }) => ({
					team: ref('excluded.team'),
					place: ref('excluded.place'),
					arrive_min: ref('excluded.arrive_min'),
					start_min: ref('excluded.start_min'),
					leave_min: ref('excluded.leave_min'),
					is_emergency: ref('excluded.is_emergency'),
					state: ref('excluded.state'),
				}))
				.where('patrol_stop.state', '=', 'dropped'),
		)
		.execute();
}

/** A stop that is still to come gets another place or time, or is given up. */
export async function moveStop(
	db: Db,
	planId: string,
	stop: Omit<NewStop, 'id' | 'siteId' | 'isEmergency'> | { key: string; dropped: true },
): Promise<void> {
	const change =
		'dropped' in stop
			? { state: 'dropped' as const }
			: {
					team: stop.team,
					place: stop.place,
					arrive_min: stop.arrive,
					start_min: stop.start,
					leave_min: stop.leave,
				};
	await db
		.updateTable('patrol_stop')
		.set(change)
		.where('plan_id', '=', planId)
		.where('visit_key', '=', stop.key)
		.where('state', '=', 'planned')
		.execute();
}

export async function stopStates(db: Db, planId: string): Promise<StopState[]> {
	const rows = await db
		.selectFrom('patrol_stop')
		.leftJoin('officer', 'officer.id', 'patrol_stop.confirmed_by')
		.selectAll('patrol_stop')
		.select([
			'officer.name as confirmed_name',
			sql<string>`(select count(*) from stop_hazard where stop_id = patrol_stop.id)`.as('findings'),
		])
		.where('plan_id', '=', planId)
		.orderBy('team')
		.orderBy('place')
		.execute();
	return rows.map((row) => ({
		id: row.id,
		key: row.visit_key,
		team: row.team,
		place: row.place,
		state: row.state,
		arriveMin: row.arrive_min,
		startMin: row.start_min,
		leaveMin: row.leave_min,
		isEmergency: row.is_emergency,
		arrivedAt: row.arrived_at?.toISOString() ?? null,
		leftAt: row.left_at?.toISOString() ?? null,
		skipReason: row.skip_reason,
		flags: ((row.arrival as { flags?: string[] } | null)?.flags ?? []).concat(
			(row.departure as { flags?: string[] } | null)?.flags ?? [],
		),
		result: (row.departure as { result?: VisitResult } | null)?.result ?? null,
		confirmedBy: row.confirmed_name,
		recordedBy: (row.arrival as { by?: string } | null)?.by ?? null,
		findings: Number(row.findings),
	}));
}

/** How the stops of many plans stand. */
export async function stopsByPlan(
	db: Db,
	planIds: readonly string[],
): Promise<ReadonlyMap<string, { state: StopState['state'] }[]>> {
	const rows = await db
		.selectFrom('patrol_stop')
		.select(['plan_id', 'state'])
		.where(sql<boolean>`plan_id = any(${planIds}::uuid[])`)
		.execute();
	return grouped(rows, ({ plan_id }) => plan_id);
}
