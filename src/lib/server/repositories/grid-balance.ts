// Grids as the balancing tool changes them: a grid that changes ends today and begins anew under its code.

import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { MultiPolygon } from 'geojson';
import type { GridPeriod } from '#lib/contract/grids.ts';
import { grouped } from '#lib/domain/grouped.ts';
import type { GridSite } from '#lib/domain/grid/balance.ts';
import type { Scope } from '#lib/domain/access/scope.ts';
import type { Db } from '../db/connection.ts';
import { asLngLat, fromGeoJson } from '../db/geo.ts';
import { inScope } from '../db/scope.ts';

export async function sitesOfGrids(db: Db, scope: Scope): Promise<(GridSite & { name: string })[]> {
	const rows = await db
		.selectFrom('site')
		.select(['id', 'name', 'grid_id', 'risk_grade', asLngLat('location').as('at')])
		.where('state', '!=', 'finished')
		.where(inScope(scope, 'site.town_code', 'site.id'))
		.orderBy('no')
		.execute();
	return rows.map(({ grid_id, risk_grade, ...row }) => ({ ...row, gridId: grid_id, grade: risk_grade }));
}

/** Of every code, from when to when who answered for the ground. */
export async function gridPeriods(db: Db, codes: readonly string[]): Promise<ReadonlyMap<string, GridPeriod[]>> {
	const rows = await db
		.selectFrom('management_grid')
		.select(['code', 'valid_from as from', 'valid_to as to', 'owner_name as ownerName'])
		.where(sql<boolean>`code = any(${codes}::text[])`)
		// What was changed again on the same day held on no day.
		.where(sql<boolean>`valid_from is distinct from valid_to`)
		.orderBy('valid_to', (order) => order.desc().nullsFirst())
		.orderBy('valid_from', 'desc')
		.execute();
	return grouped(rows, ({ code }) => code);
}

export interface GridVersion {
	ownerName: string | null;
	backupName: string | null;
	boundary: MultiPolygon;
}

/** @returns the id under which the grid goes on */
export async function replaceGrid(
	db: Db,
	id: string,
	next: GridVersion,
	on: string,
	sourceId: string,
): Promise<string> {
	const old = await db
		.updateTable('management_grid')
		.set({ valid_to: on })
		.where('id', '=', id)
		.returning(['code', 'name', 'town_code'])
		.executeTakeFirstOrThrow();
	const newId = randomUUID();
	await db
		.insertInto('management_grid')
		.values({
			id: newId,
			...old,
			boundary: fromGeoJson(next.boundary),
			owner_name: next.ownerName,
			backup_name: next.backupName,
			valid_from: on,
			valid_to: null,
			source_id: sourceId,
		})
		.execute();
	await db.updateTable('site').set({ grid_id: newId }).where('grid_id', '=', id).execute();
	return newId;
}

export async function placeSites(db: Db, gridOf: ReadonlyMap<string, string>): Promise<void> {
	if (gridOf.size === 0) return;
	await sql`update site set grid_id = new.grid::uuid
		from unnest(${[...gridOf.keys()]}::uuid[], ${[...gridOf.values()]}::text[]) as new (id, grid)
		where site.id = new.id`.execute(db);
}
