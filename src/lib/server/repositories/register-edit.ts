// What a change by hand has to know of the register, and the sides of a pit, which no file brings.

import { randomUUID } from 'node:crypto';
import type { LineString, MultiPolygon } from 'geojson';
import { sql } from 'kysely';
import type { SideEdit } from '#lib/contract/register.ts';
import type { Scope } from '#lib/domain/access/scope.ts';
import type { LngLat } from '#lib/domain/geo.ts';
import type { EditKind } from '#lib/domain/register/judge-edit.ts';
import type { Db } from '../db/connection.ts';
import { asGeoJson, asGeoJsonOrNull, asLngLat, covers, fromGeoJson } from '../db/geo.ts';
import { recordAdded, recordAfter, recordBefore, type Recording } from '../db/history.ts';
import { inScope } from '../db/scope.ts';

export interface EditSite {
	id: string;
	no: number;
	name: string;
	permitNo: string | null;
	townCode: string | null;
	gridCode: string | null;
	at: LngLat;
	boundary: MultiPolygon | null;
}

/** @returns undefined when there is no such site, or none in scope */
export async function siteForEdit(db: Db, scope: Scope, id: string): Promise<EditSite | undefined> {
	return db
		.selectFrom('site')
		.leftJoin('management_grid', 'management_grid.id', 'site.grid_id')
		.select([
			'site.id',
			'site.no',
			'site.name',
			'site.permit_no as permitNo',
			'site.town_code as townCode',
			'management_grid.code as gridCode',
			asLngLat('site.location').as('at'),
			asGeoJsonOrNull<MultiPolygon>('site.boundary').as('boundary'),
		])
		.where('site.id', '=', id)
		.where(inScope(scope, 'site.town_code', 'site.id', 'management_grid.code'))
		.executeTakeFirst();
}

export async function pitForEdit(
	db: Db,
	id: string,
): Promise<{ id: string; siteId: string; name: string } | undefined> {
	return db.selectFrom('pit').select(['id', 'site_id as siteId', 'name']).where('id', '=', id).executeTakeFirst();
}

/** A machine is named by where it stands. */
export async function machineOfInstallation(db: Db, installationId: string): Promise<string | undefined> {
	const row = await db
		.selectFrom('installation')
		.select('machine_id')
		.where('id', '=', installationId)
		.executeTakeFirst();
	return row?.machine_id;
}

/** Town and grid a place lies in today. */
export async function areasAt(
	db: Db,
	at: LngLat,
): Promise<{ townCode: string | null; gridId: string | null; gridCode: string | null }> {
	const town = await db
		.selectFrom('town')
		.select('code')
		.where('valid_to', 'is', null)
		.where(covers('boundary', at))
		.orderBy('code')
		.executeTakeFirst();
	const grid = await db
		.selectFrom('management_grid')
		.select(['id', 'code'])
		.where('valid_to', 'is', null)
		.where(covers('boundary', at))
		.orderBy('code')
		.executeTakeFirst();
	return { townCode: town?.code ?? null, gridId: grid?.id ?? null, gridCode: grid?.code ?? null };
}

