// Alarms: one row per device and condition until it is closed, counted instead of repeated.

import { sql } from 'kysely';
import { SYSTEM, type Scope } from '#lib/domain/access/scope.ts';
import type { AlarmRow } from '../alarms/alarm-row.ts';
import { COLUMNS, EXCLUDED, fromRow, toRow, type Stored } from '../alarms/alarm-stored.ts';
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

/** Alarms in scope, each with its town, its grid and the kind of its incident. */
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
