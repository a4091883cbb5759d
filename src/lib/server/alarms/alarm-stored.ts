// How an alarm lies in the database: its columns, and the way between them and what the engine knows of it.

import { sql, type Selectable } from 'kysely';
import type { Tables } from '#db/schema.ts';
import type { Who } from '#lib/domain/alarm/life.ts';
import type { AlarmRow } from './alarm-row.ts';

/** An alarm with the kind of its incident. */
export type Stored = Selectable<Tables['alarm']> & { incident_kind: AlarmRow['incidentKind'] };

const who = (id: string | null, name: string | null): Who | null => (id === null ? null : { id, name: name ?? id });
const dated = (ms: number | null | undefined): Date | null => (ms === null || ms === undefined ? null : new Date(ms));

export function fromRow(row: Stored): AlarmRow {
	const shelfBy = who(row.shelf_by_id, row.shelf_by);
	return {
		id: row.id,
		deviceId: row.device_id,
		condition: row.condition,
		origin: row.origin,
		siteId: row.site_id,
		objectNo: row.object_no,
		level: row.level,
		value: row.value,
		peak: row.peak,
		limit: row.limit_value,
		unit: row.unit,
		ruleKey: row.rule_key,
		count: row.count,
		revision: row.revision,
		raisedAt: row.raised_at,
		lastAt: row.last_at,
		clearedAt: row.cleared_at,
		spokeAt: row.spoke_at,
		acknowledgedAt: row.acknowledged_at,
		verifiedAt: row.verified_at,
		closedAt: row.closed_at,
		closedBy: row.closed_by,
		incidentId: row.incident_id,
		incidentKind: row.incident_kind,
		life: {
			isActive: row.cleared_at === null,
			handling: row.handling,
			level: row.level,
			worst: row.worst_level,
			flaps: row.flaps,
			acknowledgedLevel: row.acknowledged_level,
			// Rows from before people were told apart by id carry a name only.
			acknowledgedBy: who(row.acknowledged_by_id ?? (row.acknowledged_at && row.acknowledged_by), row.acknowledged_by),
			assignee: who(row.assignee_id, row.assignee_name),
			promisedMs: row.promised_at?.getTime() ?? null,
			verifiedBy: who(row.verified_by_id, row.verified_by),
			shelf: shelfBy && {
				state: row.shelf_state!,
				by: shelfBy,
				second: who(row.shelf_second_id, row.shelf_second),
				reason: row.shelf_reason!,
				atMs: row.shelf_at!.getTime(),
				untilMs: row.shelf_until!.getTime(),
				level: row.shelf_level!,
			},
			suppressedBy: row.suppressed_by,
			isOutOfService: row.is_out_of_service,
		},
	};
}

export function toRow({ life, ...alarm }: AlarmRow) {
	const { shelf } = life;
	return {
		id: alarm.id,
		device_id: alarm.deviceId,
		condition: alarm.condition,
		origin: alarm.origin,
		site_id: alarm.siteId,
		object_no: alarm.objectNo,
		level: alarm.level,
		worst_level: life.worst,
		value: alarm.value,
		peak: alarm.peak,
		limit_value: alarm.limit,
		unit: alarm.unit,
		rule_key: alarm.ruleKey,
		count: alarm.count,
		flaps: life.flaps,
		spoke_at: alarm.spokeAt,
		revision: alarm.revision,
		raised_at: alarm.raisedAt,
		last_at: alarm.lastAt,
		cleared_at: alarm.clearedAt,
		handling: life.handling,
		acknowledged_at: alarm.acknowledgedAt,
		acknowledged_by: life.acknowledgedBy?.name ?? null,
		acknowledged_by_id: life.acknowledgedBy?.id ?? null,
		acknowledged_level: life.acknowledgedLevel,
		assignee_id: life.assignee?.id ?? null,
		assignee_name: life.assignee?.name ?? null,
		promised_at: dated(life.promisedMs),
		verified_at: alarm.verifiedAt,
		verified_by_id: life.verifiedBy?.id ?? null,
		verified_by: life.verifiedBy?.name ?? null,
		closed_at: alarm.closedAt,
		closed_by: alarm.closedBy,
		shelf_state: shelf?.state ?? null,
		shelf_by_id: shelf?.by.id ?? null,
		shelf_by: shelf?.by.name ?? null,
		shelf_second_id: shelf?.second?.id ?? null,
		shelf_second: shelf?.second?.name ?? null,
		shelf_reason: shelf?.reason ?? null,
		shelf_at: dated(shelf?.atMs),
		shelf_until: dated(shelf?.untilMs),
		shelf_level: shelf?.level ?? null,
		suppressed_by: life.suppressedBy,
		is_out_of_service: life.isOutOfService,
		incident_id: alarm.incidentId,
	};
}

/** What `toRow` gives, but for the id; a column forgotten here does not compile. */
const NAMES: Record<Exclude<keyof ReturnType<typeof toRow>, 'id'>, true> = {
	device_id: true,
	condition: true,
	origin: true,
	site_id: true,
	object_no: true,
	level: true,
	worst_level: true,
	value: true,
	peak: true,
	limit_value: true,
	unit: true,
	rule_key: true,
	count: true,
	flaps: true,
	spoke_at: true,
	revision: true,
	raised_at: true,
	last_at: true,
	cleared_at: true,
	handling: true,
	acknowledged_at: true,
	acknowledged_by: true,
	acknowledged_by_id: true,
	acknowledged_level: true,
	assignee_id: true,
	assignee_name: true,
	promised_at: true,
	verified_at: true,
	verified_by_id: true,
	verified_by: true,
	closed_at: true,
	closed_by: true,
	shelf_state: true,
	shelf_by_id: true,
	shelf_by: true,
	shelf_second_id: true,
	shelf_second: true,
	shelf_reason: true,
	shelf_at: true,
	shelf_until: true,
	shelf_level: true,
	suppressed_by: true,
	is_out_of_service: true,
	incident_id: true,
};
export const COLUMNS = sql.join(Object.keys(NAMES).map((name) => sql.ref(name)));
/** The same of the row that was to be added. */
export const EXCLUDED = sql.join(Object.keys(NAMES).map((name) => sql.ref(`excluded.${name}`)));