/** Another object that already has the number or name that tells objects of its kind apart. */
export async function keyHolder(
	db: Db,
	kind: EditKind,
	id: string,
	values: Readonly<Record<string, unknown>>,
): Promise<{ field: string; name: string } | undefined> {
	const text = (key: string) => (typeof values[key] === 'string' ? values[key] : null);
	const ownName = (table: 'high_formwork' | 'climbing_scaffold') => sql<{ name: string }>`
		select name from ${sql.table(table)} where site_id = ${text('siteId')}::uuid and name = ${text('name')}::text
			and removed_on is null and id <> ${id}::uuid`;
	const [field, query] = {
		sites: [
			'permitNo',
			sql<{ name: string }>`select name from site where permit_no = ${text('permitNo')}::text and id <> ${id}::uuid`,
		],
		machines: [
			'propertyRecordNo',
			sql<{ name: string }>`select coalesce(s.name, m.property_record_no) as name from machine m
				left join installation i on i.machine_id = m.id and i.removed_on is null left join site s on s.id = i.site_id
				where m.property_record_no = ${text('propertyRecordNo')}::text and m.id <> ${id}::uuid`,
		],
		pits: [
			'name',
			sql<{
				name: string;
			}>`select name from pit where site_id = ${text('siteId')}::uuid and name = ${text('name')}::text and id <> ${id}::uuid`,
		],
		formworks: ['name', ownName('high_formwork')],
		scaffolds: ['name', ownName('climbing_scaffold')],
		points: [
			'code',
			sql<{
				name: string;
			}>`select code as name from monitor_point where pit_id = ${text('pitId')}::uuid and code = ${text('code')}::text and id <> ${id}::uuid`,
		],
	}[kind] as [string, ReturnType<typeof sql<{ name: string }>>];
	const { rows } = await query.execute(db);
	return rows[0] && { field, name: rows[0].name };
}

const NUMBERED = {
	sites: 'site',
	machines: 'installation',
	pits: 'pit',
	points: 'monitor_point',
	formworks: 'high_formwork',
	scaffolds: 'climbing_scaffold',
} as const satisfies Record<EditKind, string>;

/** Number on the map of what was written. */
export async function numberOf(db: Db, kind: EditKind, id: string): Promise<number | null> {
	const table = NUMBERED[kind];
	const row = await db.selectFrom(table).select('no').where('id', '=', id).executeTakeFirst();
	return row?.no ?? null;
}

export async function sidesOfPit(db: Db, pitId: string): Promise<SideEdit[]> {
	const rows = await db
		.selectFrom('pit_side')
		.select(['name', 'grade', 'support', asGeoJson<LineString>('line').as('line')])
		.where('pit_id', '=', pitId)
		.orderBy('name')
		.execute();
	return rows.map(({ line, ...side }) => ({ ...side, line: line.coordinates as LngLat[] }));
}

/** Makes the sides of a pit what is given, by name, with the history of each. */
export async function replaceSides(
	tx: Db,
	pitId: string,
	sides: readonly SideEdit[],
	recording: Recording & { sourceId: string },
): Promise<void> {
	const old = await tx.selectFrom('pit_side').select(['id', 'name']).where('pit_id', '=', pitId).execute();
	const gone = old.filter(({ name }) => !sides.some((side) => side.name === name)).map(({ id }) => id);
	const kept = old.filter(({ id }) => !gone.includes(id));
	const ids = (list: readonly string[]) => sql`select unnest(${[...list]}::text[])`;

	await recordBefore(tx, 'pit_side', ids(old.map(({ id }) => id)), recording);
	if (gone.length > 0) {
		const orphans = sql`select id::text from monitor_point where side_id = any(${gone}::uuid[])`;
		const { rows } = await sql<{ id: string }>`${orphans}`.execute(tx);
		const points = ids(rows.map(({ id }) => id));
		await recordBefore(tx, 'monitor_point', points, recording);
		await tx.updateTable('monitor_point').set({ side_id: null }).where('side_id', 'in', gone).execute();
		await recordAfter(tx, 'monitor_point', points, recording);
		await tx.deleteFrom('pit_side').where('id', 'in', gone).execute();
	}
	const added: string[] = [];
	for (const { name, grade, support, line } of sides) {
		const row = {
			grade,
			support,
			line: fromGeoJson({ type: 'LineString', coordinates: line }),
			source_id: recording.sourceId,
		};
		const known = kept.find((side) => side.name === name);
		if (known) {
			await tx
				.updateTable('pit_side')
				.set({ ...row, source_row: null })
				.where('id', '=', known.id)
				.execute();
		} else {
			const id = randomUUID();
			added.push(id);
			await tx
				.insertInto('pit_side')
				.values({ id, pit_id: pitId, name, ...row })
				.execute();
		}
	}
	await recordAfter(tx, 'pit_side', ids(kept.map(({ id }) => id)), recording);
	await recordAdded(tx, 'pit_side', ids(added), recording);
}
