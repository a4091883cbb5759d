// Alarms: one row per device and condition until it is closed, counted instead of repeated.

import { sql } from 'kysely';
import { SYSTEM, type Scope } from '#lib/domain/access/scope.ts';
import type { Who } from '#lib/domain/alarm/life.ts';
import type { AlarmRow } from '../alarms/alarm-row.ts';
import type { Db } from '../db/connection.ts';
import { intersectsBounds } from '../db/geo.ts';
import { anywhere, type ListFilter } from '../db/list-filter.ts';
import { inScope } from '../db/scope.ts';

/** Rows of one statement: putting more into words would hold up everything else for a while. */
const AT_ONCE = 500;

/**
 * Writes alarms as they are: new ones are added, known ones overwritten. Known ones must be locked before. One text for
 * any number of rows: putting a statement together took longer than running it.
 */
export async function putAlarms(tx: Db, alarms: readonly AlarmRow[]): Promise<void> {
	for (let from = 0; from < alarms.length; from += AT_ONCE) {
		const rows = JSON.stringify(alarms.slice(from, from + AT_ONCE).map(toRow), asPostgres);
		await sql`
			insert into alarm (id, ${COLUMNS})
			select id, ${COLUMNS} from json_populate_recordset(null::alarm, ${rows}::json)
			on conflict (id) do update set (${COLUMNS}) = row(${EXCLUDED})`.execute(tx);
	}
}

/** JSON has no word for numbers that are none, PostgreSQL has. */
const asPostgres = (_: string, value: unknown) =>
	typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;

/** Alarms that are not closed, for the engine to go on with. */
export async function standingAlarmRows(db: Db): Promise<AlarmRow[]> {
	const rows = await selectAlarms(db, SYSTEM).where('alarm.handling', '<>', 'closed').execute();
	return rows.map(fromRow);
}

/** Those of some ids that exist, locked until the transaction ends; in one order, so that two writers do not deadlock. */
export async function lockAlarms(tx: Db, ids: readonly string[]): Promise<AlarmRow[]> {
	if (ids.length === 0) return [];
	const { rows } = await sql<Stored>`
		select alarm.*, incident.kind as incident_kind
		from alarm left join incident on incident.id = alarm.incident_id
		where alarm.id = any(${ids}::uuid[])
		order by alarm.id
		for update of alarm`.execute(tx);
	return rows.map(fromRow);
}

/** Those in scope, locked in the same order, each with its town and grid. */
export async function alarmsForChange(
	tx: Db,
	scope: Scope,
	ids: readonly string[],
): Promise<(AlarmRow & { townCode: string | null; gridCode: string | null })[]> {
	if (ids.length === 0) return [];
	const rows = await selectAlarms(tx, scope)
		.where(sql<boolean>`alarm.id = any(${ids}::uuid[])`)
		.orderBy('alarm.id')
		.forUpdate('alarm')
		.execute();
	return rows.map((row) => ({ ...fromRow(row), townCode: row.town_code, gridCode: row.grid_code }));
}

export interface AlarmFilter extends ListFilter {
	/** Raised or over after this moment. */
	since?: Date;
	id?: string;
	incident?: string;
	device?: string;
}

const BY_TIME = new Set(['open', 'standing', 'cleared', 'closed', 'shelved', 'missed']);

/**
 * Alarms in scope, newest first. `state`: `open` (the condition holds; default all), `standing` (not closed), `cleared`,
 * `closed`, `shelved`, `missed` (over already, and raised or heard of after
 * `since`: readings may come late), or a level; `after` counts rows to pass over.
 */
