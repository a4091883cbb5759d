// Which device is fastened to what, and since when.

import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { BindingEdit } from '#lib/contract/register.ts';
import type { Scope } from '#lib/domain/access/scope.ts';
import type { Db } from '../db/connection.ts';
import { recordAdded, recordAfter, recordBefore, type Recording } from '../db/history.ts';
import { inScope } from '../db/scope.ts';

type Target = NonNullable<BindingEdit['to']>;
type Recorded = Recording & { sourceId: string };

export interface BoundPlace {
	kind: Target['kind'];
	id: string;
	no: number;
	name: string;
	siteId: string;
	townCode: string | null;
	gridCode: string | null;
}

export interface Binding {
	id: string;
	deviceId: string;
	from: Date;
	/** Where; undefined when the caller cannot see it. */
	place: BoundPlace | undefined;
}

const COLUMN = { machines: 'installation_id', points: 'monitor_point_id', sites: 'site_id' } as const;

/** @returns undefined when there is nothing of the kind, or none in scope */
export async function placeForBinding(db: Db, scope: Scope, { kind, id }: Target): Promise<BoundPlace | undefined> {
	const from = {
		machines: sql`select i.id, i.no, coalesce(i.site_no, m.property_record_no, m.model, '') as name, i.site_id
			from installation i join machine m on m.id = i.machine_id where i.removed_on is null`,
		points: sql`select p.id, p.no, p.code as name, pit.site_id from monitor_point p join pit on pit.id = p.pit_id`,
		sites: sql`select s.id, s.no, s.name, s.id as site_id from site s`,
	}[kind];
	const { rows } = await sql<Omit<BoundPlace, 'kind'>>`
		select thing.id, thing.no, thing.name, site.id as "siteId", site.town_code as "townCode",
			management_grid.code as "gridCode"
		from (${from}) as thing join site on site.id = thing.site_id
			left join management_grid on management_grid.id = site.grid_id
		where thing.id = ${id}::uuid and ${inScope(scope, 'site.town_code', 'site.id', 'management_grid.code')}`.execute(db);
	return rows[0] && { kind, ...rows[0] };
}

/** The binding of a device that has not ended. */
export async function openBinding(db: Db, scope: Scope, deviceId: string): Promise<Binding | undefined> {
	const [binding] = await bindings(db, scope, sql`device_id = ${deviceId}::text`);
	return binding;
}

/** The device of the same kind whose place it takes. A machine or a point has one; a site has as many as stand on it. */
export async function holderOf(
	db: Db,
	scope: Scope,
	{ kind, id }: Target,
	deviceKind: string,
): Promise<Binding | undefined> {
	if (kind === 'sites') return undefined;
	const [binding] = await bindings(
		db,
		scope,
		sql`${sql.ref(COLUMN[kind])} = ${id}::uuid and (select d.kind from device d where d.id = device_id) = ${deviceKind}::text`,
	);
	return binding;
}

async function bindings(db: Db, scope: Scope, where: ReturnType<typeof sql>): Promise<Binding[]> {
	const { rows } = await sql<{
		id: string;
		device_id: string;
		bound_from: Date;
		installation_id: string | null;
		monitor_point_id: string | null;
		site_id: string | null;
	}>`select id, device_id, bound_from, installation_id, monitor_point_id, site_id from device_binding
		where bound_to is null and ${where} order by bound_from desc limit 1`.execute(db);
	return Promise.all(
		rows.map(async ({ id, device_id, bound_from, installation_id, monitor_point_id, site_id }) => {
			const target: Target = installation_id
				? { kind: 'machines', id: installation_id }
				: monitor_point_id
					? { kind: 'points', id: monitor_point_id }
					: { kind: 'sites', id: site_id! };
			return { id, deviceId: device_id, from: bound_from, place: await placeForBinding(db, scope, target) };
		}),
	);
}

export async function deviceById(db: Db, id: string): Promise<{ id: string; kind: string } | undefined> {
	return db.selectFrom('device').select(['id', 'kind']).where('id', '=', id).executeTakeFirst();
}

export async function addDevice(
	tx: Db,
	id: string,
	{ kind, vendor, expectedIntervalS }: NonNullable<BindingEdit['device']>,
	recording: Recorded,
): Promise<void> {
	await tx
		.insertInto('device')
		.values({ id, kind, vendor, expected_interval_s: expectedIntervalS, source_id: recording.sourceId })
		.execute();
	await recordAdded(tx, 'device', sql`select ${id}::text`, recording);
}

export async function endBinding(tx: Db, id: string, at: Date, recording: Recorded): Promise<void> {
	const ids = sql`select ${id}::text`;
	await recordBefore(tx, 'device_binding', ids, recording);
	await tx
		.updateTable('device_binding')
		.set({ bound_to: at, source_id: recording.sourceId })
		.where('id', '=', id)
		.execute();
	await recordAfter(tx, 'device_binding', ids, recording);
}

export async function beginBinding(
	tx: Db,
	deviceId: string,
	{ kind, id }: Target,
	at: Date,
	recording: Recorded,
): Promise<void> {
	const bindingId = randomUUID();
	await tx
		.insertInto('device_binding')
		.values({ id: bindingId, device_id: deviceId, [COLUMN[kind]]: id, bound_from: at, source_id: recording.sourceId })
		.execute();
	await recordAdded(tx, 'device_binding', sql`select ${bindingId}::text`, recording);
}
