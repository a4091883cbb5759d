// Towns and management grids as the map draws them, with how many sites lie in each.

import type { Feature, MultiPolygon } from 'geojson';
import type { GridProperties, TownProperties } from '#lib/contract/board.ts';
import type { Scope } from '#lib/domain/access/scope.ts';
import type { Db } from '../db/connection.ts';
import { peopleIn } from '../db/dossier-parts.ts';
import { asGeoJson } from '../db/geo.ts';
import { holdsOn } from '../db/holds-on.ts';
import { inScope } from '../db/scope.ts';

/** Six digits of the district the towns of the register lie in; null while there are none. */
export async function districtOfTowns(db: Db): Promise<string | null> {
	const { code } = await db
		.selectFrom('town')
		.select((eb) => eb.fn.min('code').as('code'))
		.where('valid_to', 'is', null)
		.executeTakeFirstOrThrow();
	return code?.slice(0, 6) ?? null;
}

/** What the towns of today are called, in both languages. */
export async function namedTowns(db: Db): Promise<{ code: string; name: string; nameEn: string | null }[]> {
	return db
		.selectFrom('town')
		.select(['code', 'name', 'name_en as nameEn'])
		.where('valid_to', 'is', null)
		.orderBy('code')
		.execute();
}

/** Towns in scope that exist today, by code. */
export async function townFeatures(db: Db, scope: Scope): Promise<Feature<MultiPolygon, TownProperties>[]> {
	const rows = await db
		.selectFrom('town')
		.innerJoin('source', 'source.id', 'town.source_id')
		.select([
			'town.code',
			'town.name',
			'town.name_en',
			'source.kind as source_kind',
			asGeoJson('town.boundary').as('boundary'),
		])
		.select((eb) => [
			eb
				.selectFrom('site')
				.select((site) => site.fn.countAll<string>().as('count'))
				.whereRef('site.town_code', '=', 'town.code')
				.where('site.state', '!=', 'finished')
				.as('sites'),
		])
		.where(inScope(scope, 'town.code'))
		.where('town.valid_to', 'is', null)
		.orderBy('town.code')
		.execute();
	return rows.map((row) => ({
		type: 'Feature',
		id: row.code,
		geometry: row.boundary as MultiPolygon,
		properties: {
			code: row.code,
			name: row.name,
			nameEn: row.name_en,
			siteCount: Number(row.sites ?? 0),
			note: row.source_kind === 'demo' ? '示意，非法定界线' : null,
		},
	}));
}

/** A grid as a map may show it: its owners masked like other people. */
export function withOwnersAsShown(
	scope: Scope,
	grid: Feature<MultiPolygon, GridProperties>,
): Feature<MultiPolygon, GridProperties> {
	const { name } = peopleIn(scope);
	const { ownerName, backupName } = grid.properties;
	return { ...grid, properties: { ...grid.properties, ownerName: name(ownerName), backupName: name(backupName) } };
}

/**
 * Management grids in scope that hold on a day, by code, with the names of their owners: whoever shows them asks
 * `withOwnersAsShown`. An owner of null is an unowned grid.
 */
export async function gridFeatures(db: Db, scope: Scope, on: string): Promise<Feature<MultiPolygon, GridProperties>[]> {
	const rows = await db
		.selectFrom('management_grid')
		.select(['id', 'code', 'name', 'town_code', 'owner_name', 'backup_name', asGeoJson('boundary').as('boundary')])
		.select((eb) => [
			eb
				.selectFrom('site')
				.select((site) => site.fn.countAll<string>().as('count'))
				.whereRef('site.grid_id', '=', 'management_grid.id')
				.where('site.state', '!=', 'finished')
				.as('sites'),
		])
		.where(inScope(scope, 'management_grid.town_code', undefined, 'management_grid.code'))
		.where(holdsOn('management_grid', on))
		.orderBy('code')
		.execute();
	return rows.map((row) => ({
		type: 'Feature',
		id: row.id,
		geometry: row.boundary as MultiPolygon,
		properties: {
			id: row.id,
			code: row.code,
			name: row.name,
			townCode: row.town_code,
			ownerName: row.owner_name,
			backupName: row.backup_name,
			siteCount: Number(row.sites ?? 0),
		},
	}));
}