export async function alarmsInScope(db: Db, scope: Scope, filter: AlarmFilter): Promise<AlarmRow[]> {
	const { state, since } = filter;
	const rows = await selectAlarms(db, scope)
		.$if(state === 'open', (query) => query.where('alarm.cleared_at', 'is', null))
		.$if(state === 'standing', (query) => query.where('alarm.handling', '<>', 'closed'))
		.$if(state === 'cleared', (query) => query.where('alarm.cleared_at', 'is not', null))
		.$if(state === 'closed', (query) => query.where('alarm.handling', '=', 'closed'))
		.$if(state === 'shelved', (query) => query.where('alarm.shelf_state', 'is not', null))
		.$if(state === 'missed', (query) => query.where('alarm.cleared_at', 'is not', null))
		.$if(state !== undefined && !BY_TIME.has(state), (query) => query.where(sql`alarm.level`, '=', state!))
		.$if(since !== undefined, (query) =>
			state === 'missed'
				? query.where((eb) => eb.or([eb('alarm.raised_at', '>=', since!), eb('alarm.spoke_at', '>=', since!)]))
				: query.where((eb) => eb.or([eb('alarm.raised_at', '>=', since!), eb('alarm.cleared_at', '>=', since!)])),
		)
		.$if(filter.id !== undefined, (query) => query.where('alarm.id', '=', filter.id!))
		.$if(filter.incident !== undefined, (query) => query.where('alarm.incident_id', '=', filter.incident!))
		.$if(filter.device !== undefined, (query) => query.where('alarm.device_id', '=', filter.device!))
		.$if(filter.town !== undefined, (query) => query.where('site.town_code', '=', filter.town!))
		.$if(filter.bounds !== undefined, (query) => query.where(intersectsBounds('site.location', filter.bounds!)))
		.$if(filter.q !== undefined, (query) =>
			query.where(
				sql<boolean>`lower(concat_ws(' ', alarm.device_id, alarm.condition, site.name, site.name_pinyin)) like ${anywhere(filter.q!)}`,
			),
		)
		.orderBy('alarm.raised_at', 'desc')
		.orderBy('alarm.id')
		.offset(filter.after)
		.limit(filter.limit)
		.execute();
	return rows.map(fromRow);
}

/** Ids of alarms of one device at one object that were raised at or after a moment. */
export async function alarmsRaisedSince(db: Db, deviceId: string, objectNo: number, since: Date): Promise<string[]> {
	const rows = await db
		.selectFrom('alarm')
		.select('id')
		.where('device_id', '=', deviceId)
		.where('object_no', '=', objectNo)
		.where('raised_at', '>=', since)
		.execute();
	return rows.map(({ id }) => id);
}

/** Alarms that ended since a moment, as `device condition raised-ms`. */
export async function endedAlarmsSince(db: Db, since: Date): Promise<Set<string>> {
	const rows = await db
		.selectFrom('alarm')
		.select(['device_id', 'condition', 'raised_at'])
		.where('cleared_at', '>=', since)
		.execute();
	return new Set(rows.map((row) => `${row.device_id} ${row.condition} ${row.raised_at.getTime()}`));
}

function selectAlarms(db: Db, scope: Scope) {
	return db
		.selectFrom('alarm')
		.leftJoin('site', 'site.id', 'alarm.site_id')
		.leftJoin('management_grid', 'management_grid.id', 'site.grid_id')
		.leftJoin('incident', 'incident.id', 'alarm.incident_id')
		.selectAll('alarm')
		.select(['site.town_code', 'management_grid.code as grid_code', 'incident.kind as incident_kind'])
		.where(inScope(scope, 'site.town_code', 'site.id', 'management_grid.code'));
}

/** An alarm with the kind of its incident. */
type Stored = Omit<Awaited<ReturnType<ReturnType<typeof selectAlarms>['execute']>>[number], 'town_code' | 'grid_code'>;

const who = (id: string | null, name: string | null): Who | null => (id === null ? null : { id, name: name ?? id });
const dated = (ms: number | null | undefined): Date | null => (ms === null || ms === undefined ? null : new Date(ms));

function fromRow(row: Stored): AlarmRow {
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

function toRow({ life, ...alarm }: AlarmRow) {
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
const COLUMNS = sql.join(Object.keys(NAMES).map((name) => sql.ref(name)));
const EXCLUDED = sql.join(Object.keys(NAMES).map((name) => sql.ref(`excluded.${name}`)));
