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
import { holdsOn } from '../db/holds-on.ts';
import { inScope } from '../db/scope.ts';

/** Sites with the grid that holds for them on a day: they may be entered under an earlier or a later edition of it. */
export async function sitesOfGrids(db: Db, scope: Scope, on: string): Promise<(GridSite & { name: string })[]> {
	const rows = await db
		.selectFrom('site')
		.leftJoin('management_grid as entered', 'entered.id', 'site.grid_id')
		.leftJoin('management_grid as grid', (join) => join.onRef('grid.code', '=', 'entered.code').on(holdsOn('grid', on)))
		.select(['site.id', 'site.name', 'grid.id as grid_id', 'site.risk_grade', asLngLat('site.location').as('at')])
		.where('site.state', '!=', 'finished')
		.where(inScope(scope, 'site.town_code', 'site.id'))
		.orderBy('site.no')
		.execute();
	return rows.map(({ grid_id, risk_grade, ...row }) => ({ ...row, gridId: grid_id, grade: risk_grade }));
}

/** Of every code, from when to when who answered for the ground, up to a day. */
export async function gridPeriods(
	db: Db,
	codes: readonly string[],
	on: string,
): Promise<ReadonlyMap<string, GridPeriod[]>> {
	const rows = await db
		.selectFrom('management_grid')
		.select(['code', 'valid_from as from', 'valid_to as to', 'owner_name as ownerName'])
		.where(sql<boolean>`code = any(${codes}::text[])`)
		// What was changed again on the same day held on no day.
		.where(sql<boolean>`valid_from is distinct from valid_to`)
		.where('valid_from', '<=', on)
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

/** @returns the id under which the grid goes on, until its next edition where one is entered */
export async function replaceGrid(
	db: Db,
	id: string,
	next: GridVersion,
	on: string,
	sourceId: string,
): Promise<string> {
	const { valid_to } = await db
		.selectFrom('management_grid')
		.select('valid_to')
		.where('id', '=', id)
		.executeTakeFirstOrThrow();
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
			valid_to,
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
